import { Command } from 'commander';
import type { CommandContext } from '../context.ts';
import { exitCodes } from '../exit-codes.ts';
import { accessSource } from '../export/access-source.ts';
import { formatRows } from '../export/format-rows.ts';
import { rowFilter } from '../export/row-filter.ts';
import { accessOptionsSchema } from '../options/access-options.ts';
import { addDatabaseOptions } from '../options/database-options.ts';
import { exampleHelp } from '../options/help.ts';
import { readOptions } from '../options/read-options.ts';

const command = addDatabaseOptions(
  new Command('access').description(
    'export the effective access: principal, repository, action, decision, condition, reasons',
  ),
)
  .option('--snapshot <dir>', 'evaluate a snapshot directory instead of reading the latest scan of the database')
  .option('--target <key>', 'which target of the database (default: that of the latest scan)')
  .option('--format <format>', 'ndjson (json is the same), csv or table', 'table')
  .option('--by <what>', 'action, capability or all', 'all')
  .option('--include-denied', 'also list what is denied')
  .option('--principal <who>', 'only this principal: ARN, unique id or name')
  .option('--repository <which>', 'only this repository: ARN or name')
  .option('--decision <decision>', 'only allowed, conditional, unknown, explicitDeny or implicitDeny')
  .addHelpText(
    'after',
    exampleHelp(
      'ecr-audit access --snapshot snapshot --by capability --format table',
      'ecr-audit access --format csv --repository team/app > team-app.csv',
    ),
  );

export const accessCommand = { command, action: access };

async function access(context: CommandContext, given: unknown): Promise<number> {
  const options = readOptions(accessOptionsSchema, given);
  const { rows, widths } = await accessSource(context, options);
  const keep = rowFilter(options);
  for await (const text of formatRows(rows, { format: options.format, keep, widths })) {
    await context.output.write(text);
  }
  return exitCodes.done;
}
