import type { SnapshotPart } from '@ecr-audit/access';
import type { Store } from '@ecr-audit/store';
import { Command } from 'commander';
import { z } from 'zod';
import type { CommandContext } from '../context.ts';
import { CliError } from '../errors.ts';
import { exitCodes } from '../exit-codes.ts';
import { loadSnapshotDirectory } from '../load-snapshot.ts';
import { openDatabase } from '../open-database.ts';
import { addAwsOptions, awsOptionsSchema } from '../options/aws-options.ts';
import { addDatabaseOptions, databaseOptionsSchema } from '../options/database-options.ts';
import { exampleHelp } from '../options/help.ts';
import { oneOf, readOptions } from '../options/read-options.ts';
import { readReport } from '../report/read-report.ts';
import { reportText } from '../report/report-text.ts';
import { type CallFigures, callLines } from '../scanning/call-figures.ts';
import { collectFromAws } from '../scanning/collect-from-aws.ts';
import { scanParts } from '../scanning/scan-parts.ts';

const schema = awsOptionsSchema.extend(databaseOptionsSchema.shape).extend({
  snapshot: z.string().min(1, 'expected a snapshot directory').optional(),
  format: oneOf('table', 'json'),
  failOnGaps: z.boolean().default(false),
});

type ScanOptions = z.output<typeof schema>;

const command = addDatabaseOptions(
  addAwsOptions(
    new Command('scan')
      .description(
        "scan the account of the caller's AWS credentials, an organization, or a snapshot directory, and report",
      )
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
      'ecr-audit scan --organization --role-name ecr-audit --external-id-file id.txt --regions all',
      'ecr-audit scan --accounts 111122223333,444455556666 --regions eu-west-1',
      'ecr-audit scan --snapshot snapshot --format json',
    ),
  );

export const scanCommand = { command, action: scan };

async function scan(context: CommandContext, given: unknown): Promise<number> {
  const options = readOptions(schema, given);
  refuseMixture(options);
  const source = options.snapshot === undefined ? 'aws' : 'snapshot';
  const { parts, store, calls } =
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
  await context.output.write(
    options.format === 'json'
      ? `${JSON.stringify(calls === null ? report : { ...report, calls }, null, 2)}\n`
      : [reportText(report), ...(calls !== null && options.calls ? ['', ...callLines(calls), ''] : [])].join('\n'),
  );
  return options.failOnGaps && report.gaps.length > 0 ? exitCodes.gaps : exitCodes.done;
}

/** The database first: reading AWS takes minutes, and should not be lost to a database that does not answer. */
async function fromAws(context: CommandContext, options: ScanOptions): Promise<ScanInput> {
  const { store } = await openDatabase(context, options);
  const { parts, calls } = await collectFromAws(context, options);
  return { store, parts, calls };
}

/** The directory first: a mistake in it should not cost the start of a database. */
async function fromDirectory(context: CommandContext, options: ScanOptions, directory: string): Promise<ScanInput> {
  const { parts } = await loadSnapshotDirectory(context, directory);
  return { parts, store: (await openDatabase(context, options)).store, calls: null };
}

interface ScanInput {
  readonly parts: readonly SnapshotPart[];
  readonly store: Store;
  /** Null where AWS was not asked. */
  readonly calls: readonly CallFigures[] | null;
}

function refuseMixture(options: ScanOptions): void {
  const {
    snapshot,
    databaseUrl: _url,
    data: _data,
    format: _format,
    failOnGaps: _fail,
    cloudtrail: _events,
    ...ofAws
  } = options;
  const isGiven = Object.values(ofAws).some((value) =>
    typeof value === 'object' ? Object.keys(value).length > 0 : value !== undefined && value !== false,
  );
  if (snapshot !== undefined && isGiven) {
    throw new CliError(
      'optionInvalid',
      'cannot use `--snapshot` together with the options of AWS: expected one source to scan',
    );
  }
}
