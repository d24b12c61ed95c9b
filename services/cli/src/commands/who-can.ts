import { CAPABILITIES, findEcrAction } from '@ecr-audit/access';
import { Command } from 'commander';
import { z } from 'zod';
import type { CommandContext } from '../context.ts';
import { openDatabase } from '../open-database.ts';
import { addDatabaseOptions, databaseOptionsSchema } from '../options/database-options.ts';
import { exampleHelp } from '../options/help.ts';
import { pastTimeWords } from '../options/past-time.ts';
import { oneOf, readOptions } from '../options/read-options.ts';
import { printable } from '../terminal/printable.ts';
import { type AskedScan, askedScan } from '../time-travel/asked-scan.ts';
import { findPrincipals, findRepositories, type Subjects } from '../time-travel/find-subjects.ts';
import { type AnswerPart, printAnswer } from '../time-travel/print-rows.ts';
import { type TimedRow, whatCan, whoCan } from '../time-travel/timed-rows.ts';

const capabilities = CAPABILITIES.map(({ name }) => name);
const actionWords = `${capabilities.map((name) => `\`${name}\``).join(', ')}, or an action of private ECR such as \`ecr:PutImage\``;

const actionSchema = z
  .string()
  .refine((text) => capabilities.some((name) => name === text) || findEcrAction(text) !== null, {
    error: `expected ${actionWords}`,
  })
  // Actions are compared without regard to case, and stored in AWS's spelling.
  .transform((text) => findEcrAction(text)?.name ?? text);

const commonSchema = databaseOptionsSchema.extend({
  at: z.string().optional(),
  target: z.string().min(1, 'expected a target, such as `account:111122223333`').optional(),
  format: oneOf('table', 'ndjson', 'csv', 'json').transform((format) => (format === 'json' ? 'ndjson' : format)),
  failOnGaps: z.boolean().default(false),
});
const whoSchema = commonSchema.extend({
  what: actionSchema,
  repository: z.string().min(1, 'expected an ARN or a name'),
});
const whatSchema = commonSchema.extend({
  principal: z.string().min(1, 'expected an ARN, a unique id or a name'),
  action: actionSchema.optional(),
});

const who = withOptions(
  new Command('who-can')
    .description('list who can do something to a repository, now or at a time, and from when until when')
    .argument('<what>', actionWords)
    .argument('<repository>', 'ARN, or a name in which `*` stands for any characters'),
).addHelpText(
  'after',
  exampleHelp(
    'ecr-audit who-can push team/app',
    'ecr-audit who-can push team/app --at 2026-10-01',
    'ecr-audit who-can ecr:BatchDeleteImage "team/*" --at 30d --format csv',
  ),
);

const what = withOptions(
  new Command('what-can')
    .description('list what a principal can do, now or at a time, and from when until when')
    .argument('<principal>', 'ARN, unique id or name')
    .option('--action <what>', `only this one: ${actionWords} (default: every capability)`),
).addHelpText('after', exampleHelp('ecr-audit what-can deployer --at 2026-10-01T06:00:00Z --action push'));

export const whoCanCommand = { command: who, action: listWho };
export const whatCanCommand = { command: what, action: listWhat };

function withOptions(command: Command): Command {
  return addDatabaseOptions(command)
    .option('--at <time>', `as it was then: ${pastTimeWords} (default: the latest scan)`)
    .option('--target <key>', 'which target of the database (default: that of the latest scan)')
    .option('--format <format>', 'table, ndjson (json is the same) or csv', 'table')
    .option('--fail-on-gaps', 'exit with 3 where the scan could not read everything');
}

async function listWho(context: CommandContext, given: unknown): Promise<number> {
  const options = readOptions(whoSchema, given);
  const { store } = await openDatabase(context, options);
  const asked = await askedScan(store, { at: options.at, target: options.target, now: context.now() });
  const { asOf } = asked;
  const wanted = { action: options.what };
  const found = await findRepositories(store, asOf, options.repository);
  const parts = partsOf(found, asked, (repository) => ({
    title: `Who can ${options.what} to ${repository.arn}`,
    rows: whoCan(store, asOf, { repositoryId: repository.id, wanted }),
    none: 'Nobody.',
  }));
  return await printAnswer(context, asked, parts, {
    ...options,
    columns: { head: ['Principal'], cells: ({ cell }) => [cell.principal.arn] },
  });
}

async function listWhat(context: CommandContext, given: unknown): Promise<number> {
  const options = readOptions(whatSchema, given);
  const { store } = await openDatabase(context, options);
  const asked = await askedScan(store, { at: options.at, target: options.target, now: context.now() });
  const { asOf } = asked;
  const wanted = options.action === undefined ? { by: 'capability' as const } : { action: options.action };
  const found = await findPrincipals(store, asOf, options.principal);
  const parts = partsOf(found, asked, (principal) => ({
    title: `What ${principal.arn} (${principal.id}) can do`,
    rows: whatCan(store, asOf, { principalId: principal.id, wanted }),
    none: 'Nothing.',
  }));
  return await printAnswer(context, asked, parts, {
    ...options,
    columns: { head: ['Resource', 'Action'], cells: placeCells },
  });
}

function placeCells({ cell: { repository, accountId, region, action } }: TimedRow): string[] {
  return [repository?.arn ?? `* (${accountId} ${region})`, action];
}

function partsOf<Subject extends { readonly arn: string; readonly firstSeenAt: string }>(
  { there, later }: Subjects<Subject>,
  { asOf }: AskedScan,
  partOf: (subject: Subject) => AnswerPart,
): AnswerPart[] {
  return [
    ...there.map((subject) => ({ ...partOf(subject), title: printable(partOf(subject).title) })),
    ...later.map(({ arn, firstSeenAt }) => ({
      title: printable(arn),
      rows: noRows(),
      none:
        firstSeenAt > asOf.takenAt
          ? `Not known to that scan: it was seen for the first time in the scan of ${firstSeenAt}.`
          : 'Not known to that scan.',
    })),
  ];
}

async function* noRows(): AsyncGenerator<TimedRow> {
  // A part without rows is a sentence.
}
