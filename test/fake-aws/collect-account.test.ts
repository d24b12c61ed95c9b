import { existsSync } from 'node:fs';

import type { SnapshotPart } from '@ecr-audit/access';
import { collectAccount, eventNamesFor, readSnapshotDirectory } from '@ecr-audit/aws';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';

import { fixtureDirectory, fixtureWindow, openFake, openSession } from './testing.ts';

const takenAt = new Date('2026-11-09T06:00:00Z');
const regions = ['eu-west-1', 'us-east-1'];
const sampleDirectory = new URL('../../services/cli/sample-organization/2026-11-09', import.meta.url).pathname;

async function collect(directory: string, accountId: string, pageSizeMax = 1000): Promise<readonly SnapshotPart[]> {
  await openFake({ snapshotDir: directory, callerAccountId: accountId, pageSizeMax });
  const session = await openSession();
  return (await collectAccount(session, { takenAt, regions, activityWindow: fixtureWindow })).parts;
}

describe.each([
  ['the fixture', fixtureDirectory, ['111122223333']],
  [
    'the sample organization',
    sampleDirectory,
    ['111122223333', '222233334444', '333344445555', '444455556666', '555566667777', '666677778888'],
  ],
])('%s', (_title, directory, accountIds) => {
  test.each(accountIds)('collecting account %s gives the files that the endpoint serves', async (accountId) => {
    const served = (await readSnapshotDirectory(directory)).filter((part) =>
      part.path.startsWith(`accounts/${accountId}/`),
    );
    const collected = (await collect(directory, accountId)).filter((part) => part.path.startsWith('accounts/'));
    expect(collected.map((part) => part.path)).toEqual(served.map((part) => part.path));
    for (const [index, part] of served.entries()) {
      expect([part.path, comparable(collected[index])]).toEqual([part.path, comparable(part)]);
    }
  });
});

test('small pages give the same bytes as large ones', async () => {
  expect(await collect(fixtureDirectory, '111122223333', 2)).toEqual(await collect(fixtureDirectory, '111122223333'));
});

test('two collections of one state differ in nothing but the time they were taken', async () => {
  await openFake();
  const session = await openSession();
  const [first, second] = [
    await collectAccount(session, { takenAt, regions, activityWindow: fixtureWindow }),
    await collectAccount(session, {
      takenAt: new Date('2026-11-09T07:00:00Z'),
      regions,
      activityWindow: fixtureWindow,
    }),
  ];
  expect(second.parts.filter((part) => part.path !== 'snapshot.json')).toEqual(
    first.parts.filter((part) => part.path !== 'snapshot.json'),
  );
  expect(second.parts.find((part) => part.path === 'snapshot.json')?.content).toBe(
    first.parts.find((part) => part.path === 'snapshot.json')?.content.replace('06:00:00Z', '07:00:00Z'),
  );
});

test('progress tells each step when it starts and what it gave', async () => {
  await openFake();
  const session = await openSession();
  const told: string[] = [];
  await collectAccount(session, {
    takenAt,
    regions: ['eu-west-1'],
    activityWindow: fixtureWindow,
    onProgress: (progress) => told.push(`${progress.kind} ${progress.step} ${progress.region ?? 'global'}`),
  });
  expect(told).toEqual([
    'started iam global',
    'finished iam global',
    'started ecr eu-west-1',
    'finished ecr eu-west-1',
    'started cloudtrail eu-west-1',
    'finished cloudtrail eu-west-1',
    'started cloudtrail us-east-1',
    'finished cloudtrail us-east-1',
  ]);
});

test('the sample organization is there to be collected', () => {
  expect(existsSync(`${sampleDirectory}/snapshot.json`)).toBe(true);
});

const lookedUp = new Set(eventNamesFor({ isHomeRegion: true, isEcrRead: true }));
const sources = new Set(['iam.amazonaws.com', 'ecr.amazonaws.com', 'organizations.amazonaws.com']);

/** A line is an event as LookupEvents answers it, or a bare record. */
const eventSchema = z.union([
  z.object({ EventId: z.string(), EventName: z.string(), EventSource: z.string() }),
  z
    .object({ eventID: z.string(), eventName: z.string(), eventSource: z.string() })
    .transform((record) => ({ EventId: record.eventID, EventName: record.eventName, EventSource: record.eventSource })),
]);

/**
 * Puts a part into a form in which order that AWS does not promise is gone, and events that are never looked up too.
 * Order within policy documents stays: a statement without a Sid is named by its index.
 */
function comparable(part: SnapshotPart | undefined): unknown {
  if (part === undefined || !part.path.endsWith('.ndjson')) {
    return part === undefined ? null : unordered(JSON.parse(part.content));
  }
  const lines = part.content.split('\n').filter((line) => line !== '');
  const events = lines.map((line) => eventSchema.parse(JSON.parse(line)));
  return events
    .filter((event) => lookedUp.has(event.EventName) && sources.has(event.EventSource))
    .map((event) => event.EventId)
    .toSorted();
}

const ordered = new Set(['PolicyDocument', 'AssumeRolePolicyDocument', 'Document']);

function unordered(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(unordered).toSorted((left, right) => (JSON.stringify(left) < JSON.stringify(right) ? -1 : 1));
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const entries = Object.entries(value).toSorted(([left], [right]) => (left < right ? -1 : 1));
  return Object.fromEntries(entries.map(([key, member]) => [key, ordered.has(key) ? member : unordered(member)]));
}
