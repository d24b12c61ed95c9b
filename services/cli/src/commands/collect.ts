import { rm } from 'node:fs/promises';
import { writeSnapshotDirectory } from '@ecr-audit/aws';
import { Command } from 'commander';
import { z } from 'zod';
import type { CommandContext } from '../context.ts';
import { exitCodes } from '../exit-codes.ts';
import { addAwsOptions, awsOptionsSchema } from '../options/aws-options.ts';
import { exampleHelp } from '../options/help.ts';
import { oneOf, readOptions } from '../options/read-options.ts';
import { counted } from '../report/counted.ts';
import { describeGap } from '../report/describe-gap.ts';
import { callLines } from '../scanning/call-figures.ts';
import { collectFromAws } from '../scanning/collect-from-aws.ts';
import { printable } from '../terminal/printable.ts';
import { userPath } from '../terminal/paths.ts';

const schema = awsOptionsSchema.extend({
  out: z.string().min(1, 'expected a directory'),
  format: oneOf('text', 'json'),
  failOnGaps: z.boolean().default(false),
});

const command = addAwsOptions(
  new Command('collect').description(
    "write a snapshot directory of the account of the caller's AWS credentials, or of an organization",
  ),
)
  .requiredOption('--out <dir>', 'directory to write; a snapshot that is there is replaced, anything else refused')
  .option('--format <format>', 'text or json', 'text')
  .option('--fail-on-gaps', 'exit with 3 where something could not be read')
  .addHelpText(
    'after',
    exampleHelp(
      'ecr-audit collect --regions eu-west-1,us-east-1 --out snapshot',
      'ecr-audit collect --organization --regions all --exclude-ou ou-ab12-11111111 --out snapshot --calls',
    ),
  );

export const collectCommand = { command, action: collect };

async function collect(context: CommandContext, given: unknown): Promise<number> {
  const options = readOptions(schema, given);
  const directory = userPath(options.out);
  const { parts, gaps, accountIds, organizationId, calls } = await collectFromAws(context, options);
  await writeSnapshotDirectory(directory, parts, {
    onTemporary: (temporary) => {
      context.lifecycle.defer('always', async () => await rm(temporary, { recursive: true, force: true }));
    },
  });
  context.progress.clear();
  const accountId = accountIds.length === 1 ? accountIds[0] : undefined;
  const what =
    accountId !== undefined
      ? `Account ${accountId}`
      : `${counted(accountIds.length, 'account')}${organizationId === null ? '' : ` of ${organizationId}`}`;
  await context.output.write(
    options.format === 'json'
      ? `${JSON.stringify({ directory, accountId, organizationId, accountIds, files: parts.length, gaps, calls })}\n`
      : [
          `${what}: ${parts.length} files in ${directory}`,
          ...(gaps.length === 0 ? ['Everything could be read.'] : [`${counted(gaps.length, 'gap')}:`]),
          ...gaps.map((gap) => printable(`  - ${describeGap(gap)}`)),
          ...(options.calls ? ['', ...callLines(calls)] : []),
          '',
        ].join('\n'),
  );
  return options.failOnGaps && gaps.length > 0 ? exitCodes.gaps : exitCodes.done;
}
