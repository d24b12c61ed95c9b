import {
  addException,
  applyExceptions,
  listExceptions,
  withdrawException,
  type ListedException,
} from '@ecr-audit/store';
import { Command } from 'commander';
import { z } from 'zod';
import type { CommandContext } from '../context.ts';
import { CliError } from '../errors.ts';
import { readExceptionsFile } from '../exceptions/exceptions-file.ts';
import { momentOf } from '../exceptions/moment.ts';
import { exitCodes } from '../exit-codes.ts';
import { openDatabase } from '../open-database.ts';
import { addDatabaseOptions, databaseOptionsSchema } from '../options/database-options.ts';
import { exampleHelp } from '../options/help.ts';
import { oneOf, readOptions } from '../options/read-options.ts';
import { systemUser } from '../options/system-user.ts';
import { textTable } from '../report/text-table.ts';
import { printable } from '../terminal/printable.ts';

const listedMax = 100_000;

const words = (expected: string): z.ZodType<string, string | undefined> =>
  z
    .string({ error: `expected ${expected}` })
    .trim()
    .min(1, `expected ${expected}`)
    .max(1_000);
const fingerprint = z
  .string()
  .regex(/^[0-9a-f]{64}$/, 'expected the fingerprint of a finding, 64 characters, as `ecr-audit findings` shows it');
const addSchema = databaseOptionsSchema.extend({
  fingerprint,
  target: z.string().min(1, 'expected a target, such as `account:111122223333`').optional(),
  reason: words('why it is approved'),
  until: words('`90d`, a day or a time'),
  by: words('who approves it').optional(),
  format: oneOf('text', 'json'),
});
const listSchema = databaseOptionsSchema.extend({
  target: z.string().min(1, 'expected a target, such as `account:111122223333`').optional(),
  all: z.boolean().default(false),
  unmatched: z.boolean().default(false),
  format: oneOf('table', 'json'),
});
const withdrawSchema = databaseOptionsSchema.extend({
  id: z.uuid('expected the id of an exception, as `ecr-audit exceptions list` shows it'),
  by: words('who withdraws it').optional(),
});
const applySchema = databaseOptionsSchema.extend({
  file: z.string().min(1, 'expected a file'),
  dryRun: z.boolean().default(false),
  failOnUnmatched: z.boolean().default(false),
  by: words('who applies it').optional(),
});

const addCommand = addDatabaseOptions(
  new Command('add')
    .description('approve what a finding is about, as it stands now, for some time')
    .argument('<fingerprint>', 'of the finding, as `ecr-audit findings` shows it'),
)
  .requiredOption('--reason <text>', 'why')
  .requiredOption('--until <time>', '`90d`, a day such as 2027-03-31, or an ISO time')
  .option('--by <name>', 'who approves it (default: the user of the system)')
  .option('--target <key>', 'where several targets have the finding')
  .option('--format <format>', 'text or json', 'text')
  .addHelpText(
    'after',
    exampleHelp("ecr-audit exceptions add 3f1c… --reason 'partner until the contract ends' --until 2027-03-31").concat(`

An exception covers what was approved: more rights, more repositories, more principals, a condition less or a graver severity
make the finding active again, and so does the end of its time.`),
  );

const listCommand = addDatabaseOptions(
  new Command('list').description('list exceptions, with the findings they are about'),
)
  .option('--target <key>', 'only of this target')
  .option('--all', 'also those that are withdrawn or over')
  .option('--unmatched', 'only those of which no finding is left')
  .option('--format <format>', 'table or json', 'table')
  .addHelpText('after', exampleHelp('ecr-audit exceptions list --unmatched'));

const withdrawCommand = addDatabaseOptions(
  new Command('withdraw')
    .description('withdraw an exception; its finding is active again')
    .argument('<id>', 'of the exception'),
)
  .option('--by <name>', 'who withdraws it (default: the user of the system)')
  .addHelpText('after', exampleHelp('ecr-audit exceptions withdraw 0198a2f0-…'));

const applyCommand = addDatabaseOptions(
  new Command('apply')
    .description('make the exceptions those of a file, which may lie in a repository and be reviewed there')
    .argument('<file>', 'YAML or JSON'),
)
  .option('--dry-run', 'say what would be done, and do nothing')
  .option('--fail-on-unmatched', 'exit with 5 where a line is about no finding')
  .option('--by <name>', 'who applies it (default: the user of the system)')
  .addHelpText(
    'after',
    exampleHelp('ecr-audit exceptions apply exceptions.yaml --dry-run').concat(`

  version: 1
  exceptions:
    - finding: 3f1c9d…            # 64 characters
      approvedBy: anna.lind@example.com
      reason: The partner pulls until the contract ends.
      until: 2027-03-31           # the end of that day, UTC
      target: organization:o-example   # only where several targets have it

A line that is gone is withdrawn. A line is bound to what its finding was when it was applied first: to approve more, change it.`),
  );

export const exceptionsCommands = {
  group: new Command('exceptions').description('approve findings for some time, and see what is approved'),
  commands: [
    { command: addCommand, action: add },
    { command: listCommand, action: list },
    { command: withdrawCommand, action: withdraw },
    { command: applyCommand, action: apply },
  ],
};

