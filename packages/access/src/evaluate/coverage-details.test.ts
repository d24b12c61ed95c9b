import { describe, expect, test } from 'vitest';

import type { CollectionGap } from '../snapshot/gap.ts';
import type { AccountSnapshot, RegionSnapshot, Snapshot } from '../snapshot/model.ts';
import { LIMITS } from './limits.ts';
import { type Coverage, coverageOf, coveredBy } from './coverage.ts';

const A = '111122223333';
const B = '222233334444';

function gap(source: string, fields: Partial<CollectionGap> = {}): CollectionGap {
  return { accountId: A, region: null, source, resource: null, reason: 'accessDenied', message: source, ...fields };
}

function regionOf(region: string): RegionSnapshot {
  return { region, repositories: new Map(), registry: { policy: { kind: 'none' }, scope: 'V2' } };
}

/** An account that was asked for its regions and nothing else. */
function accountOf(id: string, regions: readonly string[]): AccountSnapshot {
  return {
    id,
    iam: null,
    cloudTrailWindows: new Map(),
    regions: new Map(regions.map((each) => [each, regionOf(each)])),
  };
}

function snapshotOf(gaps: readonly CollectionGap[], more: Partial<Snapshot> = {}): Snapshot {
  return {
    takenAt: '2026-11-09T06:00:00Z',
    partition: 'aws',
    gaps,
    organization: null,
    accounts: new Map([[A, accountOf(A, ['eu-west-1'])]]),
    problems: [],
    ...more,
  };
}

function told(snapshot: Snapshot, source: Coverage['source'], accountId = A): readonly string[] {
  return coverageOf(snapshot)
    .filter((line) => line.source === source && line.accountId === accountId)
    .map(({ region, status, detail }) => `${region ?? '-'} ${status}: ${detail ?? 'nothing failed'}`);
}

describe('a gap that names a file is told of the source that the file belongs to', () => {
  test.each<readonly [string, Coverage['source']]>([
    ['account-authorization-details.json', 'iam'],
    ['identity-providers.json', 'iam'],
    ['repositories.json', 'ecr'],
    ['repository-policies.json', 'ecr'],
    ['repository-tags.json', 'ecr'],
    ['registry.json', 'ecr'],
    ['cloudtrail-events.ndjson', 'cloudtrail'],
    ['cloudtrail-window.json', 'cloudtrail'],
  ])('%s: %s', (file, source) => {
    const window = { startTime: 'x', endTime: 'y', complete: true };
    const account = { ...accountOf(A, ['eu-west-1']), cloudTrailWindows: new Map([['eu-west-1', window]]) };
    for (const path of [file, `accounts/${A}/eu-west-1/${file}`]) {
      const snapshot = snapshotOf([gap(path)], { accounts: new Map([[A, account]]) });
      const lines = coverageOf(snapshot).filter(({ detail }) => detail?.startsWith(path) === true);
      expect(lines.map((line) => line.source)).toEqual([source]);
    }
    const other = snapshotOf([gap(`not-${file}`)], { accounts: new Map([[A, account]]) });
    expect(coverageOf(other).filter(({ detail }) => detail?.includes(file) === true)).toEqual([]);
  });
});

describe('what failed', () => {
  test('is told in the order of the gaps, with the resource where one is named, and the reason where no words are', () => {
    const gaps = [
      gap('ecr:GetRepositoryPolicy', { resource: 'app', message: '' }),
      gap('ecr:ListTagsForResource', { message: 'too many requests' }),
    ];
    expect(told(snapshotOf(gaps), 'ecr')).toEqual([
      'eu-west-1 partial: ecr:GetRepositoryPolicy of app: accessDenied; ecr:ListTagsForResource: too many requests',
    ]);
  });

  test('in one region touches no other; in none, or of no account, it touches all', () => {
    const accounts = new Map([[A, accountOf(A, ['eu-west-1', 'us-east-1'])]]);
    expect(told(snapshotOf([gap('ecr:X', { region: 'us-east-1' })], { accounts }), 'ecr')).toEqual([
      'eu-west-1 complete: nothing failed',
      'us-east-1 partial: ecr:X: ecr:X',
    ]);
    expect(told(snapshotOf([gap('ecr:X', { accountId: null })], { accounts }), 'ecr')).toEqual([
      'eu-west-1 partial: ecr:X: ecr:X',
      'us-east-1 partial: ecr:X: ecr:X',
    ]);
  });

  test('in another account is not told, and gives no region', () => {
    const snapshot = snapshotOf([gap('ecr:X', { accountId: B, region: 'us-east-1' })]);
    expect(told(snapshot, 'ecr')).toEqual(['eu-west-1 complete: nothing failed']);
    expect(told(snapshot, 'ecr', B)).toEqual(['us-east-1 notReadable: ecr:X: ecr:X']);
  });

  test('in a region of which only that tells gives it a line in that source alone, in the order of names', () => {
    const snapshot = snapshotOf([
      gap('ecr:X', { region: 'us-east-1' }),
      gap('ecr:Y', { region: 'ap-south-1' }),
      gap('ecr:Y', { region: null }),
    ]);
    expect(told(snapshot, 'ecr').map((line) => line.split(' ')[0])).toEqual(['ap-south-1', 'eu-west-1', 'us-east-1']);
    expect(told(snapshot, 'cloudtrail')).toEqual(['eu-west-1 notReadable: no event window was recorded']);
  });
});

