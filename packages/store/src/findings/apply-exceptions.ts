import type { Store } from '../open-store.ts';
import { addExceptionIn, type ListedException, listExceptions, withdrawExceptionIn } from './exceptions.ts';

/** One line of a file of exceptions. `until` is an ISO time, UTC. */
export interface ExceptionEntry {
  readonly targetKey: string | null;
  readonly fingerprint: string;
  readonly approvedBy: string;
  readonly reason: string;
  readonly until: string;
}

export interface AppliedExceptions {
  readonly added: readonly ListedException[];
  /** Exceptions of a file that no line stands for any more. */
  readonly withdrawn: readonly ListedException[];
  readonly unchanged: number;
  /** Lines, by their place, of which there is no finding: nothing was approved by them. */
  readonly unmatched: readonly number[];
  /** Lines whose time is over. */
  readonly over: readonly number[];
}

const exceptionsMax = 100_000;

/**
 * Makes the exceptions of files those of these lines, in one transaction: all of it, or nothing. What people approved
 * otherwise stays. A line that was applied before stays bound to what it approved then, however often it is applied.
 */
export async function applyExceptions(
  store: Store,
  entries: readonly ExceptionEntry[],
  { by, at, isTrial = false }: { readonly by: string; readonly at: string; readonly isTrial?: boolean },
): Promise<AppliedExceptions> {
  const trial = new Error('a trial');
  let applied: AppliedExceptions | null = null;
  try {
    await store.sql.begin(async (sql) => {
      const before = await listExceptions(sql, { source: 'file', openAt: at, limit: exceptionsMax });
      const kept = new Set<string>();
      const added: ListedException[] = [];
      const unmatched: number[] = [];
      const over: number[] = [];
      for (const [place, entry] of entries.entries()) {
        if (Date.parse(entry.until) <= Date.parse(at)) {
          over.push(place);
          continue;
        }
        const known = before.find((exception) => isOf(entry, exception));
        if (known !== undefined) {
          kept.add(known.id);
          continue;
        }
        const made = await addExceptionIn(sql, { ...entry, at, source: 'file' });
        if (made === null) {
          unmatched.push(place);
        } else {
          added.push(made.exception);
          kept.add(made.exception.id);
        }
      }
      const withdrawn: ListedException[] = [];
      for (const { id } of before.filter((exception) => !kept.has(exception.id))) {
        const exception = await withdrawExceptionIn(sql, { id, by, at });
        withdrawn.push(...(exception === null ? [] : [exception]));
      }
      applied = { added, withdrawn, unchanged: kept.size - added.length, unmatched, over };
      if (isTrial) {
        throw trial;
      }
    });
  } catch (error) {
    if (error !== trial) {
      throw error;
    }
  }
  if (applied === null) {
    throw new Error('a transaction ended without its work');
  }
  return applied;
}

function isOf(entry: ExceptionEntry, exception: ListedException): boolean {
  return (
    exception.fingerprint === entry.fingerprint &&
    (entry.targetKey === null || exception.targetKey === entry.targetKey) &&
    exception.approvedBy === entry.approvedBy &&
    exception.reason === entry.reason &&
    Date.parse(exception.until) === Date.parse(entry.until)
  );
}
