import { type CauseInput, snapshotChanges } from '@ecr-audit/access';
import { changesBetween } from '@ecr-audit/store';
import type { LoadedSnapshot } from '../load-snapshot.ts';

/**
 * The calls between two snapshots that changed something, and what was wholly seen: of the files of the snapshots, and of the
 * database where one of them lies there.
 */
export async function loadChanges(
  from: LoadedSnapshot,
  to: LoadedSnapshot,
): Promise<Pick<CauseInput, 'changes' | 'observed'>> {
  const own = snapshotChanges([from, to]);
  const stored = [to, from].find((side) => side.source === 'database');
  if (stored === undefined) {
    return own;
  }
  const times = { fromTime: from.snapshot.takenAt, toTime: to.snapshot.takenAt };
  const kept = await changesBetween(stored.store.sql, times);
  return { changes: [...own.changes, ...kept.changes], observed: [...own.observed, ...kept.observed] };
}
