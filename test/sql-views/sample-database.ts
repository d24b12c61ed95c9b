import { assembleSnapshot, foldEvents, snapshotActivity } from '@ecr-audit/access';
import { readSnapshotDirectory } from '@ecr-audit/aws';
import { saveActivity, type Store } from '@ecr-audit/store';
import { createTestDatabase, type TestDatabase } from '@ecr-audit/store/testing';
import { expectExit, runCommand } from '../system/harness/run-command.ts';

const sample = new URL('../../services/cli/sample-organization/', import.meta.url).pathname;

/** The sample organization, scanned on two Mondays, with its events and the findings of both. */
export async function sampleDatabase(): Promise<TestDatabase> {
  const database = await createTestDatabase();
  await scan(database, '2026-11-09');
  // Before the second scan, so that it can tell who made what changed.
  await keepActivity(database.store, `${sample}2026-11-16`);
  await scan(database, '2026-11-16');
  return database;
}

async function scan({ url }: TestDatabase, name: string): Promise<void> {
  expectExit(await runCommand(['scan', '--snapshot', `${sample}${name}`, '--database-url', url]), 0);
}

async function keepActivity(store: Store, directory: string): Promise<void> {
  const parts = await readSnapshotDirectory(directory);
  const snapshot = assembleSnapshot(parts);
  const { observed } = snapshotActivity(snapshot, parts);
  for (const { path, content } of parts) {
    const [, accountId, region] = /^accounts\/(\d{12})\/([^/]+)\/cloudtrail-events\.ndjson$/.exec(path) ?? [];
    if (accountId !== undefined && region !== undefined) {
      const place = { accountId, region };
      await saveActivity(store, {
        source: 'lookupEvents',
        place,
        folded: foldEvents(
          content.split('\n').filter((line) => line !== ''),
          { recordedIn: place, latestMs: Date.parse(snapshot.takenAt) },
        ),
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
}
