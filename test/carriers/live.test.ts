import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { ManagedPolicyDocument, SnapshotPart } from '@ecr-audit/access';
import { type ManagedPoliciesReading, readManagedPolicies } from '@ecr-audit/aws';
import { describe, expect, test } from 'vitest';
import { openFake, openSession } from '../fake-aws/testing.ts';
import { temporaryDirectory } from '../system/harness/temporary-directory.ts';
import { arnOf, policiesAtAws } from './policies-at-aws.ts';

const document = (action: string): object => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: action, Resource: '*' }],
});
const three: readonly SnapshotPart[] = policiesAtAws({
  A: { version: 'v1', document: document('ecr:ListImages') },
  B: { version: 'v7', document: document('ecr:*') },
  'service-role/C': { version: 'v2', document: document('s3:*') },
});

async function read(cacheDirectory: string): Promise<ManagedPoliciesReading> {
  return await readManagedPolicies(await openSession({ regions: ['eu-west-1'] }), { cacheDirectory });
}

const namesOf = (policies: readonly ManagedPolicyDocument[]): readonly string[] =>
  policies.map(({ name, version }) => `${name} ${version ?? ''}`);

test('all pages are read, and each policy comes with its default version as it is written', async () => {
  const fake = await openFake({ parts: three, pageSizeMax: 2 });
  const { policies, gaps, counts, cacheProblem } = await read(temporaryDirectory('cache'));
  expect(namesOf(policies)).toEqual(['A v1', 'B v7', 'C v2']);
  expect(policies[1]).toMatchObject({ arn: arnOf('B'), document: document('ecr:*') });
  expect({ gaps, counts, cacheProblem }).toEqual({
    gaps: [],
    counts: { listed: 3, cached: 0, read: 3 },
    cacheProblem: null,
  });
  expect(fake.callCounts()).toMatchObject({ 'iam:ListPolicies': 2, 'iam:GetPolicyVersion': 3 });
});

describe('a version is read once', () => {
  test('so that a second run asks for the list alone', async () => {
    const fake = await openFake({ parts: three });
    const cache = temporaryDirectory('cache');
    const first = await read(cache);
    const second = await read(cache);
    expect(second.policies).toEqual(first.policies);
    expect(second.counts).toEqual({ listed: 3, cached: 3, read: 0 });
    expect(fake.callCounts()).toMatchObject({ 'iam:ListPolicies': 2, 'iam:GetPolicyVersion': 3 });
  });

  test('and one that is newer is read in its place; other endpoints have documents of their own', async () => {
    const cache = temporaryDirectory('cache');
    const fake = await openFake({ parts: three });
    await read(cache);
    const file = readdirSync(cache).find((name) => readFileSync(path.join(cache, name), 'utf8').includes('"v7"'));
    const kept = readFileSync(path.join(cache, file ?? ''), 'utf8');
    writeFileSync(path.join(cache, file ?? ''), kept.replace('"v7"', '"v6"'));
    expect((await read(cache)).counts).toEqual({ listed: 3, cached: 2, read: 1 });
    expect(readFileSync(path.join(cache, file ?? ''), 'utf8')).toBe(kept);
    await fake.close();

    await openFake({ parts: policiesAtAws({ A: { version: 'v1', document: document('ecr:PutImage') } }) });
    const elsewhere = await read(cache);
    expect(elsewhere.counts.read).toBe(1);
    expect(elsewhere.policies[0]?.document).toEqual(document('ecr:PutImage'));
  });

  test.each([
    ['is cut', (text: string) => text.slice(0, 40)],
    ['is empty', () => ''],
    ['is of another policy', (text: string) => text.replaceAll('policy/', 'policy/other-')],
    ['has no text', (text: string) => text.replace('"document":', '"content":')],
  ])('a file of the cache that %s counts as nothing', async (_, spoil) => {
    await openFake({ parts: three });
    const cache = temporaryDirectory('cache');
    const first = await read(cache);
    for (const name of readdirSync(cache)) {
      writeFileSync(path.join(cache, name), spoil(readFileSync(path.join(cache, name), 'utf8')));
    }
    const second = await read(cache);
    expect(second.policies).toEqual(first.policies);
    expect(second.counts.read).toBe(3);
  });

  test('a cache that cannot be written costs nothing but the next run', async () => {
    await openFake({ parts: three });
    const file = path.join(temporaryDirectory('cache'), 'file');
    writeFileSync(file, '');
    const { policies, cacheProblem } = await read(file);
    expect(policies).toHaveLength(3);
    expect(cacheProblem).toMatch(/EEXIST|ENOTDIR/);
  });

  test('nothing but whole files is in the cache, and no name of a policy chooses a place', async () => {
    await openFake({ parts: policiesAtAws({ '../../../../x': { version: 'v1', document: document('ecr:*') } }) });
    const cache = temporaryDirectory('cache');
    expect((await read(cache)).policies).toHaveLength(1);
    expect(readdirSync(cache)).toEqual([expect.stringMatching(/^[0-9a-f]{40}\.json$/)]);
  });
});

