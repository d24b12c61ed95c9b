import type { CallCount, CallResult } from '@ecr-audit/aws';
import { textTable } from '../report/text-table.ts';

/** The calls of one operation: what was sent, how it ended, and how few could have read as much. */
export interface CallFigures {
  readonly operation: string;
  readonly attempts: number;
  readonly throttled: number;
  readonly denied: number;
  readonly failed: number;
  /** Zero where nothing that was read needs the operation. */
  readonly minimum: number;
}

/** Adds up the attempts of all accounts, sorted by operation. */
export function callFigures(counts: readonly CallCount[], minimum: ReadonlyMap<string, number>): CallFigures[] {
  const operations = new Set([...counts.map((call) => call.operation), ...minimum.keys()]);
  const sum = (operation: string, result?: CallResult): number =>
    counts
      .filter((call) => call.operation === operation && (result === undefined || call.result === result))
      .reduce((total, call) => total + call.count, 0);
  return [...operations].toSorted().map((operation) => ({
    operation,
    attempts: sum(operation),
    throttled: sum(operation, 'throttled'),
    denied: sum(operation, 'denied'),
    failed: sum(operation, 'failed'),
    minimum: minimum.get(operation) ?? 0,
  }));
}

/** The figures for a person, and the whole below them. */
export function callLines(figures: readonly CallFigures[]): string[] {
  const total = (key: Exclude<keyof CallFigures, 'operation'>): number =>
    figures.reduce((sum, each) => sum + each[key], 0);
  const keys = ['attempts', 'throttled', 'denied', 'failed', 'minimum'] as const;
  const rows = [
    ...figures.map((each) => [each.operation, ...keys.map((key) => String(each[key]))]),
    ['all', ...keys.map((key) => String(total(key)))],
  ];
  return [
    `CALLS to AWS: ${total('attempts')}, where ${total('minimum')} could have read as much`,
    ...textTable(['Operation', 'Attempts', 'Throttled', 'Denied', 'Failed', 'Minimum'], rows),
  ];
}
