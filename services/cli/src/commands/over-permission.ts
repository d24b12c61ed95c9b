import { writeFile } from 'node:fs/promises';
import { overPermission, type OverPermissionReport } from '@ecr-audit/access';
import { Command } from 'commander';
import type { CommandContext } from '../context.ts';
import { CliError } from '../errors.ts';
import { exitCodes } from '../exit-codes.ts';
import { addDatabaseOptions } from '../options/database-options.ts';
import { exampleHelp } from '../options/help.ts';
import { readOptions } from '../options/read-options.ts';
import { csvOf } from '../over-permission/csv.ts';
import { jsonOf } from '../over-permission/json.ts';
import { loadInput } from '../over-permission/load-input.ts';
import { type OverPermissionOptions, overPermissionOptionsSchema } from '../over-permission/options.ts';
import { pageOf } from '../over-permission/page.ts';
import { tableOf } from '../over-permission/table.ts';
import { userPath } from '../terminal/paths.ts';

const command = addDatabaseOptions(
  new Command('over-permission').description('what is granted and was not used, as far as use was seen'),
)
  .option('--snapshot <dir>', 'a snapshot directory with its CloudTrail events instead of the database')
  .option('--target <key>', 'which target of the database (default: that of the latest scan)')
  .option('--days <n>', 'how far to look back', '90')
  .option(
    '--production <pattern>',
    'name of a repository, account or organizational unit that is production, with * for any characters; may be given several times (default: names with the word prod, production, prd or live)',
    (value: string, earlier: readonly string[] | undefined) => [...(earlier ?? []), value],
  )
  .option('--format <format>', 'table, json, csv or html', 'table')
  .option('--out <file>', 'write to a file instead of standard output')
  .addHelpText(
    'after',
    exampleHelp(
      'ecr-audit over-permission --snapshot snapshot --format html --out report.html',
      "ecr-audit over-permission --production '*-live' --format csv > unused.csv",
    ),
  );

export const overPermissionCommand = { command, action: overPermissionReport };

async function overPermissionReport(context: CommandContext, given: unknown): Promise<number> {
  const options = readOptions(overPermissionOptionsSchema, given);
  const input = await loadInput(context, options);
  context.progress.update('holding use against grants');
  const report = overPermission(input);
  context.progress.clear();
  if (options.out === undefined) {
    for (const text of textsOf(report, options.format)) {
      await context.output.write(text);
    }
  } else {
    await writeReport(userPath(options.out), textsOf(report, options.format));
  }
  return exitCodes.done;
}

function* textsOf(report: OverPermissionReport, format: OverPermissionOptions['format']): Generator<string> {
  switch (format) {
    case 'table':
      yield tableOf(report);
      break;
    case 'json':
      yield `${JSON.stringify(jsonOf(report))}\n`;
      break;
    case 'csv':
      yield* csvOf(report);
      break;
    case 'html':
      yield pageOf(report);
      break;
    default:
      format satisfies never;
  }
}

async function writeReport(file: string, texts: Iterable<string>): Promise<void> {
  try {
    await writeFile(file, texts);
  } catch (error) {
    throw new CliError(
      'optionInvalid',
      `cannot write \`${file}\`: expected a file in a folder that can be written to`,
      {
        cause: error,
      },
    );
  }
}
