import { explainRequest, tellStory } from '@ecr-audit/access';
import type { ExplainOptions } from '../options/explain-options.ts';
import type { CommandContext } from '../context.ts';
import { CliError } from '../errors.ts';
import { exitCodes } from '../exit-codes.ts';
import { loadSnapshot } from '../load-snapshot.ts';
import { printable } from '../terminal/printable.ts';
import { readContext } from './read-context.ts';

/** Answers one question for a person. Any decision is a proper answer, so the exit code is 0. */
export async function explainOne(context: CommandContext, options: ExplainOptions): Promise<number> {
  const { principal, action, resource = '*', region, contextComplete } = options;
  const missing = principal === undefined ? '--principal' : action === undefined ? '--action' : null;
  if (missing !== null) {
    throw new CliError(
      'optionInvalid',
      `\`${missing}\` is missing: expected \`--principal ARN --action ACTION --resource ARN\`, or \`--requests FILE\``,
    );
  }
  const request = {
    principal,
    action,
    resource,
    context: readContext(options.context),
    ...(region === undefined ? {} : { region }),
    ...(contextComplete === undefined ? {} : { contextComplete }),
  };
  const snapshot = await loadSnapshot(context, options);
  const result = explainRequest(snapshot, request);
  if (result.kind === 'error') {
    throw new CliError('requestRefused', result.message);
  }
  context.progress.clear();
  await context.output.write(
    options.format === 'json'
      ? `${JSON.stringify(result.explanation, null, 2)}\n`
      : `${printable(tellStory(result.explanation).join('\n')).trimEnd()}\n`,
  );
  return exitCodes.done;
}