describe('a policy that cannot be read is a gap, and not in the list', () => {
  test.each([
    ['deny', 'accessDenied'],
    ['throttle', 'throttled'],
    ['fail', 'failed'],
    ['emptyAnswer', 'failed'],
    ['cutConnection', 'failed'],
  ] as const)('%s', async (kind, reason) => {
    await openFake({ parts: three, faults: [{ kind, operation: 'iam:GetPolicyVersion', resource: arnOf('B') }] });
    const cache = temporaryDirectory('cache');
    const { policies, gaps } = await read(cache);
    expect(namesOf(policies)).toEqual(['A v1', 'C v2']);
    expect(gaps).toMatchObject([{ source: 'iam:GetPolicyVersion', resource: arnOf('B'), region: null, reason }]);
    expect(readdirSync(cache)).toHaveLength(2);
  });

  test('one that was deleted since it was listed', async () => {
    await openFake({ parts: policiesAtAws({ A: { version: 'v1', document: document('ecr:*'), has: 'v2' } }) });
    const { policies, gaps } = await read(temporaryDirectory('cache'));
    expect(policies).toEqual([]);
    expect(gaps).toMatchObject([{ resource: arnOf('A'), reason: 'failed' }]);
  });

  test('where the permission is missing the rest is not asked for, and named all the same', async () => {
    const names = Array.from({ length: 40 }, (_, index) => `P${index}`);
    const parts = policiesAtAws(
      Object.fromEntries(names.map((name) => [name, { version: 'v1', document: document('ecr:*') }])),
    );
    const fake = await openFake({ parts, faults: [{ kind: 'deny', operation: 'iam:GetPolicyVersion' }] });
    const { policies, gaps } = await read(temporaryDirectory('cache'));
    expect(policies).toEqual([]);
    expect(gaps.map(({ resource }) => resource)).toEqual(names.map(arnOf).toSorted());
    expect(gaps.every(({ reason }) => reason === 'accessDenied')).toBe(true);
    expect(fake.callCounts()['iam:GetPolicyVersion']).toBeLessThan(40);
  });
});

test.each(['deny', 'throttle', 'fail', 'emptyAnswer'] as const)(
  'a list that is answered by %s, or ends in the middle, is an error and no shorter list',
  async (kind) => {
    const fake = await openFake({ parts: three, pageSizeMax: 2, faults: [{ kind, operation: 'iam:ListPolicies' }] });
    await expect(read(temporaryDirectory('cache'))).rejects.toMatchObject({
      code: 'callFailed',
      message: expect.stringContaining('iam:ListPolicies'),
    });
    fake.setFaults([{ kind, operation: 'iam:ListPolicies', after: 1 }]);
    await expect(read(temporaryDirectory('cache'))).rejects.toMatchObject({ code: 'callFailed' });
  },
);
