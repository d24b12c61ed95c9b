import { findFindings, type FoundFindings, isAtLeast } from '@ecr-audit/access';
import { Command } from 'commander';
import type { CommandContext } from '../context.ts';
import { exitCodes } from '../exit-codes.ts';
import { digest } from '../findings/digest.ts';
import { addExportOptions, exportTexts } from '../findings/export-findings.ts';
import { findingsText } from '../findings/findings-text.ts';
import { loadFindingInput } from '../findings/load-finding-input.ts';
import { type FindingsOptions, findingsOptionsSchema } from '../findings/options.ts';
import { showKept } from '../findings/show-kept.ts';
import { addDatabaseOptions } from '../options/database-options.ts';
import { exampleHelp } from '../options/help.ts';
import { readOptions } from '../options/read-options.ts';

const command = addExportOptions(
  addDatabaseOptions(
    new Command('findings').description(
      'what is risky: the findings that scans keep in the database, or those of a snapshot directory',
    ),
  ),
)
  .option('--snapshot <dir>', 'judge a snapshot directory instead of showing what the database keeps')
  .option('--status <status>', 'active, archived, resolved or all of the kept ones', 'active')
  .option('--history <fingerprint>', 'the life of one kept finding: when, through whose call, approved by whom')
  .option('--target <key>', 'which target of the database (default: that of the latest scan)')
  .option('--before <dir>', 'an earlier snapshot directory: what changed since is judged, too')
  .option('--config <file>', 'configuration file that says what is production, and who is who')
  .option('--format <format>', 'table, json, ndjson, ocsf, asff, asff-batches or sarif', 'table')
  .option('--severity <severity>', 'show this severity and graver ones', 'info')
  .option('--fail-on <severity>', 'exit with 5 where a finding is as grave')
  .addHelpText(
    'after',
    exampleHelp(
      'ecr-audit findings --severity high',
      'ecr-audit findings --snapshot monday --config ecr-audit.yaml',
      'ecr-audit findings --snapshot monday --before friday --format ndjson --fail-on high',
      'ecr-audit findings --format sarif --sarif-file ecr-audit.yaml > findings.sarif',
    ),
  );

export const findingsCommand = { command, action: showFindings };

async function showFindings(context: CommandContext, given: unknown): Promise<number> {
  const options = readOptions(findingsOptionsSchema, given);
  if (options.snapshot === undefined && options.before === undefined) {
    return await showKept(context, options);
  }
  const input = await loadFindingInput(context, options);
  context.progress.update('judging');
  const found = findFindings(input, digest);
  context.progress.clear();
  const shown = {
    ...found,
    findings: found.findings.filter(({ severity }) => isAtLeast(severity, options.severity)),
  };
  for (const text of textsOf(shown, input.scan.snapshot.takenAt, options)) {
    await context.output.write(text);
  }
  const { failOn } = options;
  const isFailed = failOn !== undefined && found.findings.some(({ severity }) => isAtLeast(severity, failOn));
  return isFailed ? exitCodes.failOn : exitCodes.done;
}

function* textsOf(found: FoundFindings, observedAt: string, options: FindingsOptions): Generator<string> {
  const { format } = options;
  switch (format) {
    case 'table':
      yield findingsText(found);
      break;
    case 'json':
      yield `${JSON.stringify({ findings: found.findings, notJudged: found.notJudged })}\n`;
      break;
    case 'ndjson':
      for (const finding of found.findings) {
        yield `${JSON.stringify(finding)}\n`;
      }
      break;
    case 'ocsf':
    case 'asff':
    case 'asff-batches':
    case 'sarif': {
      const findings = found.findings.map((finding) => ({ finding, life: null }));
      yield* exportTexts(format, { ...found, findings, observedAt }, options);
      break;
    }
    default:
      format satisfies never;
  }
}
