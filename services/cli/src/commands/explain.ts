import { Command } from 'commander';
import type { CommandContext } from '../context.ts';
import { CliError } from '../errors.ts';
import { addDatabaseOptions } from '../options/database-options.ts';
import { explainOptionsSchema } from '../options/explain-options.ts';
import { exampleHelp } from '../options/help.ts';
import { readOptions } from '../options/read-options.ts';
import { answerRequests } from '../explain/answer-requests.ts';
import { explainOne } from '../explain/explain-one.ts';

const command = addDatabaseOptions(
  new Command('explain').description('answer whether a principal may do something, and because of which statements'),
)
  .option('--principal <arn>', 'user, role, role session or AWS service that asks')
  .option('--action <action>', 'ECR action, or a capability: pull, push, delete, administer, replicate')
  .option('--resource <arn>', 'repository, or * for actions of the registry')
  .option('--region <region>', 'region of the registry, where the resource names none')
  .option('--context <key=value>', 'condition key of the request; may be given several times', appended)
  .option('--context-complete', 'keys that are neither given nor known from the snapshot are absent, not unknown')
  .option('--snapshot <dir>', 'ask a snapshot directory instead of the latest scan in the database')
  .option('--target <key>', 'which target of the database (default: that of the latest scan)')
  .option('--requests <file>', 'answer many: one JSON request a line, one JSON answer a line; - is standard input')
  .option('--format <format>', 'text or json (default: text)')
  .addHelpText(
    'after',
    exampleHelp(
      'ecr-audit explain --snapshot snapshot --principal arn:aws:iam::111122223333:role/ci \\',
      '    --action push --resource arn:aws:ecr:eu-west-1:111122223333:repository/team/app --context aws:SourceIp=10.0.0.1',
      'ecr-audit explain --snapshot snapshot --requests requests.ndjson',
    ).concat(`

With --requests a line that cannot be answered gets {"error": ...} with its id where that can be read, the rest goes on,
and the exit code is 0.`),
  );

export const explainCommand = { command, action: explain };

async function explain(context: CommandContext, given: unknown): Promise<number> {
  const options = readOptions(explainOptionsSchema, given);
  if (options.requests !== undefined) {
    const single = (['principal', 'action', 'resource', 'region'] as const).find((name) => options[name] !== undefined);
    if (single !== undefined || options.context.length > 0 || options.format === 'text') {
      throw new CliError(
        'optionInvalid',
        'cannot use `--requests` together with one question: expected the principal, action, resource and context of each question in its line',
      );
    }
    return await answerRequests(context, { ...options, requests: options.requests });
  }
  return await explainOne(context, options);
}

function appended(value: string, earlier: readonly string[] | undefined): readonly string[] {
  return [...(earlier ?? []), value];
}
