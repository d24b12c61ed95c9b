import { Command } from 'commander';
import type { CommandContext } from '../context.ts';
import { CliError } from '../errors.ts';
import { addDatabaseOptions } from '../options/database-options.ts';
import { explainOptionsSchema } from '../options/explain-options.ts';
import { exampleHelp } from '../options/help.ts';
import { readOptions } from '../options/read-options.ts';
import { answerRequests } from '../explain/answer-requests.ts';
import { explainOne } from '../explain/explain-one.ts';

const exampleRole = 'arn:aws:iam::111122223333:role/ci';
const exampleRepository = 'arn:aws:ecr:eu-west-1:111122223333:repository/team/app';

const command = addDatabaseOptions(
  new Command('explain').description('answer whether a principal may do something, and because of which statements'),
)
  .option('--principal <arn>', 'user, role, role session, root user or AWS service that asks')
  .option('--action <action>', 'ECR action, or a capability: pull, push, delete, administer, replicate')
  .option('--resource <arn>', 'repository, or * for actions of the registry (default: *)')
  .option('--region <region>', 'region of the registry, where the resource names none')
  .option('--context <key=value>', 'condition key that the request carries; again for more keys or values', appended)
  .option('--absent <key>', 'condition key that the request does not carry; may be given several times', appended)
  .option('--context-complete', 'keys that are neither given nor known from the snapshot are absent, not unknown')
  .option('--snapshot <dir>', 'ask a snapshot directory instead of the latest scan in the database')
  .option('--target <key>', 'which target of the database (default: that of the latest scan)')
  .option('--requests <file>', 'answer many: one JSON request a line, one JSON answer a line; - is standard input')
  .option('--format <format>', 'text, or json with every statement of every gate (default: text)')
  .addHelpText(
    'after',
    exampleHelp(
      `ecr-audit explain --principal ${exampleRole} \\`,
      `    --action push --resource ${exampleRepository}`,
      '# "it depends on aws:SourceVpce and aws:MultiFactorAuthPresent": decide it for one request',
      `ecr-audit explain --principal ${exampleRole} \\`,
      `    --action push --resource ${exampleRepository} \\`,
      '    --context aws:SourceVpce=vpce-1 --absent aws:MultiFactorAuthPresent',
      '# from a snapshot directory: may Lambda pull for a function, may a role get a token',
      'ecr-audit explain --snapshot DIR --principal lambda.amazonaws.com --action pull \\',
      `    --resource ${exampleRepository} --context aws:SourceArn=ARN`,
      `ecr-audit explain --snapshot DIR --principal ${exampleRole} \\`,
      '    --action ecr:GetAuthorizationToken --region eu-west-1 --format json',
      '# many questions: {"id": 1, "principal": ..., "action": ..., "resource": ..., "context": {"aws:SourceVpce": null}}',
      'ecr-audit explain --snapshot DIR --requests requests.ndjson',
    ).concat(`

In the context of a request line null says that a key is absent. A line that cannot be answered gets {"error": ...} with
its id where that can be read, the rest goes on, and the exit code is 0.`),
  );

export const explainCommand = { command, action: explain };

async function explain(context: CommandContext, given: unknown): Promise<number> {
  const options = readOptions(explainOptionsSchema, given);
  if (options.requests !== undefined) {
    const single = (['principal', 'action', 'resource', 'region'] as const).find((name) => options[name] !== undefined);
    if (single !== undefined || options.context.length > 0 || options.absent.length > 0 || options.format === 'text') {
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
