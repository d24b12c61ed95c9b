import { assembleSnapshot, type SnapshotPart } from '@ecr-audit/access';
import { readSnapshotDirectory } from '@ecr-audit/aws';
import type { Store } from '@ecr-audit/store';
import { Command } from 'commander';
import { z } from 'zod';
import { collectFromAws } from './collect.ts';
import type { CommandContext } from '../context.ts';
import { CliError } from '../errors.ts';
import { exitCodes } from '../exit-codes.ts';
import { openDatabase } from '../open-database.ts';
import { addAwsOptions, awsOptionsSchema } from '../options/aws-options.ts';
import { addDatabaseOptions, databaseOptionsSchema } from '../options/database-options.ts';
import { exampleHelp } from '../options/help.ts';
import { oneOf, readOptions } from '../options/read-options.ts';
import { readReport } from '../report/read-report.ts';
import { reportText } from '../report/report-text.ts';
import { scanParts } from '../scanning/scan-parts.ts';
import { userPath } from '../terminal/paths.ts';

const schema = awsOptionsSchema.extend(databaseOptionsSchema.shape).extend({
  snapshot: z.string().min(1, 'expected a snapshot directory').optional(),
  format: oneOf('table', 'json'),
  failOnGaps: z.boolean().default(false),
});

type ScanOptions = z.output<typeof schema>;

const command = addDatabaseOptions(
  addAwsOptions(
    new Command('scan')
      .description("scan the account of the caller's AWS credentials, or a snapshot directory, and report")
      .option('--snapshot <dir>', 'scan a snapshot directory instead of AWS'),
  ),
)
  .option('--format <format>', 'table or json', 'table')
  .option('--fail-on-gaps', 'exit with 3 where something could not be read')
  .addHelpText(
    'after',
    exampleHelp(
      'ecr-audit scan --regions eu-west-1,us-east-1',
      'ecr-audit scan --role-arn arn:aws:iam::111122223333:role/ecr-audit --external-id ID --regions eu-west-1',
      'ecr-audit scan --snapshot snapshot --format json',
    ),
  );

export const scanCommand = { command, action: scan };

async function scan(context: CommandContext, given: unknown): Promise<number> {
  const options = readOptions(schema, given);
  refuseMixture(options);
  const source = options.snapshot === undefined ? 'aws' : 'snapshot';
  const { parts, store } =
    options.snapshot === undefined
      ? await fromAws(context, options)
      : await fromDirectory(context, options, options.snapshot);
  const { scanId, isNew, problems } = await scanParts(context, store, { parts, source });
  if (!isNew) {
    context.progress.note(`this snapshot was scanned before, as ${scanId}: nothing new to write`);
  }
  context.progress.update('reading the result');
  const report = await readReport(store, scanId, problems);
  context.progress.clear();
  await context.output.write(options.format === 'json' ? `${JSON.stringify(report, null, 2)}\n` : reportText(report));
  return options.failOnGaps && report.gaps.length > 0 ? exitCodes.gaps : exitCodes.done;
}

/** The database first: reading AWS takes minutes, and should not be lost to a database that does not answer. */
async function fromAws(context: CommandContext, options: ScanOptions): Promise<ScanInput> {
  const { store } = await openDatabase(context, options);
  return { store, parts: (await collectFromAws(context, options)).parts };
}

/** The directory first: a mistake in it should not cost the start of a database. */
async function fromDirectory(context: CommandContext, options: ScanOptions, directory: string): Promise<ScanInput> {
  context.progress.update('reading the snapshot');
  const parts = await readSnapshotDirectory(userPath(directory));
  assembleSnapshot(parts);
  return { parts, store: (await openDatabase(context, options)).store };
}

interface ScanInput {
  readonly parts: readonly SnapshotPart[];
  readonly store: Store;
}

function refuseMixture(options: ScanOptions): void {
  const ofAws = (['regions', 'roleArn', 'externalId', 'profile', 'activityDays'] as const).find(
    (name) => options[name] !== undefined,
  );
  if (options.snapshot !== undefined && ofAws !== undefined) {
    throw new CliError(
      'optionInvalid',
      'cannot use `--snapshot` together with the options of AWS: expected one source to scan',
    );
  }
}
