import type { SnapshotPart } from '@ecr-audit/access';
import { collectAccount, collectCloudTrail, collectEcr, collectIam, readSnapshotDirectory } from '@ecr-audit/aws';
import type { Collection } from '@ecr-audit/aws';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';

import { fixtureDirectory, fixtureWindow, openFake, openSession } from './testing.ts';

const account = '111122223333';
const region = 'eu-west-1';
const arnOf = (name: string): string => `arn:aws:ecr:${region}:${account}:repository/${name}`;

function fileNames(collection: Collection): readonly string[] {
  return collection.parts.map((part) => part.path.split('/').at(-1) ?? '').toSorted();
}

function json(collection: Collection, file: string): unknown {
  return JSON.parse(collection.parts.find((part) => part.path.endsWith(`/${file}`))?.content ?? 'null');
}

/** The fixture without the gap that it records. */
async function wholeParts(): Promise<readonly SnapshotPart[]> {
  const parts = await readSnapshotDirectory(fixtureDirectory);
  return [
    ...parts.filter((part) => part.path !== 'snapshot.json'),
    { path: 'snapshot.json', content: JSON.stringify({ formatVersion: 1, partition: 'aws', gaps: [] }) },
  ];
}

describe('an answer without the members that AWS always sends is a gap, never an empty list:', () => {
  test.each([
    'iam:GetAccountAuthorizationDetails',
    'iam:ListOpenIDConnectProviders',
    'iam:ListSAMLProviders',
    'ecr:DescribeRepositories',
    'ecr:GetRepositoryPolicy',
    'ecr:ListTagsForResource',
    'ecr:GetRegistryPolicy',
    'ecr:GetAccountSetting',
    'ecr:DescribePullThroughCacheRules',
    'ecr:DescribeRepositoryCreationTemplates',
    'cloudtrail:LookupEvents',
  ])('%s', async (operation) => {
    await openFake({ parts: await wholeParts(), faults: [{ kind: 'emptyAnswer', operation }] });
    const { gaps } = await collectAccount(await openSession({ regions: [region] }), {
      takenAt: new Date('2026-11-09T06:00:00Z'),
      activityWindow: fixtureWindow,
    });
    expect(gaps.find((gap) => gap.source === operation)).toMatchObject({ reason: 'failed' });
  });
});

describe('IAM', () => {
  test('a denied call leaves its file absent and the other one there', async () => {
    await openFake({ faults: [{ kind: 'deny', operation: 'iam:GetAccountAuthorizationDetails' }] });
    const collected = await collectIam(await openSession(), account);
    expect(fileNames(collected)).toEqual(['identity-providers.json']);
    expect(collected.gaps).toEqual([
      {
        accountId: account,
        region: null,
        source: 'iam:GetAccountAuthorizationDetails',
        resource: null,
        reason: 'accessDenied',
        message: expect.stringContaining('access denied'),
      },
    ]);
  });

  test('a page that fails in the middle leaves no half of a file', async () => {
    const fake = await openFake({ pageSizeMax: 3 });
    const session = await openSession({ attemptsMax: 1 });
    fake.setFaults([{ kind: 'fail', operation: 'iam:GetAccountAuthorizationDetails', times: 1 }]);
    expect(fileNames(await collectIam(session, account))).toEqual(['identity-providers.json']);
    fake.setFaults([]);
    expect(fileNames(await collectIam(session, account))).toEqual([
      'account-authorization-details.json',
      'identity-providers.json',
    ]);
  });

  test('a provider whose details are denied stands with its ARN, and its gap names it', async () => {
    await openFake({ faults: [{ kind: 'deny', operation: 'iam:GetOpenIDConnectProvider' }] });
    const collected = await collectIam(await openSession(), account);
    const arn = `arn:aws:iam::${account}:oidc-provider/token.actions.githubusercontent.com`;
    expect(json(collected, 'identity-providers.json')).toMatchObject({ OpenIDConnectProviders: [{ Arn: arn }] });
    expect(collected.gaps).toMatchObject([{ source: 'iam:GetOpenIDConnectProvider', resource: arn }]);
  });

  test('a list of providers that is denied is an absent key, never an empty list', async () => {
    await openFake({ faults: [{ kind: 'deny', operation: 'iam:ListSAMLProviders' }] });
    const providers = json(await collectIam(await openSession(), account), 'identity-providers.json');
    expect(Object.keys(z.looseObject({}).parse(providers))).toEqual(['OpenIDConnectProviders']);
  });
});

