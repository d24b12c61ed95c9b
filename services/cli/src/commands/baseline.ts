import { approveBaseline, type Baseline, listBaselines } from '@ecr-audit/store';
import { Command } from 'commander';
import { z } from 'zod';
import type { CommandContext } from '../context.ts';
import { CliError } from '../errors.ts';
import { exitCodes } from '../exit-codes.ts';
import { openDatabase } from '../open-database.ts';
import { addDatabaseOptions, databaseOptionsSchema } from '../options/database-options.ts';
import { exampleHelp } from '../options/help.ts';
import { oneOf, readOptions } from '../options/read-options.ts';
import { systemUser } from '../options/system-user.ts';
import { textTable } from '../report/text-table.ts';
import { findStoredScan } from '../stored-scan.ts';
import { printable } from '../terminal/printable.ts';

const target = z.string().min(1, 'expected a target, such as `account:111122223333`').optional();
const approveSchema = databaseOptionsSchema.extend({
  target,
  scan: z.uuid('expected the id of a completed scan').optional(),
  account: z
    .string()
    .regex(/^\d{12}$/, 'expected an account id of 12 digits')
    .optional(),
  reason: z.string().trim().min(1, 'expected why').max(1_000).optional(),
  by: z.string().trim().min(1, 'expected who approves it').max(200).optional(),
});
const listSchema = databaseOptionsSchema.extend({
  target,
  all: z.boolean().default(false),
  format: oneOf('table', 'json'),
});

const approveCommand = addDatabaseOptions(
  new Command('approve').description('agree to what a scan found: drift may be asked for since then'),
)
  .option('--scan <id>', 'the scan (default: the latest one)')
  .option('--account <id>', 'only for this account')
  .option('--reason <text>', 'why')
  .option('--by <name>', 'who approves it (default: the user of the system)')
  .option('--target <key>', 'of which target the latest scan is meant')
  .addHelpText('after', exampleHelp('ecr-audit baseline approve', 'ecr-audit drift --from baseline'));

const listCommand = addDatabaseOptions(new Command('list').description('list the baselines that are in force'))
  .option('--target <key>', 'only of this target')
  .option('--all', 'also those that a newer one replaced')
  .option('--format <format>', 'table or json', 'table')
  .addHelpText('after', exampleHelp('ecr-audit baseline list'));

export const baselineCommands = {
  group: new Command('baseline').description('approve a scan as what access is to be compared with'),
  commands: [
    { command: approveCommand, action: approve },
    { command: listCommand, action: list },
  ],
};

async function approve(context: CommandContext, given: unknown): Promise<number> {
  const options = readOptions(approveSchema, given);
  const { store } = await openDatabase(context, options);
  const scanId = options.scan ?? (await findStoredScan(store, options.target)).scanId;
  const baseline = await approveBaseline(store.sql, {
    scanId,
    accountId: options.account ?? null,
    by: options.by ?? systemUser(),
    at: context.now().toISOString(),
    reason: options.reason ?? null,
  });
  context.progress.clear();
  if (baseline === null) {
    throw new CliError(
      'noScan',
      options.account === undefined
        ? `no completed scan \`${scanId}\`: expected an id that \`GET /v1/scans\` lists`
        : `no completed scan \`${scanId}\` that knows account ${options.account}`,
    );
  }
  await context.output.write(printable(`Approved as baseline: ${described(baseline)}\n`));
  return exitCodes.done;
}

async function list(context: CommandContext, given: unknown): Promise<number> {
  const options = readOptions(listSchema, given);
  const { store } = await openDatabase(context, options);
  const baselines = await listBaselines(store.sql, { targetKey: options.target ?? null, isHistory: options.all });
  context.progress.clear();
  const rows = baselines.map(({ targetKey, accountId, takenAt, scanId, approvedBy, approvedAt, reason }) =>
    [targetKey, accountId ?? 'all', takenAt, scanId, approvedBy, approvedAt, reason ?? ''].map(printable),
  );
  const heads = ['target', 'account', 'taken', 'scan', 'approved by', 'at', 'reason'];
  await context.output.write(
    options.format === 'json'
      ? `${JSON.stringify({ baselines })}\n`
      : rows.length === 0
        ? 'No baseline was approved.\n'
        : `${textTable(heads, rows).join('\n')}\n`,
  );
  return exitCodes.done;
}

function described({ targetKey, accountId, takenAt, scanId, approvedBy }: Baseline): string {
  return `${accountId === null ? targetKey : `account ${accountId} of ${targetKey}`} as of ${takenAt} (scan ${scanId}), by ${approvedBy}`;
}
