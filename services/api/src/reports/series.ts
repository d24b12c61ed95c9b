import { accessHistory, type AccessHistory, type DailyScan } from '@ecr-audit/store';
import type { JobOf } from './report-jobs.ts';
import type { ScanReader } from './scan-reader.ts';

/** What is counted: principals with this capability on a repository, or principals of others with any right on one. */
export const measures = ['push', 'administer', 'external'] as const;
type Measure = (typeof measures)[number];
const capabilities = ['push', 'administer'] as const satisfies Measure[];

/** One count of one day. */
interface SeriesPoint {
  readonly day: string;
  readonly scanId: string;
  /** Whether the scan of the day could read everything: less may be there because it was not seen. */
  readonly isComplete: boolean;
  /** Of the repositories; null for all of the target. */
  readonly accountId: string | null;
  readonly measure: Measure;
  /** Those that certainly may, perhaps under a condition. */
  readonly principals: number;
  /** Those of whom it is not known, because something could not be read. */
  readonly unknown: number;
}

export interface AccessSeries {
  /** By day, measure and account; that of all accounts first. */
  readonly items: readonly SeriesPoint[];
}

/** How many principals may do what, day by day, out of the history of access. */
export async function accessSeries(reader: ScanReader, { scanId }: JobOf<'series'>): Promise<AccessSeries> {
  const history = await accessHistory(reader.store.sql, await reader.asOf(scanId), capabilities);
  const count = dailyCounts(history);
  return { items: history.days.flatMap((day) => count(day)) };
}

/** Counts one day after the other. What was counted is marked with the day, so that nothing has to be cleared in between. */
function dailyCounts({ accountIds, accountsByPosition, external, blocks, chunks, profiles }: AccessHistory) {
  const accounts = new Map(accountIds.map((id, index) => [id, index + 1]));
  const principals = new Map([...new Set(blocks.map(({ principal }) => principal))].map((id, index) => [id, index]));
  const placed = chunks.map(({ members, chunk, ...rest }) => ({
    ...rest,
    accounts: accountsIn(members, chunk, (position) => accounts.get(accountsByPosition.get(position) ?? '')),
  }));
  const held = blocks.flatMap((block) => {
    const profile = profiles.get(block.profile);
    // What an account of others allows its own principals is never read, so that of them nearly all is not known: what counts
    // is that we let them in.
    const letIn = external.has(block.principal) && (profile?.anything ?? null) !== null ? 'certain' : null;
    const answers = [...(profile?.capabilities ?? []), letIn];
    const who = principals.get(block.principal) ?? 0;
    return answers.flatMap((answer, measure) => (answer === null ? [] : [{ ...block, who, measure, answer }]));
  });
  const certain = held.filter(({ answer }) => answer === 'certain');
  const unknown = held.filter(({ answer }) => answer === 'unknown');
  const width = accountIds.length + 1;
  const marks = new Int32Array(measures.length * width * principals.size);
  let mark = 0;

  return ({ day, scanId, evaluation, isComplete }: DailyScan): SeriesPoint[] => {
    mark += 1;
    const isValid = (row: { readonly from: number; readonly until: number }): boolean =>
      row.from <= evaluation && row.until > evaluation;
    const accountsOfSet = new Map<number, Set<number>>();
    for (const row of placed) {
      if (isValid(row)) {
        const known = accountsOfSet.get(row.set) ?? new Set([0]);
        row.accounts.forEach((account) => known.add(account));
        accountsOfSet.set(row.set, known);
      }
    }
    const countOf = (list: typeof held): number[] => {
      const counts = Array.from({ length: measures.length * width }, () => 0);
      for (const block of list) {
        for (const account of isValid(block) ? (accountsOfSet.get(block.set) ?? []) : []) {
          const cell = block.measure * width + account;
          const place = cell * principals.size + block.who;
          if (marks[place] !== mark) {
            marks[place] = mark;
            counts[cell] = (counts[cell] ?? 0) + 1;
          }
        }
      }
      return counts;
    };
    // The certain ones first: who is counted there is not counted again.
    const [sure, open] = [countOf(certain), countOf(unknown)];
    return measures.flatMap((measure, index) =>
      [null, ...accountIds].map((accountId, account) => ({
        day,
        scanId,
        isComplete,
        accountId,
        measure,
        principals: sure[index * width + account] ?? 0,
        unknown: open[index * width + account] ?? 0,
      })),
    );
  };
}

const chunkSize = 256;

function accountsIn(
  members: Uint8Array,
  chunk: number,
  accountAt: (position: number) => number | undefined,
): readonly number[] {
  const found = new Set<number>();
  for (const [index, byte] of members.entries()) {
    for (let bit = 0; bit < 8; bit += 1) {
      const account = (byte & (1 << bit)) === 0 ? undefined : accountAt(chunk * chunkSize + index * 8 + bit);
      if (account !== undefined) {
        found.add(account);
      }
    }
  }
  return [...found];
}
