import { type FindingState, isAtLeast, type Severity } from '@ecr-audit/access';
import type { CommandContext } from '../context.ts';
import { exitCodes } from '../exit-codes.ts';
import { openDatabase } from '../open-database.ts';
import { exportTexts } from './export-findings.ts';
import { findingHistory, keptFindings, type KeptFindings } from './kept-findings.ts';
import { historyText, keptText } from './kept-text.ts';
import type { FindingsOptions } from './options.ts';

/** Shows what scans have kept in the database. */
export async function showKept(context: CommandContext, options: FindingsOptions): Promise<number> {
  const { store } = await openDatabase(context, options);
  if (options.history !== undefined) {
    const { state, changes } = await findingHistory(store, options.target, options.history);
    context.progress.clear();
    await context.output.write(
      options.format === 'table' ? historyText(state, changes) : `${JSON.stringify({ ...plain(state), changes })}\n`,
    );
    return exitCodes.done;
  }
  const { severity, status, target, failOn } = options;
  const kept = await keptFindings(store, { target, status, severity, now: context.now() });
  context.progress.clear();
  for (const text of textsOf(kept, options)) {
    await context.output.write(text);
  }
  const isFailed = failOn !== undefined && kept.findings.some(isActiveAndAtLeast(failOn));
  return isFailed ? exitCodes.failOn : exitCodes.done;
}

function isActiveAndAtLeast(floor: Severity): (state: FindingState) => boolean {
  return ({ status, finding }) => status === 'active' && isAtLeast(finding.severity, floor);
}

function* textsOf(kept: KeptFindings, options: FindingsOptions): Generator<string> {
  const { format } = options;
  switch (format) {
    case 'table':
      yield keptText(kept);
      break;
    case 'json':
      yield `${JSON.stringify({ ...kept, findings: kept.findings.map(plain) })}\n`;
      break;
    case 'ndjson':
      for (const state of kept.findings) {
        yield `${JSON.stringify(plain(state))}\n`;
      }
      break;
    default:
      yield* exportTexts(
        format,
        {
          findings: kept.findings.map((state) => ({ finding: state.finding, life: state })),
          notJudged: [],
          observedAt: kept.takenAt,
        },
        options,
      );
  }
}

/** A finding as it is, with its life beside it. */
function plain({ finding, ...life }: FindingState): object {
  return { ...finding, ...life };
}