describe('an account', () => {
  const none = snapshotOf([], { accounts: new Map([[A, accountOf(A, [])]]) });

  test('without any region has one line for each source, which says so', () => {
    for (const source of ['ecr', 'cloudtrail'] as const) {
      expect(told(none, source)).toEqual(['- notReadable: no region was collected']);
    }
  });

  test('without any region tells what failed in that source, or else in the account', () => {
    const gaps = [gap('account:ListRegions'), gap('cloudtrail:LookupEvents'), gap('iam:X')];
    const snapshot = { ...none, gaps };
    expect(told(snapshot, 'ecr')).toEqual(['- notReadable: account:ListRegions: account:ListRegions']);
    expect(told(snapshot, 'cloudtrail')).toEqual(['- notReadable: cloudtrail:LookupEvents: cloudtrail:LookupEvents']);
  });

  test('whose IAM was not read tells why, where that is known', () => {
    expect(told(none, 'iam')).toEqual(['- notReadable: nothing failed']);
    expect(told({ ...none, gaps: [gap('iam:X')] }, 'iam')).toEqual(['- notReadable: iam:X: iam:X']);
    expect(told(snapshotOf([gap('iam:X', { accountId: B })]), 'iam', B)).toEqual(['- notReadable: iam:X: iam:X']);
    expect(told(snapshotOf([gap('ecr:X', { accountId: B })]), 'iam', B)).toEqual([
      '- notReadable: the account was not collected',
    ]);
  });

  test('whose window of events is short is partly read, and where one is whole it is complete', () => {
    const windows = [true, false].map((complete) => ({ startTime: 'x', endTime: 'y', complete }));
    const [whole, short] = windows.map((window) => {
      const account = { ...accountOf(A, ['eu-west-1']), cloudTrailWindows: new Map([['us-east-1', window]]) };
      return told(snapshotOf([], { accounts: new Map([[A, account]]) }), 'cloudtrail');
    });
    const missing = 'eu-west-1 notReadable: no event window was recorded';
    expect(whole).toEqual([missing, 'us-east-1 complete: nothing failed']);
    expect(short).toEqual([missing, 'us-east-1 partial: nothing failed']);
  });

  test('that was collected but whose repositories were not is covered in no region', () => {
    const account = {
      ...accountOf(A, ['eu-west-1']),
      regions: new Map([['x', { ...regionOf('x'), repositories: null }]]),
    };
    const snapshot = snapshotOf([], { accounts: new Map([[A, account]]) });
    expect(coveredBy(snapshot)).toEqual({ iamAccounts: [], registries: [] });
    expect(told(snapshot, 'ecr')).toEqual(['x notReadable: nothing failed']);
  });
});

describe('the organization', () => {
  const organization = {
    id: 'o-1',
    managementAccountId: null,
    scpsEnabled: true,
    rcpsEnabled: true,
    accounts: new Map([
      [A, { id: A, name: 'a', levels: [] }],
      [B, { id: B, name: 'b', levels: null }],
    ]),
  };

  test('that was not collected is told of every account', () => {
    expect(told(snapshotOf([]), 'organization')).toEqual([`- notReadable: ${LIMITS.organizationNotCollected}`]);
  });

  test('of which something was refused is partly read, and not at all where nothing came', () => {
    const gaps = [gap('organizations:ListPolicies', { accountId: null, message: 'no' })];
    expect(told(snapshotOf(gaps), 'organization')).toEqual(['- notReadable: organizations:ListPolicies: no']);
    expect(told(snapshotOf(gaps, { organization }), 'organization')).toEqual([
      '- partial: organizations:ListPolicies: no',
    ]);
  });

  test('has a line for each of its accounts, and tells of which the path is not complete', () => {
    const snapshot = snapshotOf([gap('ecr:X', { accountId: '999999999999' })], { organization });
    const missing = '- notReadable: the account has no complete path in the organization';
    expect(told(snapshot, 'organization')).toEqual(['- complete: nothing failed']);
    expect(told(snapshot, 'organization', B)).toEqual([missing]);
    expect(told(snapshot, 'organization', '999999999999')).toEqual([missing]);
    expect([...new Set(coverageOf(snapshot).map(({ accountId }) => accountId))]).toEqual([A, B, '999999999999']);
  });
});
