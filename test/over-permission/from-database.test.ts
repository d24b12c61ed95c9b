import {
  assembleSnapshot,
  DAY_MS,
  evaluateSnapshot,
  foldEvents,
  grantedBy,
  type GrantedAccess,
  members,
  overPermission,
  snapshotActivity,
} from '@ecr-audit/access';
import { findAsOf, grantsAsOf, observedEverywhere, saveActivity, usesSince } from '@ecr-audit/store';
import { createTestDatabase } from '@ecr-audit/store/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { scan } from '../bench/scan.ts';
import { A, B, partsOf, region, takenAt } from './scene.ts';

/* The report from the database is the one from the directory. */

const asOfMs = Date.parse(takenAt);
const period = { asOfMs, fromMs: asOfMs - 90 * DAY_MS };
const node = { account: B, roleName: 'node', roleId: 'AROANODEEXAMPLE000001', recordedIn: B };
const parts = partsOf({
  repositories: ['prod/app', 'team/app', 'team/web'],
  policies: {
    'team/app': [
      {
        Effect: 'Allow',
        Principal: { AWS: `arn:aws:iam::${B}:root` },
        Action: ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
        Condition: { StringEquals: { 'aws:SourceVpce': 'vpce-1' } },
      },
    ],
  },
  calls: [
    { name: 'PutImage', daysAgo: 3 },
    { name: 'PutImage', daysAgo: 2 },
    { name: 'SetRepositoryPolicy', daysAgo: 9, repository: 'prod/app', invokedBy: 'cloudformation.amazonaws.com' },
    { name: 'GetAuthorizationToken', daysAgo: 2 },
    { name: 'BatchGetImage', daysAgo: 1, ...node },
  ],
});
const snapshot = assembleSnapshot(parts);
const activity = snapshotActivity(snapshot, parts);
const database = await createTestDatabase();
const { store } = database;

beforeAll(async () => {
  await scan(store, parts);
  for (const accountId of [A, B]) {
    const place = { accountId, region };
    const text = parts.find(({ path }) => path === `accounts/${accountId}/${region}/cloudtrail-events.ndjson`)?.content;
    const lines = (text ?? '').split('\n').filter((line) => line !== '');
    await saveActivity(store, {
      source: 'lookupEvents',
      place,
      folded: foldEvents(lines, { recordedIn: place, latestMs: asOfMs }),
      observed: activity.observed.flatMap(({ during, eventName, ...where }) =>
        where.accountId === accountId ? during.map((interval) => ({ ...where, eventName, ...interval })) : [],
      ),
      holes: [],
      files: [],
    });
  }
});
afterAll(() => database.drop());

function plain(list: Iterable<GrantedAccess>, repositories: readonly { readonly arn: string }[]): unknown {
  return [...list].map(({ principal, blocks, registries }) => ({
    principal,
    registries: registries.map(({ rights, ...place }) => ({ ...place, rights: Object.fromEntries(rights) })),
    rights: blocks
      .flatMap(({ set, rights }) =>
        [...members(set)].flatMap((index) =>
          [...rights].map(([right, decision]) => `${repositories[index]?.arn ?? ''} ${right} ${decision}`),
        ),
      )
      .toSorted(),
  }));
}

function byAction(a: { readonly action: string }, b: { readonly action: string }): number {
  return a.action < b.action ? -1 : 1;
}

async function latest() {
  const asOf = await findAsOf(store.sql, {});
  if (asOf === null) {
    throw new Error('the scan is not there');
  }
  return asOf;
}

test('the grants of a scan are those that were evaluated', async () => {
  const stored = await grantsAsOf(store.sql, await latest());
  const result = evaluateSnapshot(snapshot);
  expect(plain(stored.access, stored.repositories)).toEqual(plain(grantedBy(result.access), result.repositories));
});

test('the uses and the windows are those of the events', async () => {
  const uses = await usesSince(store.sql, new Date(period.fromMs));
  expect(uses.toSorted(byAction)).toEqual(activity.uses.toSorted(byAction));
  expect(await usesSince(store.sql, new Date(asOfMs - 2.5 * DAY_MS))).toHaveLength(3);
  expect(await usesSince(store.sql, new Date(0), { keys: [node.roleId], arn: '' })).toHaveLength(1);
  const names = (list: typeof activity.observed): string[] =>
    list.map((each) => JSON.stringify([each.accountId, each.eventName, each.during])).toSorted();
  expect(names(await observedEverywhere(store.sql))).toEqual(names(activity.observed));
});

test('the report from the database is the one from the directory', async () => {
  const result = evaluateSnapshot(snapshot);
  const common = { accountIds: new Set([A, B]), period, isProduction: () => false };
  const fromDirectory = overPermission({
    ...common,
    ...activity,
    granted: { repositories: result.repositories, access: grantedBy(result.access) },
    principals: result.principals,
  });
  const granted = await grantsAsOf(store.sql, await latest());
  const fromDatabase = overPermission({
    ...common,
    granted,
    principals: granted.principals,
    uses: await usesSince(store.sql, new Date(period.fromMs)),
    observed: await observedEverywhere(store.sql),
  });
  expect(fromDatabase.principals).toEqual(fromDirectory.principals);
  expect(fromDatabase.gone).toEqual(fromDirectory.gone);
});