async function add(context: CommandContext, given: unknown): Promise<number> {
  const options = readOptions(addSchema, given);
  const now = context.now();
  const until = momentOf(options.until, now);
  if (until === null || Date.parse(until) <= now.getTime()) {
    throw new CliError(
      'optionInvalid',
      `cannot use \`--until\`: expected \`90d\`, a day or an ISO time that is still to come, found \`${options.until}\``,
    );
  }
  const { store } = await openDatabase(context, options);
  const added = await addException(store, {
    targetKey: options.target ?? null,
    fingerprint: options.fingerprint,
    approvedBy: options.by ?? systemUser(),
    reason: options.reason,
    until,
    at: now.toISOString(),
    source: 'cli',
  });
  context.progress.clear();
  if (added === null) {
    throw new CliError(
      'findingNotFound',
      `no finding \`${options.fingerprint}\`: expected a fingerprint that \`ecr-audit findings --status all\` shows`,
    );
  }
  const { exception, finding, isNew } = added;
  await context.output.write(
    options.format === 'json'
      ? `${JSON.stringify({ exception, status: finding.status, isNew })}\n`
      : printable(
          `${isNew ? 'Approved' : 'It was approved already'}: ${finding.finding.title}\nuntil ${exception.until}, by ${exception.approvedBy} (${exception.id}); the finding is ${finding.status}.\n`,
        ),
  );
  return exitCodes.done;
}

async function list(context: CommandContext, given: unknown): Promise<number> {
  const options = readOptions(listSchema, given);
  const { store } = await openDatabase(context, options);
  const exceptions = await listExceptions(store.sql, {
    ...(options.target === undefined ? {} : { targetKey: options.target }),
    ...(options.all ? {} : { openAt: context.now().toISOString() }),
    ...(options.unmatched ? { isUnmatched: true } : {}),
    limit: listedMax,
  });
  context.progress.clear();
  await context.output.write(
    options.format === 'json'
      ? `${JSON.stringify({ exceptions })}\n`
      : exceptions.length === 0
        ? 'No exceptions.\n'
        : `${textTable(['id', 'until', 'approved by', 'reason', 'finding'], exceptions.map(rowOf)).join('\n')}\n`,
  );
  return exitCodes.done;
}

function rowOf({
  id,
  until,
  approvedBy,
  reason,
  findingTitle,
  findingStatus,
  fingerprint: of,
}: ListedException): string[] {
  const finding =
    findingStatus === null || findingStatus === 'resolved'
      ? `none is left: ${findingTitle ?? of.slice(0, 12)}`
      : `${findingStatus}: ${findingTitle ?? ''}`;
  return [id, until, approvedBy, reason, finding].map(printable);
}

async function withdraw(context: CommandContext, given: unknown): Promise<number> {
  const options = readOptions(withdrawSchema, given);
  const { store } = await openDatabase(context, options);
  const at = context.now().toISOString();
  const withdrawn = await withdrawException(store, { id: options.id, by: options.by ?? systemUser(), at });
  context.progress.clear();
  if (withdrawn === null) {
    throw new CliError(
      'exceptionNotFound',
      `no exception \`${options.id}\` in force: expected an id that \`ecr-audit exceptions list\` shows`,
    );
  }
  await context.output.write(
    printable(
      `Withdrawn: ${withdrawn.findingTitle ?? withdrawn.fingerprint} is ${withdrawn.findingStatus ?? 'not there'}.\n`,
    ),
  );
  return exitCodes.done;
}

async function apply(context: CommandContext, given: unknown): Promise<number> {
  const options = readOptions(applySchema, given);
  const now = context.now();
  const entries = await readExceptionsFile(options.file, now);
  const { store } = await openDatabase(context, options);
  const { added, withdrawn, unchanged, unmatched, over } = await applyExceptions(store, entries, {
    by: options.by ?? systemUser(),
    at: now.toISOString(),
    isTrial: options.dryRun,
  });
  context.progress.clear();
  const said = (place: number): string => {
    const entry = entries[place];
    return entry === undefined ? '' : `${entry.fingerprint.slice(0, 12)}… of ${entry.approvedBy}: ${entry.reason}`;
  };
  const lines = [
    `${options.dryRun ? 'Would be: ' : ''}${added.length} added, ${withdrawn.length} withdrawn, ${unchanged} unchanged`,
    ...added.map((each) => `+ ${each.findingTitle ?? each.fingerprint} (${each.approvedBy}, until ${each.until})`),
    ...withdrawn.map((each) => `- ${each.findingTitle ?? each.fingerprint} (${each.approvedBy})`),
    ...unmatched.map((place) => `? matches no finding, approves nothing: ${said(place)}`),
    ...over.map((place) => `  over since ${entries[place]?.until ?? ''}: ${said(place)}`),
  ];
  await context.output.write(`${lines.map(printable).join('\n')}\n`);
  return options.failOnUnmatched && unmatched.length > 0 ? exitCodes.failOn : exitCodes.done;
}
