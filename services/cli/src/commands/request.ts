import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { findScan, latestCompletedScan, wantScan, type Scan, type Store, type WantedScan } from '@ecr-audit/store';
import { Command } from 'commander';
import { z } from 'zod';
import type { CommandContext } from '../context.ts';
import { CliError } from '../errors.ts';
import { exitCodes } from '../exit-codes.ts';
import { openDatabase } from '../open-database.ts';
import { addDatabaseOptions, databaseOptionsSchema } from '../options/database-options.ts';
import { exampleHelp } from '../options/help.ts';
import { oneOf, readOptions } from '../options/read-options.ts';
import { printable } from '../terminal/printable.ts';

const pollMs = 500;

const schema = databaseOptionsSchema.extend({
  target: z.string().min(1, 'expected the key of a target, as `organization:o-exampleorgid`').optional(),
  accounts: z
    .string()
    .transform((text) => text.split(',').map((id) => id.trim()))
    .pipe(z.array(z.string().regex(/^\d{12}$/, 'expected account ids of twelve digits with commas between')).min(1))
    .optional(),
  wait: z.boolean().default(false),
  format: oneOf('text', 'json'),
});

// Not `scan`, which reads AWS itself: this one asks the workers, and needs their database alone.
const command = addDatabaseOptions(
  new Command('request').description('ask the workers for a scan now, outside of any schedule'),
)
  .option('--target <key>', 'what to scan (default: the target of the latest scan)')
  .option('--accounts <list>', 'read only these accounts again; the others stay as they were read last')
  .option('--wait', 'until the scan has ended')
  .option('--format <format>', 'text or json', 'text')
  .addHelpText(
    'after',
    exampleHelp(
      'ecr-audit request --database-url postgres://audit@db/audit --wait',
      'ecr-audit request --target organization:o-exampleorgid --accounts 111122223333,444455556666',
    ),
  );

export const requestCommand = { command, action: request };

async function request(context: CommandContext, given: unknown): Promise<number> {
  const options = readOptions(schema, given);
  const { store } = await openDatabase(context, options);
  const targetKey = options.target ?? (await latestCompletedScan(store.sql))?.targetKey;
  if (targetKey === undefined) {
    throw new CliError('noScan', 'the database holds no scan yet: name what to scan with `--target`');
  }
  const wanted = await wantScan(store, {
    scanId: randomUUID(),
    targetKey,
    ...(options.accounts === undefined ? {} : { onlyAccounts: options.accounts }),
  });
  const scanId = scanIdOf(wanted, targetKey);
  const scan = options.wait ? await untilEnded(context, store, scanId) : await existing(store, scanId);
  context.progress.clear();
  await context.output.write(
    options.format === 'json'
      ? `${JSON.stringify({ scanId, isNew: wanted.kind === 'wanted', status: scan.status, failure: scan.failure, gaps: scan.gaps })}\n`
      : `${printable(lineOf(scan, wanted.kind === 'wanted'))}\n`,
  );
  return scan.status === 'failed' ? exitCodes.unexpected : exitCodes.done;
}

function scanIdOf(wanted: WantedScan, targetKey: string): string {
  switch (wanted.kind) {
    case 'wanted':
    case 'alreadyWanted':
      return wanted.scanId;
    case 'targetUnknown':
      throw new CliError('optionInvalid', `there is no target \`${targetKey}\`: no scan and no collector knows it`);
    case 'targetNotSetUp':
      throw new CliError(
        'optionInvalid',
        `no collector is configured for \`${targetKey}\`: start one whose configuration names it, or use \`ecr-audit scan\``,
      );
    case 'accountUnknown':
      throw new CliError(
        'optionInvalid',
        `the latest scan of \`${targetKey}\` does not know account \`${wanted.accountId}\`: leave \`--accounts\` out to take in others`,
      );
    case 'tooManyWaiting':
      throw new CliError(
        'optionInvalid',
        `${wanted.waiting} scans of \`${targetKey}\` wait already: ask again when some have run`,
      );
    default:
      return wanted satisfies never;
  }
}

async function untilEnded(context: CommandContext, store: Store, scanId: string): Promise<Scan> {
  for (;;) {
    const scan = await existing(store, scanId);
    if (scan.status === 'completed' || scan.status === 'failed') {
      return scan;
    }
    context.progress.update(`scan ${scanId} of ${scan.targetName} is ${scan.status}`);
    await wait(pollMs);
  }
}

async function existing(store: Store, scanId: string): Promise<Scan> {
  const scan = await findScan(store.sql, scanId);
  if (scan === null) {
    throw new CliError('scanFailed', `scan \`${scanId}\` is gone from the database`);
  }
  return scan;
}

function lineOf({ id, status, targetName, failure, gaps }: Scan, isNew: boolean): string {
  switch (status) {
    case 'completed':
      return `Scan ${id} of ${targetName} is completed${gaps === 0 ? '' : `, with ${gaps} things that could not be read`}.`;
    case 'failed':
      return `Scan ${id} of ${targetName} failed: ${failure}`;
    case 'requested':
    case 'collecting':
    case 'evaluating':
      return isNew
        ? `Scan ${id} of ${targetName} is requested; a collector starts it within seconds.`
        : `Scan ${id} of ${targetName} was requested before and has not started yet.`;
    default:
      return status satisfies never;
  }
}
