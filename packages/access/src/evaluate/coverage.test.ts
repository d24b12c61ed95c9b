import { describe, expect, test } from 'vitest';

import { assembleSnapshot } from '../snapshot/assemble.ts';
import type { Snapshot } from '../snapshot/model.ts';
import { type Coverage, coverageOf, coveredBy } from './coverage.ts';

const A = '111122223333';
const B = '222233334444';

function snapshotOf(gaps: readonly object[], replaced: Readonly<Record<string, unknown>> = {}): Snapshot {
  const files: Record<string, unknown> = {
    'snapshot.json': { formatVersion: 1, takenAt: '2026-11-09T06:00:00Z', gaps },
    'organization.json': {
      Organization: { Id: 'o-1' },
      Roots: [{ Id: 'r-1' }],
      Accounts: [
        { Id: A, ParentId: 'r-1' },
        { Id: B, ParentId: 'ou-missing' },
      ],
      Policies: [],
    },
    [`accounts/${A}/account-authorization-details.json`]: {
      UserDetailList: [],
      GroupDetailList: [],
      RoleDetailList: [],
      Policies: [],
    },
    [`accounts/${A}/eu-west-1/repositories.json`]: { repositories: [] },
    [`accounts/${A}/eu-west-1/repository-policies.json`]: [],
    [`accounts/${A}/eu-west-1/repository-tags.json`]: {},
    [`accounts/${A}/eu-west-1/registry.json`]: { registryPolicy: null },
    [`accounts/${A}/eu-west-1/cloudtrail-window.json`]: {
      startTime: '2026-08-11T06:00:00Z',
      endTime: '2026-11-09T05:45:00Z',
      complete: true,
    },
    ...replaced,
  };
  return assembleSnapshot(
    Object.entries(files)
      .filter(([, content]) => content !== undefined)
      .map(([path, content]) => ({ path, content: JSON.stringify(content) })),
  );
}

function lineOf(snapshot: Snapshot, accountId: string, source: Coverage['source']): string {
  const line = coverageOf(snapshot).find((each) => each.accountId === accountId && each.source === source);
  return line === undefined ? 'no line' : `${line.status}: ${line.detail ?? 'nothing failed'}`;
}

const gap = (source: string, fields: object = {}): object => ({
  accountId: A,
  region: 'eu-west-1',
  source,
  resource: null,
  reason: 'accessDenied',
  message: 'access denied',
  ...fields,
});

