import { findFindings, type FoundFindings, isAtLeast } from '@ecr-audit/access';
import { Command } from 'commander';
import type { CommandContext } from '../context.ts';
import { exitCodes } from '../exit-codes.ts';
import { digest } from '../findings/digest.ts';
import { findingsText } from '../findings/findings-text.ts';
import { loadFindingInput } from '../findings/load-finding-input.ts';
import { type FindingsOptions, findingsOptionsSchema } from '../findings/options.ts';
import { addDatabaseOptions } from '../options/database-options.ts';
import { exampleHelp } from '../options/help.ts';
import { readOptions } from '../options/read-options.ts';

const command = addDatabaseOptions(
  new Command('findings').description(
    'what is risky in a snapshot, in what became of an earlier one, and in its events',
  ),
)
  .option('--snapshot <dir>', 'a snapshot directory instead of the latest scan of the database')
  .option('--target <key>', 'which target of the database (default: that of the latest scan)')
  .option('--before <dir>', 'an earlier snapshot directory: what changed since is judged, too')
  .option('--config <file>', 'configuration file that says what is production, and who is who')
  .option('--format <format>', 'table, json or ndjson', 'table')
  .option('--severity <severity>', 'show this severity and graver ones', 'info')
  .option('--fail-on <severity>', 'exit with 5 where a finding is as grave')
  .addHelpText(
    'after',
    exampleHelp(
      'ecr-audit findings --snapshot monday --config ecr-audit.yaml',
      'ecr-audit findings --snapshot monday --before friday --format ndjson --fail-on high',
    ),
  );

export const findingsCommand = { command, action: showFindings };

async function showFindings(context: CommandContext, given: unknown): Promise<number> {
  const options = readOptions(findingsOptionsSchema, given);
  const input = await loadFindingInput(context, options);
  context.progress.update('judging');
  const found = findFindings(input, digest);
  context.progress.clear();
  const shown = {
    ...found,
    findings: found.findings.filter(({ severity }) => isAtLeast(severity, options.severity)),
  };
  for (const text of textsOf(shown, options.format)) {
    await context.output.write(text);
  }
  const { failOn } = options;
  const isFailed = failOn !== undefined && found.findings.some(({ severity }) => isAtLeast(severity, failOn));
  return isFailed ? exitCodes.failOn : exitCodes.done;
}

function* textsOf(found: FoundFindings, format: FindingsOptions['format']): Generator<string> {
  switch (format) {
    case 'table':
      yield findingsText(found);
      break;
    case 'json':
      yield `${JSON.stringify(found)}\n`;
      break;
    case 'ndjson':
      for (const finding of found.findings) {
        yield `${JSON.stringify(finding)}\n`;
      }
      break;
    default:
      format satisfies never;
  }
}
