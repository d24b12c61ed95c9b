import { driftText } from './drift-text.ts';
import type { DriftReport } from './plain-drift.ts';

export type DriftFormat = 'table' | 'json' | 'ndjson';

/** Drift as text, piece by piece. */
export function* formatDrift(report: DriftReport, format: DriftFormat): Generator<string> {
  switch (format) {
    case 'table':
      yield driftText(report);
      return;
    case 'json':
      yield `${JSON.stringify(report, null, 2)}\n`;
      return;
    case 'ndjson':
      yield* lines(report);
      return;
    default:
      format satisfies never;
  }
}

/** Each line has a `record`, which says what it tells; access names differences by their `index`. */
function* lines({ differences, access, notKnown }: DriftReport): Generator<string> {
  for (const [index, difference] of differences.entries()) {
    yield `${JSON.stringify({ record: 'difference', index, ...difference })}\n`;
  }
  for (const drift of access) {
    yield `${JSON.stringify({ record: 'access', ...drift })}\n`;
  }
  for (const place of notKnown.configuration) {
    yield `${JSON.stringify({ record: 'unknownConfiguration', ...place })}\n`;
  }
  for (const drift of notKnown.access) {
    yield `${JSON.stringify({ record: 'unknownAccess', ...drift })}\n`;
  }
}
