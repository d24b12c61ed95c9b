import path from 'node:path';
import { readSnapshotDirectory } from '@ecr-audit/aws';
import { createTestDatabase } from '@ecr-audit/store/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { scan } from '../bench/scan.ts';
import { saveEvents } from '../finding-life/save-events.ts';
import { expectExit, runCommand } from '../system/harness/run-command.ts';

/* Two scans in a database have the causes that the directories have which were scanned into it. */

const sample = path.join(import.meta.dirname, '../../services/cli/sample-organization');
const points = ['2026-11-09', '2026-11-16'].map((name) => path.join(sample, name));
const database = await createTestDatabase();
const { store } = database;

const driftSchema = z.looseObject({
  differences: z.array(
    z.looseObject({
      kind: z.string(),
      subjects: z.array(z.string()),
      cause: z.looseObject({ kind: z.string(), events: z.array(z.looseObject({ eventId: z.string() })).optional() }),
    }),
  ),
});

async function causes(...words: readonly string[]): Promise<Map<string, unknown>> {
  const result = await runCommand(['drift', '--format', 'json', ...words]);
  expectExit(result, 0);
  const { differences } = driftSchema.parse(JSON.parse(result.stdout));
  return new Map(differences.map(({ kind, subjects, cause }) => [`${kind} ${subjects.join(' ')}`, cause]));
}

const [before = '', after = ''] = points;
const read = await causes('--from', before, '--to', after);

afterAll(async () => {
  await database.drop();
});

test('every difference of the sample organization has the call that made it', () => {
  expect(read.size).toBeGreaterThan(25);
  expect([...read].filter(([, cause]) => !isExplained(cause))).toEqual([]);
});

describe('with two scans whose events are collected on their own', () => {
  beforeAll(async () => {
    for (const point of points) {
      const parts = await readSnapshotDirectory(point);
      // Workers read no events in a scan.
      await scan(
        store,
        parts.filter(({ path: name }) => !name.includes('cloudtrail')),
      );
    }
  });

  test('nothing is explained while no history is read, and nobody is blamed', async () => {
    const told = [...(await causes('--database-url', database.url)).values()];
    expect(told).toHaveLength(read.size);
    expect(told.filter(isExplained)).toEqual([]);
    expect(new Set(told.map(reasonOf))).toEqual(new Set(['accountNotObserved']));
  });

  test('every difference has the same call as in the directories', async () => {
    for (const point of points) {
      await saveEvents(store, await readSnapshotDirectory(point));
    }
    const stored = await causes('--database-url', database.url);
    expect(idsOf(stored)).toEqual(idsOf(read));
  });
});

const causeSchema = z.looseObject({
  kind: z.string(),
  events: z.array(z.looseObject({ eventId: z.string() })).default([]),
  why: z.looseObject({ reason: z.string() }).optional(),
});

function isExplained(cause: unknown): boolean {
  return causeSchema.parse(cause).kind === 'events';
}

function idsOf(all: ReadonlyMap<string, unknown>): Map<string, string[]> {
  return new Map([...all].map(([key, cause]) => [key, causeSchema.parse(cause).events.map(({ eventId }) => eventId)]));
}

function reasonOf(cause: unknown): string | undefined {
  return causeSchema.parse(cause).why?.reason;
}
