import { explainRequest, tellStory } from '@ecr-audit/access';
import type { ExplainOptions } from '../options/explain-options.ts';
import type { CommandContext } from '../context.ts';
import { CliError } from '../errors.ts';
import { exitCodes } from '../exit-codes.ts';
import { loadSnapshot } from '../load-snapshot.ts';
import { printable } from '../terminal/printable.ts';
import { jsonText } from './json-text.ts';
import { readContext } from './read-context.ts';

const howToState = '--context KEY=VALUE, or --absent KEY where the request does not carry it';

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
    context: readContext(options.context, options.absent),
    ...(region === undefined ? {} : { region }),
    ...(contextComplete === undefined ? {} : { contextComplete }),
  };
  const { snapshot } = await loadSnapshot(context, options);
  const result = explainRequest(snapshot, request);
  if (result.kind === 'error') {
    throw new CliError('requestRefused', result.message);
  }
  context.progress.clear();
  await context.output.write(
    options.format === 'json'
      ? `${jsonText(result.explanation)}\n`
      : `${printable(tellStory(result.explanation, howToState).join('\n'))}\n`,
  );
  return exitCodes.done;
}
