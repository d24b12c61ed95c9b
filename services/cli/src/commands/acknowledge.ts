import { acknowledgeFinding } from '@ecr-audit/store';
import { Command } from 'commander';
import { z } from 'zod';
import type { CommandContext } from '../context.ts';
import { CliError } from '../errors.ts';
import { exitCodes } from '../exit-codes.ts';
import { openDatabase } from '../open-database.ts';
import { addDatabaseOptions, databaseOptionsSchema } from '../options/database-options.ts';
import { exampleHelp } from '../options/help.ts';
import { readOptions } from '../options/read-options.ts';
import { systemUser } from '../options/system-user.ts';
import { printable } from '../terminal/printable.ts';

const schema = databaseOptionsSchema.extend({
  fingerprint: z.string().regex(/^[0-9a-f]{64}$/, 'expected the fingerprint of a finding, 64 characters'),
  target: z.string().min(1, 'expected a target, such as `account:111122223333`').optional(),
  by: z.string().trim().min(1, 'expected who looks after it').max(200).optional(),
});

const command = addDatabaseOptions(
  new Command('acknowledge')
    .description('say that somebody looks after a finding; it stays active')
    .argument('<fingerprint>', 'of the finding, as `ecr-audit findings` shows it'),
)
  .option('--by <name>', 'who (default: the user of the system)')
  .option('--target <key>', 'where several targets have the finding')
  .addHelpText('after', exampleHelp('ecr-audit findings acknowledge 3f1c9d…'));

export const acknowledgeCommand = { command, action: acknowledge };

async function acknowledge(context: CommandContext, given: unknown): Promise<number> {
  const options = readOptions(schema, given);
  const { store } = await openDatabase(context, options);
  const state = await acknowledgeFinding(store, {
    targetKey: options.target ?? null,
    fingerprint: options.fingerprint,
    by: options.by ?? systemUser(),
    at: context.now().toISOString(),
  });
  context.progress.clear();
  if (state === null) {
    throw new CliError(
      'findingNotFound',
      `no finding \`${options.fingerprint}\`: expected a fingerprint that \`ecr-audit findings --status all\` shows`,
    );
  }
  const { acknowledged, status, finding } = state;
  await context.output.write(
    printable(
      acknowledged === null
        ? `${finding.title} is ${status}: nobody has to look after it.\n`
        : `${acknowledged.by} looks after it since ${acknowledged.at}: ${finding.title}\n`,
    ),
  );
  return exitCodes.done;
}
