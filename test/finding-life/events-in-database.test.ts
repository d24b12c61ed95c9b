import path from 'node:path';
import { RULES } from '@ecr-audit/access';
import { readSnapshotDirectory } from '@ecr-audit/aws';
import { findAsOf, type KeptFinding, listFindings, type Store } from '@ecr-audit/store';
import { createTestDatabase } from '@ecr-audit/store/testing';
import { afterAll, expect, test } from 'vitest';
import { saveEvents } from './save-events.ts';
import { scanParts } from './scan-directory.ts';

/* Workers keep events in the database and none in the snapshot: what happened is found all the same. */

const sample = path.join(import.meta.dirname, '../../services/cli/sample-organization');
const points = ['2026-11-09', '2026-11-16'];
const databases = await Promise.all(['files', 'both', 'filesOnce', 'once'].map(async () => await createTestDatabase()));

afterAll(async () => {
  await Promise.all(databases.map(async (each) => await each.drop()));
});

async function findingsOf({ sql }: Store): Promise<KeptFinding[]> {
  return await listFindings(sql, (await findAsOf(sql, {}))?.targetId ?? -1, { limit: 1_000 });
}

/** Scans points as one does who has the files, and as workers do. */
async function scanBoth(files: Store, database: Store, names: readonly string[]): Promise<void> {
  for (const point of names) {
    const parts = await readSnapshotDirectory(path.join(sample, point));
    const now = `${point}T07:00:00Z`;
    await scanParts(files, parts, { now });
    await saveEvents(database, parts);
    const withoutEvents = parts.filter(({ path: name }) => !name.includes('cloudtrail'));
    await scanParts(database, withoutEvents, { now });
  }
}

const [files, database, filesOnce, once] = databases.map(({ store }) => store);
if (files === undefined || database === undefined || filesOnce === undefined || once === undefined) {
  throw new Error('four databases were made');
}
await scanBoth(files, database, points);
await scanBoth(filesOnce, once, points.slice(0, 1));

/** Rules that read events alone, but for those of keys: what is counted does not keep which key it was. */
const eventRules = new Set(
  RULES.filter(({ kinds, id }) => kinds.every((kind) => kind === 'event') && id !== 'ECR-STALE-KEY').map(
    ({ id }) => id,
  ),
);

async function told(store: Store): Promise<string[]> {
  return (await findingsOf(store))
    .filter(({ finding }) => eventRules.has(finding.ruleId))
    .map(({ finding }) => `${finding.ruleId} ${finding.resource} ${finding.principal?.id ?? ''}`)
    .toSorted();
}

async function dormant(store: Store): Promise<string[]> {
  return (await findingsOf(store))
    .filter(({ finding }) => finding.ruleId.startsWith('ECR-DORMANT'))
    .map(({ finding }) => `${finding.title} ${finding.fingerprint}`)
    .toSorted();
}

test('rules about events find the same in the database as in the files of a snapshot', async () => {
  const expected = await told(files);
  expect(new Set(expected.map((text) => text.split(' ')[0]))).toContain('ECR-POLICY-ATTEMPT');
  expect(await told(database)).toEqual(expected);
});

test('what was not used is judged by the use that the database has counted', async () => {
  const expected = await dormant(filesOnce);
  expect(expected.length).toBeGreaterThan(5);
  expect(await dormant(once)).toEqual(expected);
});