describe('ECR', () => {
  test('one repository whose policy is denied has a gap of its own, and the others are read', async () => {
    await openFake();
    const collected = await collectEcr(await openSession(), account, region);
    expect(collected.gaps).toMatchObject([
      { source: 'ecr:GetRepositoryPolicy', resource: arnOf('secret'), reason: 'accessDenied', region },
    ]);
    expect(json(collected, 'repository-policies.json')).toMatchObject([
      { repositoryName: 'base/node' },
      { repositoryName: 'shop/api' },
    ]);
  });

  test('a policy that no repository gives is one gap and an absent file', async () => {
    await openFake({ faults: [{ kind: 'deny', operation: 'GetRepositoryPolicy' }] });
    const collected = await collectEcr(await openSession(), account, region);
    expect(fileNames(collected)).toEqual(['registry.json', 'repositories.json', 'repository-tags.json']);
    expect(collected.gaps).toMatchObject([{ source: 'ecr:GetRepositoryPolicy', resource: null }]);
  });

  test('a denied list of repositories leaves the registry, and no empty files', async () => {
    await openFake({ faults: [{ kind: 'deny', operation: 'ecr:DescribeRepositories' }] });
    const collected = await collectEcr(await openSession(), account, region);
    expect(fileNames(collected)).toEqual(['registry.json']);
    expect(collected.gaps).toMatchObject([{ source: 'ecr:DescribeRepositories', resource: null }]);
  });

  test('a value of the registry that is denied is an absent key, and one that there is not is null', async () => {
    await openFake({ faults: [{ kind: 'deny', operation: 'ecr:GetRegistryPolicy', region }] });
    const session = await openSession();
    const denied = await collectEcr(session, account, region);
    expect(Object.keys(z.looseObject({}).parse(json(denied, 'registry.json')))).not.toContain('registryPolicy');
    expect(denied.gaps.map((gap) => gap.source)).toContain('ecr:GetRegistryPolicy');
    expect(json(await collectEcr(session, account, 'us-east-1'), 'registry.json')).toMatchObject({
      registryPolicy: null,
    });
  });

  test('a denied account setting is an absent key whose gap names the setting', async () => {
    await openFake({
      faults: [{ kind: 'deny', operation: 'ecr:GetAccountSetting', resource: 'REGISTRY_POLICY_SCOPE' }],
    });
    const collected = await collectEcr(await openSession(), account, region);
    expect(json(collected, 'registry.json')).toMatchObject({
      accountSettings: { BASIC_SCAN_TYPE_VERSION: 'AWS_NATIVE' },
    });
    expect(collected.gaps).toContainEqual(
      expect.objectContaining({ source: 'ecr:GetAccountSetting', resource: 'REGISTRY_POLICY_SCOPE' }),
    );
  });

  test('a repository that is deleted while it is read is left out of every file, without a gap', async () => {
    const faults = [{ kind: 'repositoryGone', operation: 'ecr:*', resource: arnOf('shop/api') }] as const;
    await openFake({ parts: await wholeParts(), faults });
    const collected = await collectEcr(await openSession(), account, region);
    expect(collected.gaps).toEqual([]);
    const texts = collected.parts.filter((part) => !part.path.endsWith('/registry.json')).map((part) => part.content);
    expect(texts).toHaveLength(3);
    expect(texts.join('')).not.toContain('shop/api');
  });
});

describe('retries', () => {
  test('a call that is throttled once is made again and leaves no gap', async () => {
    const fake = await openFake({
      parts: await wholeParts(),
      faults: [{ kind: 'throttle', operation: 'ecr:GetRegistryPolicy', times: 1 }],
    });
    const collected = await collectEcr(await openSession(), account, region);
    expect(collected.gaps).toEqual([]);
    expect(fake.callCounts()['ecr:GetRegistryPolicy']).toBe(2);
  });

  test('a session with its own settings outlasts throttling too', async () => {
    await openFake({
      parts: await wholeParts(),
      faults: [{ kind: 'throttle', operation: 'ecr:GetRegistryScanningConfiguration', times: 1 }],
    });
    const session = await openSession({ attemptsMax: 5, throttledAttemptsMax: 5 });
    expect((await collectEcr(session, account, 'us-east-1')).gaps).toEqual([]);
  });

  test.each([
    ['throttle', 'throttled'],
    ['fail', 'failed'],
    ['cutConnection', 'failed'],
  ] as const)('a call that answers %s to the last attempt is a gap with the reason %s', async (kind, reason) => {
    await openFake({ parts: await wholeParts(), faults: [{ kind, operation: 'ecr:DescribeRegistry' }] });
    const collected = await collectEcr(await openSession(), account, region);
    expect(collected.gaps).toMatchObject([{ source: 'ecr:DescribeRegistry', reason }]);
  });
});

