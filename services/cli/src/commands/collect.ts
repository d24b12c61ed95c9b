import { collectAccount, writeSnapshotDirectory, type CollectionProgress } from '@ecr-audit/aws';
import { Command } from 'commander';
import { z } from 'zod';
import type { CommandContext } from '../context.ts';
import { exitCodes } from '../exit-codes.ts';
import {
  activityWindowOf,
  addAwsOptions,
  awsOptionsSchema,
  openAwsSession,
  type AwsOptions,
} from '../options/aws-options.ts';
import { exampleHelp } from '../options/help.ts';
import { oneOf, readOptions } from '../options/read-options.ts';
import { counted } from '../report/counted.ts';
import { describeGap } from '../report/describe-gap.ts';
import { printable } from '../terminal/printable.ts';
import { userPath } from '../terminal/paths.ts';

const schema = awsOptionsSchema.extend({
  out: z.string().min(1, 'expected a directory'),
  format: oneOf('text', 'json'),
  failOnGaps: z.boolean().default(false),
});

const command = addAwsOptions(
  new Command('collect').description("write a snapshot directory of the account of the caller's AWS credentials"),
)
  .requiredOption('--out <dir>', 'directory to write; a snapshot that is there is replaced, anything else refused')
  .option('--format <format>', 'text or json', 'text')
  .option('--fail-on-gaps', 'exit with 3 where something could not be read')
  .addHelpText('after', exampleHelp('ecr-audit collect --regions eu-west-1,us-east-1 --out snapshot'));

export const collectCommand = { command, action: collect };

async function collect(context: CommandContext, given: unknown): Promise<number> {
  const options = readOptions(schema, given);
  const directory = userPath(options.out);
  const { caller, parts, gaps } = await collectFromAws(context, options);
  await writeSnapshotDirectory(directory, parts);
  context.progress.clear();
  await context.output.write(
    options.format === 'json'
      ? `${JSON.stringify({ directory, accountId: caller.accountId, files: parts.length, gaps })}\n`
      : [
          `Account ${caller.accountId}: ${parts.length} files in ${directory}`,
          ...(gaps.length === 0 ? ['Everything could be read.'] : [`${counted(gaps.length, 'gap')}:`]),
          ...gaps.map((gap) => printable(`  - ${describeGap(gap)}`)),
          '',
        ].join('\n'),
  );
  return options.failOnGaps && gaps.length > 0 ? exitCodes.gaps : exitCodes.done;
}

/** Reads the caller's account, with progress; the session ends with the command. */
export async function collectFromAws(
  context: CommandContext,
  options: AwsOptions,
): Promise<Awaited<ReturnType<typeof collectAccount>>> {
  const session = await openAwsSession(options);
  context.lifecycle.defer('properEnd', () => session.close());
  const takenAt = context.now();
  return await collectAccount(session, {
    takenAt,
    activityWindow: activityWindowOf(options, takenAt),
    onProgress: (progress) => tell(context, progress),
  });
}

const stepNames = { iam: 'IAM', ecr: 'ECR', cloudtrail: 'CloudTrail' } as const;

function tell({ progress }: CommandContext, event: CollectionProgress): void {
  if (event.kind === 'started') {
    const where = event.region === null ? '' : ` in ${event.region}`;
    progress.update(`reading ${stepNames[event.step]} of ${event.accountId}${where}`);
  }
}