describe('coverage has a line', () => {
  test('for every account of the organization, read or not, in a stable order', () => {
    expect(
      coverageOf(snapshotOf([])).map((line) => `${line.accountId} ${line.source} ${line.region ?? '-'} ${line.status}`),
    ).toEqual([
      `${A} iam - complete`,
      `${A} organization - complete`,
      `${A} ecr eu-west-1 complete`,
      `${A} cloudtrail eu-west-1 complete`,
      `${B} iam - notReadable`,
      `${B} organization - notReadable`,
      `${B} ecr - notReadable`,
      `${B} cloudtrail - notReadable`,
    ]);
  });

  test.each<readonly [string, Coverage['source'], Snapshot, string]>([
    ['complete', 'ecr', snapshotOf([]), 'complete: nothing failed'],
    [
      'partial where one policy was refused',
      'ecr',
      snapshotOf([gap('ecr:GetRepositoryPolicy', { resource: 'team/app' })]),
      'partial: ecr:GetRepositoryPolicy of team/app: access denied',
    ],
    [
      'partial where a file is missing',
      'ecr',
      snapshotOf([], { [`accounts/${A}/eu-west-1/repository-tags.json`]: undefined }),
      `partial: ecr:ListTagsForResource: \`accounts/${A}/eu-west-1/repository-tags.json\` is missing`,
    ],
    [
      'partial where the gap names the file',
      'ecr',
      snapshotOf([gap(`accounts/${A}/eu-west-1/repository-policies.json`)]),
      `partial: accounts/${A}/eu-west-1/repository-policies.json: access denied`,
    ],
    [
      'not readable where the repositories could not be listed',
      'ecr',
      snapshotOf([gap('ecr:DescribeRepositories')]),
      'notReadable: ecr:DescribeRepositories: access denied',
    ],
    [
      'untouched by a gap elsewhere',
      'ecr',
      snapshotOf([gap('ecr:GetRepositoryPolicy', { region: 'us-east-1' })]),
      'complete: nothing failed',
    ],
    [
      'untouched by a gap of another source',
      'ecr',
      snapshotOf([gap('cloudtrail:LookupEvents')]),
      'complete: nothing failed',
    ],
    [
      'not readable where IAM was refused',
      'iam',
      snapshotOf([gap('iam:GetAccountAuthorizationDetails', { region: null })]),
      'notReadable: iam:GetAccountAuthorizationDetails: access denied',
    ],
    [
      'partial where the window of events is not complete',
      'cloudtrail',
      snapshotOf([gap('cloudtrail:LookupEvents', { message: '' })], {
        [`accounts/${A}/eu-west-1/cloudtrail-window.json`]: { startTime: 'x', endTime: 'y', complete: false },
      }),
      'partial: cloudtrail:LookupEvents: accessDenied',
    ],
    [
      'not readable where no window was recorded',
      'cloudtrail',
      snapshotOf([], { [`accounts/${A}/eu-west-1/cloudtrail-window.json`]: undefined }),
      'notReadable: no event window was recorded',
    ],
  ])('%s', (_title, source, snapshot, expected) => {
    expect(lineOf(snapshot, A, source)).toBe(expected);
  });

  test('for a region that holds events alone, which is no registry', () => {
    const window = { startTime: 'x', endTime: 'y', complete: true };
    const snapshot = snapshotOf([], { [`accounts/${A}/us-east-1/cloudtrail-window.json`]: window });
    const lines = coverageOf(snapshot).filter((line) => line.region === 'us-east-1');
    expect(lines.map(({ source, status }) => `${source} ${status}`)).toEqual(['cloudtrail complete']);
  });

  test('for a region and an account of which only a gap tells', () => {
    const refused = gap('ecr:DescribeRepositories', { accountId: '999999999999', region: 'eu-north-1' });
    const lines = coverageOf(snapshotOf([refused])).filter((line) => line.accountId === '999999999999');
    expect(lines.map(({ source, region, status }) => `${source} ${region ?? '-'} ${status}`)).toContain(
      'ecr eu-north-1 notReadable',
    );
  });

  test('for an account whose role was refused before its regions were known, with that reason', () => {
    const refused = (source: string): object =>
      gap(source, { accountId: B, region: null, message: 'the role was refused' });
    const snapshot = snapshotOf([refused('ecr:DescribeRepositories'), refused('account:ListRegions')]);
    expect(lineOf(snapshot, B, 'ecr')).toBe('notReadable: ecr:DescribeRepositories: the role was refused');
    expect(lineOf(snapshot, B, 'cloudtrail')).toBe('notReadable: account:ListRegions: the role was refused');
  });

  test('that says of an account without a folder that it was not collected', () => {
    expect(lineOf(snapshotOf([]), B, 'iam')).toBe('notReadable: the account was not collected');
  });

  test('that says so where the organization was not collected', () => {
    const alone = snapshotOf([], { 'organization.json': undefined });
    expect(coverageOf(alone).map(({ source }) => source)).toEqual(['iam', 'organization', 'ecr', 'cloudtrail']);
  });
});

describe('covered', () => {
  const registry = { accountId: A, region: 'eu-west-1' };

  test('names the accounts and registries that were read whole, and no others', () => {
    expect(coveredBy(snapshotOf([]))).toEqual({ iamAccounts: [A], registries: [registry] });
    expect(coveredBy(snapshotOf([gap('ecr:DescribeRepositories'), gap('iam:GetAccountAuthorizationDetails')]))).toEqual(
      {
        iamAccounts: [],
        registries: [],
      },
    );
  });

  test('names a registry of which single policies were refused: its principals and repositories are listed', () => {
    const snapshot = snapshotOf([gap('ecr:GetRepositoryPolicy'), gap('ecr:GetRegistryPolicy')]);
    expect(coveredBy(snapshot).registries).toEqual([registry]);
  });
});