describe('CloudTrail', () => {
  const query = { ...fixtureWindow, eventNames: ['SetRepositoryPolicy', 'BatchGetImage', 'PutImage', 'TagResource'] };

  test('events come newest first and once, those of other services are left out, and the window is complete', async () => {
    await openFake();
    const collected = await collectCloudTrail(await openSession(), account, region, {
      ...query,
      eventNames: [...query.eventNames, 'PutImage'],
    });
    const lines = collected.parts[0]?.content.trimEnd().split('\n') ?? [];
    const events = lines.map((line) =>
      z.object({ EventName: z.string(), EventTime: z.string() }).parse(JSON.parse(line)),
    );
    expect(events).toHaveLength(122);
    expect(events.map((event) => event.EventTime)).toEqual(
      events
        .map((event) => event.EventTime)
        .toSorted()
        .toReversed(),
    );
    expect(events.filter((event) => event.EventName === 'TagResource')).toEqual([]);
    expect(collected.parts[0]?.content).not.toContain('imageManifest');
    expect(json(collected, 'cloudtrail-window.json')).toEqual({
      startTime: '2026-08-11T06:00:00Z',
      endTime: '2026-11-09T05:45:00Z',
      complete: true,
    });
  });

  test('a name with more pages than the bound makes the window incomplete, and its gap names it', async () => {
    await openFake();
    const collected = await collectCloudTrail(await openSession(), account, region, {
      ...query,
      pagesPerEventNameMax: 2,
    });
    expect(json(collected, 'cloudtrail-window.json')).toMatchObject({ complete: false });
    expect(collected.gaps).toMatchObject([
      { source: 'cloudtrail:LookupEvents', resource: 'BatchGetImage', reason: 'notCollected' },
    ]);
    expect(collected.parts[0]?.content.trimEnd().split('\n')).toHaveLength(102);
  });

  test('a name that fails makes the window incomplete and leaves the others', async () => {
    await openFake({ faults: [{ kind: 'throttle', operation: 'LookupEvents', resource: 'BatchGetImage' }] });
    const collected = await collectCloudTrail(await openSession(), account, region, query);
    expect(json(collected, 'cloudtrail-window.json')).toMatchObject({ complete: false });
    expect(collected.gaps).toMatchObject([{ resource: 'BatchGetImage', reason: 'throttled' }]);
    expect(collected.parts[0]?.content.trimEnd().split('\n')).toHaveLength(2);
  });

  test('a denied lookup is one gap, asked once, and there is no file', async () => {
    const fake = await openFake({ faults: [{ kind: 'deny', operation: 'cloudtrail:LookupEvents' }] });
    const collected = await collectCloudTrail(await openSession(), account, region, query);
    expect(collected.parts).toEqual([]);
    expect(collected.gaps).toMatchObject([
      { source: 'cloudtrail:LookupEvents', resource: null, reason: 'accessDenied' },
    ]);
    expect(fake.callCounts()['cloudtrail:LookupEvents']).toBe(1);
  });

  test('after three names in a row that fail the rest is not asked', async () => {
    const fake = await openFake({ faults: [{ kind: 'throttle', operation: 'LookupEvents' }] });
    const collected = await collectCloudTrail(await openSession({ attemptsMax: 1 }), account, region, query);
    expect(collected.parts).toEqual([]);
    expect(collected.gaps.map((gap) => gap.resource)).toEqual([
      'SetRepositoryPolicy',
      'BatchGetImage',
      'PutImage',
      null,
    ]);
    expect(fake.callCounts()['cloudtrail:LookupEvents']).toBe(3);
  });

  test('the pace of the collector keeps within the limit of AWS', async () => {
    let nowMs = 0;
    const rateClock = {
      nowMs: () => nowMs,
      wait: (ms: number) => {
        nowMs += ms;
        return Promise.resolve();
      },
    };
    const fake = await openFake({ lookupEventsPerSecond: 2, rateClockMs: () => nowMs });
    const session = await openSession({ lookupEventsPerSecond: 2, rateClock, attemptsMax: 1 });
    const collected = await collectCloudTrail(session, account, region, { ...fixtureWindow });
    expect(collected.gaps).toEqual([]);
    expect(fake.calls().filter((call) => call.error !== null)).toEqual([]);
    expect(nowMs).toBe((fake.calls().length - 1) * 500);
  });
});

test('a scan with gaps records them in snapshot.json, sorted', async () => {
  await openFake({
    faults: [
      { kind: 'deny', operation: 'ecr:ListTagsForResource', resource: arnOf('tools') },
      { kind: 'deny', operation: 'iam:ListSAMLProviders' },
    ],
  });
  const collected = await collectAccount(await openSession(), {
    takenAt: new Date('2026-11-09T06:00:00Z'),
    regions: [region],
    activityWindow: null,
  });
  const { gaps } = z
    .object({ gaps: z.array(z.object({ source: z.string(), resource: z.string().nullable() })) })
    .parse(JSON.parse(collected.parts.find((part) => part.path === 'snapshot.json')?.content ?? ''));
  expect(gaps.map((gap) => `${gap.source} ${gap.resource ?? '*'}`)).toEqual([
    'iam:ListSAMLProviders *',
    'cloudtrail:LookupEvents *',
    `ecr:GetRepositoryPolicy ${arnOf('secret')}`,
    `ecr:ListTagsForResource ${arnOf('tools')}`,
    'cloudtrail:LookupEvents *',
  ]);
});
