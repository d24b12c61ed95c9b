import { listAuditLog, type LoggedAction } from '@ecr-audit/store';
import { Command } from 'commander';
import { z } from 'zod';
import type { CommandContext } from '../context.ts';
import { CliError } from '../errors.ts';
import { exitCodes } from '../exit-codes.ts';
import { openDatabase } from '../open-database.ts';
import { addDatabaseOptions, databaseOptionsSchema } from '../options/database-options.ts';
import { exampleHelp } from '../options/help.ts';
import { oneOf, readOptions, wholeNumber } from '../options/read-options.ts';
import { textTable } from '../report/text-table.ts';
import { pastMoment } from '../tokens/past-moment.ts';

const limitMax = 100_000;

const text = z.string().min(1, 'expected a text').max(1_000).optional();
const schema = databaseOptionsSchema.extend({
  actor: text,
  operation: text,
  kind: oneOf('change', 'read', 'all'),
  since: text,
  limit: wholeNumber(1, limitMax),
  format: oneOf('table', 'ndjson'),
});

const command = addDatabaseOptions(
  new Command('audit-log').description(
    'list who changed what through the API, and who read which report, the latest first',
  ),
)
  .option('--actor <who>', 'only this token, subject or user: id or name')
  .option('--operation <name>', 'only this operation, as the OpenAPI document calls it')
  .option('--kind <kind>', 'change, read or all', 'all')
  .option('--since <time>', '`7d`, a day such as 2026-11-16, or an ISO time')
  .option('--limit <n>', 'at most so many lines', '100')
  .option('--format <format>', 'table or ndjson', 'table')
  .addHelpText('after', exampleHelp('ecr-audit audit-log --kind change --since 7d'));

export const auditLogCommand = { command, action: auditLog };

async function auditLog(context: CommandContext, given: unknown): Promise<number> {
  const { actor, operation, kind, since, limit, format, ...database } = readOptions(schema, given);
  const from = since === undefined ? undefined : pastMoment(since, context.now());
  if (from === null) {
    throw new CliError(
      'optionInvalid',
      `cannot use \`--since\`: expected \`7d\`, a day or an ISO time, found \`${since ?? ''}\``,
    );
  }
  const { store } = await openDatabase(context, database);
  const entries = await listAuditLog(store.sql, {
    ...(actor === undefined ? {} : { actor }),
    ...(operation === undefined ? {} : { operation }),
    ...(from === undefined ? {} : { since: from }),
    ...(kind === 'all' ? {} : { isChange: kind === 'change' }),
    limit,
  });
  context.progress.clear();
  await context.output.write(
    format === 'ndjson'
      ? entries.map((entry) => `${JSON.stringify(entry)}\n`).join('')
      : entries.length === 0
        ? 'Nothing was asked.\n'
        : `${textTable(['when', 'who', 'what', 'status', 'times', 'parameters'], entries.map(rowOf)).join('\n')}\n`,
  );
  return exitCodes.done;
}

function rowOf({ at, actorKind, actorName, operation, path, status, times, parameters }: LoggedAction): string[] {
  const said = Object.entries(parameters).map(
    ([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`,
  );
  return [
    at,
    `${actorName} (${actorKind})`,
    operation,
    String(status ?? ''),
    String(times),
    [path ?? '', ...said].join(' ').trim(),
  ];
}
