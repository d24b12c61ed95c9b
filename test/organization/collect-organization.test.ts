import type { SnapshotPart } from '@ecr-audit/access';
import { minimalCalls, readSnapshotDirectory } from '@ecr-audit/aws';
import { expect, test } from 'vitest';
import { fixtureWindow } from '../fake-aws/testing.ts';
import { comparable } from './comparable.ts';
import { collect, contentOf, gapsOf, nothing, organizationOf, serve, smallOrganization } from './world.ts';

const thirty = smallOrganization({ accounts: 30, principals: 150, repositories: 45 });
const sampleDirectory = new URL('../../services/cli/sample-organization/2026-11-16', import.meta.url).pathname;

/** A selection that asks for the tags of accounts, and leaves none out. */
const withTags = { include: nothing, exclude: { ...nothing, tags: { nobody: 'has this tag' } } };

test('an organization of 30 accounts collected is the one that is served, part for part', async () => {
  const { fleet } = await serve(thirty);
  const collected = await collect(fleet, { selection: withTags });
  expect(gapsOf(collected)).toEqual([]);
  expect(collected.parts.map((part) => part.path)).toEqual(thirty.map((part) => part.path).toSorted());
  for (const part of collected.parts.filter(({ path }) => path !== 'snapshot.json')) {
    expect([part.path, comparable(part)]).toEqual([
      part.path,
      comparable({ path: part.path, content: contentOf(thirty, part.path) }),
    ]);
  }
});

test('serving what was collected and collecting it again gives the same bytes, however small the pages are', async () => {
  const { fleet } = await serve(thirty);
  const first = await collect(fleet, { selection: withTags });
  const again = await serve(first.parts, { pageSizeMax: 7 });
  expect((await collect(again.fleet, { selection: withTags })).parts).toEqual(first.parts);
});

test('the calls are the fewest that can read the organization, each made once', async () => {
  const { fake, fleet } = await serve(thirty);
  const collected = await collect(fleet);
  const minimum = minimalCalls(collected.parts, { roles: 30, regionLists: 30, partition: 'aws' });
  expect(collected.rolesAssumed).toBe(30);
  expect(fake.callCounts()).toEqual(Object.fromEntries(minimum));
});

test('the call log counts the attempts of every account as the endpoint saw them', async () => {
  const { fake, fleet } = await serve(thirty, {
    faults: [
      { kind: 'throttle', operation: 'ecr:DescribeRegistry', times: 5 },
      { kind: 'deny', operation: 'ecr:ListTagsForResource' },
      { kind: 'fail', operation: 'iam:ListSAMLProviders', times: 1 },
    ],
  });
  await collect(fleet);
  const seen = new Map<string, number>();
  for (const { account, service, operation } of fake.calls()) {
    const key = `${account} ${service}:${operation}`;
    seen.set(key, (seen.get(key) ?? 0) + 1);
  }
  const logged = new Map<string, number>();
  for (const { accountId, operation, count } of fleet.callLog.counts()) {
    logged.set(`${accountId} ${operation}`, (logged.get(`${accountId} ${operation}`) ?? 0) + count);
  }
  expect(Object.fromEntries(logged)).toEqual(Object.fromEntries(seen));
  expect(fleet.callLog.throttled()).toBe(5);
  expect(fleet.callLog.counts().filter((call) => call.result === 'failed')).toMatchObject([
    { operation: 'iam:ListSAMLProviders', count: 1 },
  ]);
});

/** All but the times and events, in which a collection differs from what was invented. */
function decisive(parts: readonly SnapshotPart[]): readonly (readonly [string, unknown])[] {
  return parts
    .filter((part) => !/snapshot\.json|cloudtrail/.test(part.path))
    .map((part) => [part.path, comparable(part)]);
}

test('the sample organization with its events and gaps is collected as it is served', async () => {
  const served = await readSnapshotDirectory(sampleDirectory);
  const { fleet } = await serve(served, { clock: () => new Date('2026-11-16T06:00:00Z') });
  const { Accounts } = organizationOf(served);
  const collected = await collect(fleet, {
    selection: withTags,
    activityWindow: { startTime: fixtureWindow.startTime, endTime: new Date('2026-11-16T05:45:00Z') },
    regions: ['eu-west-1', 'us-east-1'],
  });
  expect(collected.accounts).toEqual(Accounts.map((account) => account.Id));
  expect(decisive(collected.parts)).toEqual(decisive(served));
});

test('a list of regions is read in every account, and no account is asked for its own', async () => {
  const { fake, fleet } = await serve(thirty);
  const collected = await collect(fleet, { regions: ['us-east-1'] });
  expect(fake.callCounts()['account:ListRegions']).toBeUndefined();
  expect(collected.parts.filter((part) => part.path.includes('/eu-west-1/'))).toEqual([]);
});

test('progress tells how many of the accounts are done', async () => {
  const { fleet } = await serve(smallOrganization({ accounts: 4, principals: 8, repositories: 4 }));
  const told: string[] = [];
  await collect(fleet, {
    onProgress: (event) => {
      if (event.kind !== 'step') {
        told.push(event.kind === 'account' ? `${event.done} of ${event.total}` : event.kind);
      }
    },
  });
  expect(told).toEqual(['discovering', 'selected', '1 of 4', '2 of 4', '3 of 4', '4 of 4']);
});
