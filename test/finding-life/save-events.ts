import { assembleSnapshot, foldEvents, snapshotActivity, type SnapshotPart, snapshotChanges } from '@ecr-audit/access';
import { saveActivity, type Store } from '@ecr-audit/store';

/** Keeps the events in the files of a snapshot as a collector keeps what it looks up, with what was wholly seen. */
export async function saveEvents(store: Store, parts: readonly SnapshotPart[]): Promise<void> {
  const snapshot = assembleSnapshot(parts);
  const observed = [...snapshotChanges([{ snapshot, parts }]).observed, ...snapshotActivity(snapshot, parts).observed];
  for (const part of parts) {
    const [, accountId, region] = /^accounts\/(\d{12})\/([^/]+)\/cloudtrail-events\.ndjson$/.exec(part.path) ?? [];
    if (accountId === undefined || region === undefined) {
      continue;
    }
    const place = { accountId, region };
    const lines = part.content.split('\n').filter((line) => line !== '');
    await saveActivity(store, {
      source: 'lookupEvents',
      place,
      folded: foldEvents(lines, { recordedIn: place, latestMs: Date.parse(snapshot.takenAt) }),
      observed: observed.flatMap(({ during, eventName, ...where }) =>
        where.accountId === accountId && where.region === region
          ? during.map((interval) => ({ ...where, eventName, ...interval }))
          : [],
      ),
      holes: [],
      files: [],
    });
  }
}
