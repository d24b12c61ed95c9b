import { describe, expect, test } from 'vitest';

import { SnapshotFormatError } from '../errors.ts';
import { assembleSnapshot } from './assemble.ts';
import type { SnapshotPart } from './part.ts';

const ACCOUNT = '111122223333';
const REGION = `accounts/${ACCOUNT}/eu-west-1`;

const HEAD = { formatVersion: 1, takenAt: '2026-11-09T06:00:00Z', partition: 'aws', gaps: [] };
const IAM = { UserDetailList: [], GroupDetailList: [], RoleDetailList: [], Policies: [] };
const ORGANIZATION = {
  Organization: { Id: 'o-1', MasterAccountId: '999999999999' },
  Roots: [{ Id: 'r-1', Name: 'Root' }],
  OrganizationalUnits: [{ Id: 'ou-1', Name: 'Apps', ParentId: 'r-1' }],
  Accounts: [{ Id: ACCOUNT, Name: 'app', Status: 'ACTIVE', ParentId: 'ou-1' }],
  Policies: [],
};
const REPOSITORY = {
  repositoryArn: `arn:aws:ecr:eu-west-1:${ACCOUNT}:repository/team/app`,
  registryId: ACCOUNT,
  repositoryName: 'team/app',
};

const WHOLE: Readonly<Record<string, unknown>> = {
  'snapshot.json': HEAD,
  'organization.json': ORGANIZATION,
  [`accounts/${ACCOUNT}/account-authorization-details.json`]: IAM,
  [`${REGION}/repositories.json`]: { repositories: [REPOSITORY] },
  [`${REGION}/repository-policies.json`]: [],
  [`${REGION}/repository-tags.json`]: {},
  [`${REGION}/registry.json`]: { registryPolicy: null, accountSettings: { REGISTRY_POLICY_SCOPE: 'V2' } },
  [`${REGION}/cloudtrail-window.json`]: {
    startTime: '2026-08-11T06:00:00Z',
    endTime: '2026-11-09T05:45:00Z',
    complete: true,
  },
};

function partsOf(files: Readonly<Record<string, unknown>>): SnapshotPart[] {
  return Object.entries(files)
    .filter(([, content]) => content !== undefined)
    .map(([path, content]) => ({ path, content: typeof content === 'string' ? content : JSON.stringify(content) }));
}

/** The snapshot with some files replaced; undefined takes one away. */
function withFiles(files: Readonly<Record<string, unknown>>): SnapshotPart[] {
  return partsOf({ ...WHOLE, ...files });
}

function errorOf(parts: readonly SnapshotPart[]): unknown {
  try {
    assembleSnapshot(parts);
    return null;
  } catch (error) {
    return error instanceof SnapshotFormatError
      ? { code: error.code, path: error.path, place: error.place, message: error.message }
      : error;
  }
}

function inRegion(name: string): string {
  return `${REGION}/${name}`;
}

function gap(fields: object): object {
  return { accountId: ACCOUNT, region: 'eu-west-1', reason: 'throttled', ...fields };
}

/** What is left of a region when one of its files is missing. */
function without(name: string): object {
  const account = assembleSnapshot(withFiles({ [inRegion(name)]: undefined })).accounts.get(ACCOUNT);
  const found = account?.regions.get('eu-west-1');
  const repository = found?.repositories?.get('team/app');
  return {
    repositories: found?.repositories === null ? 'unread' : 'read',
    policy: repository?.policy.kind ?? 'unread',
    tags: repository === undefined || repository.tags === null ? 'unread' : 'read',
    registry: found?.registry.policy.kind,
  };
}

test('a whole snapshot has no gap and no problem', () => {
  const snapshot = assembleSnapshot(partsOf(WHOLE));
  expect([snapshot.gaps, snapshot.problems]).toEqual([[], []]);
  expect(snapshot.accounts.get(ACCOUNT)?.regions.get('eu-west-1')?.repositories?.size).toBe(1);
});

describe('what is no snapshot is refused', () => {
  test('without snapshot.json, saying what makes one', () => {
    expect(errorOf(withFiles({ 'snapshot.json': undefined }))).toEqual({
      code: 'notASnapshot',
      path: 'snapshot.json',
      place: '',
      message:
        'cannot read `snapshot.json`: it is missing: expected a directory written by `ecr-audit collect --out DIR`',
    });
  });

  test('with a format version that is not known, naming where it stands', () => {
    expect(errorOf(withFiles({ 'snapshot.json': { ...HEAD, formatVersion: 2 } }))).toMatchObject({
      path: 'snapshot.json',
      place: 'formatVersion',
      message: expect.stringContaining('expected 1'),
    });
  });
});

describe('a malformed file is an error that names the file and the place', () => {
  const iam = `accounts/${ACCOUNT}/account-authorization-details.json`;

  test.each<readonly [string, string, unknown, string, RegExp]>([
    ['a time that is none', 'snapshot.json', { ...HEAD, takenAt: 'monday' }, 'takenAt', /ISO datetime/],
    [
      'a gap without a source',
      'snapshot.json',
      { ...HEAD, gaps: [{ accountId: ACCOUNT }] },
      'gaps[0].source',
      /expected string/,
    ],
    [
      'an organization without an id',
      'organization.json',
      { ...ORGANIZATION, Organization: {} },
      'Organization.Id',
      /expected string/,
    ],
    [
      'an account without a parent',
      'organization.json',
      { ...ORGANIZATION, Accounts: [...ORGANIZATION.Accounts, { Id: '222233334444' }] },
      'Accounts[1].ParentId',
      /expected string/,
    ],
    [
      'an organization without its policies',
      'organization.json',
      { ...ORGANIZATION, Policies: undefined },
      'Policies',
      /expected array/,
    ],
    ['one page of a list', iam, { ...IAM, IsTruncated: true, Marker: 'AAAA' }, 'Marker', /expected the whole list/],
    [
      'one page of the repositories',
      `${REGION}/repositories.json`,
      { repositories: [], NextToken: 'AAAA' },
      'NextToken',
      /expected the whole list/,
    ],
    ['a list that is an object', iam, { ...IAM, RoleDetailList: {} }, 'RoleDetailList', /expected array/],
    [
      'a user without an id',
      iam,
      { ...IAM, UserDetailList: [{ UserName: 'alice', Arn: 'arn:aws:iam::1:user/alice' }] },
      'UserDetailList[0].UserId',
      /expected string/,
    ],
    ['repositories that are a list', `${REGION}/repositories.json`, [], '', /expected object/],
    [
      'a repository without an ARN',
      `${REGION}/repositories.json`,
      { repositories: [REPOSITORY, { ...REPOSITORY, repositoryArn: null }] },
      'repositories[1].repositoryArn',
      /expected string/,
    ],
    [
      'a policy without a repository',
      `${REGION}/repository-policies.json`,
      [{ registryId: ACCOUNT, policyText: '{}' }],
      '[0].repositoryName',
      /expected string/,
    ],
    [
      'a tag without a value',
      `${REGION}/repository-tags.json`,
      { [REPOSITORY.repositoryArn]: [{ Key: 'team' }] },
      `${REPOSITORY.repositoryArn}[0].Value`,
      /expected string/,
    ],
    [
      'a setting that is a number',
      `${REGION}/registry.json`,
      { accountSettings: { REGISTRY_POLICY_SCOPE: 2 } },
      'accountSettings.REGISTRY_POLICY_SCOPE',
      /expected string/,
    ],
    [
      'a window without an end',
      `${REGION}/cloudtrail-window.json`,
      { startTime: '2026-08-11T06:00:00Z', complete: true },
      'endTime',
      /expected string/,
    ],
  ])('%s', (_title, path, content, place, expectation) => {
    expect(errorOf(withFiles({ [path]: content }))).toMatchObject({
      code: 'malformedFile',
      path,
      place,
      message: expect.stringMatching(expectation),
    });
  });

  test.each<readonly [string, string, string]>([
    ['a file that is cut off', '{"repositories": [\n  {"repositoryArn": "arn', 'line 2, column 25'],
    ['a file that is empty', '', 'line 1, column 1'],
    ['a comma too many', '{"repositories": [\n  {},\n]}', 'line 3, column 1'],
    [
      'a word in place of a value',
      '{\n "repositories": undefined, "x": "a long rest of the file"}',
      'line 2, column 18',
    ],
    ['a page of HTML', '<html>\n<body>Sign in</body>\n</html>', 'line 1, column 1'],
  ])('%s, by line and column', (_title, content, place) => {
    expect(errorOf(withFiles({ [`${REGION}/repositories.json`]: content }))).toMatchObject({
      code: 'malformedFile',
      path: `${REGION}/repositories.json`,
      place,
      message: expect.stringContaining('expected JSON'),
    });
  });

  test.each(Object.keys(WHOLE))('%s, cut off in the middle', (path) => {
    const whole = JSON.stringify(WHOLE[path]);
    const cut = whole.slice(0, Math.max(1, Math.floor(whole.length / 2)));
    expect(errorOf(withFiles({ [path]: cut }))).toMatchObject({ code: 'malformedFile', path });
  });

  test('a folder that is no account', () => {
    expect(errorOf(withFiles({ 'accounts/production/eu-west-1/registry.json': {} }))).toMatchObject({
      path: 'accounts/production/eu-west-1/registry.json',
      message: expect.stringContaining('expected a folder named by a twelve-digit account id, not `production`'),
    });
  });
});

describe('a missing file is a gap, never an empty answer', () => {
  test.each<readonly [string, string]>([
    [`accounts/${ACCOUNT}/account-authorization-details.json`, 'iam:GetAccountAuthorizationDetails'],
    [inRegion('repositories.json'), 'ecr:DescribeRepositories'],
    [inRegion('repository-policies.json'), 'ecr:GetRepositoryPolicy'],
    [inRegion('repository-tags.json'), 'ecr:ListTagsForResource'],
    [inRegion('registry.json'), 'ecr:GetRegistryPolicy'],
  ])('%s', (path, call) => {
    const { gaps } = assembleSnapshot(withFiles({ [path]: undefined }));
    expect(gaps).toEqual([
      {
        accountId: ACCOUNT,
        region: path.includes('eu-west-1') ? 'eu-west-1' : null,
        source: call,
        resource: null,
        reason: 'missingFile',
        message: `\`${path}\` is missing`,
      },
    ]);
  });

  test('unless a recorded gap explains it already', () => {
    const recorded = {
      accountId: ACCOUNT,
      region: 'eu-west-1',
      source: 'ecr:GetRegistryPolicy',
      resource: null,
      reason: 'accessDenied',
      message: 'denied',
    };
    const files = { 'snapshot.json': { ...HEAD, gaps: [recorded] }, [inRegion('registry.json')]: undefined };
    expect(assembleSnapshot(withFiles(files)).gaps).toEqual([recorded]);
  });

  test('of which each leaves its own part unread and no other', () => {
    const whole = { repositories: 'read', policy: 'none', tags: 'read', registry: 'none' };
    expect(without('cloudtrail-window.json')).toEqual(whole);
    expect(without('repository-policies.json')).toEqual({ ...whole, policy: 'unread' });
    expect(without('repository-tags.json')).toEqual({ ...whole, tags: 'unread' });
    expect(without('registry.json')).toEqual({ ...whole, registry: 'unread' });
    expect(without('repositories.json')).toEqual({
      ...whole,
      repositories: 'unread',
      policy: 'unread',
      tags: 'unread',
    });
  });

  test('and an organization that is not there is none', () => {
    const snapshot = assembleSnapshot(withFiles({ 'organization.json': undefined }));
    expect([snapshot.organization, snapshot.gaps]).toEqual([null, []]);
  });
});

describe('a recorded gap overrules what a file says', () => {
  test.each<readonly [string, object, string]>([
    [
      'one repository, by ARN',
      gap({ source: 'ecr:GetRepositoryPolicy', resource: REPOSITORY.repositoryArn }),
      'unread',
    ],
    ['one repository, by name', gap({ source: 'ecr:GetRepositoryPolicy', resource: 'team/app' }), 'unread'],
    ['another repository', gap({ source: 'ecr:GetRepositoryPolicy', resource: 'team/other' }), 'none'],
    ['a whole file', gap({ source: `${REGION}/repository-policies.json` }), 'unread'],
    ['another region', gap({ source: 'ecr:GetRepositoryPolicy', region: 'us-east-1' }), 'none'],
    ['another account', gap({ source: 'ecr:GetRepositoryPolicy', accountId: '222233334444' }), 'none'],
    ['every account', gap({ source: 'ecr:GetRepositoryPolicy', accountId: null, region: null }), 'unread'],
  ])('of %s', (_title, recorded, kind) => {
    const snapshot = assembleSnapshot(withFiles({ 'snapshot.json': { ...HEAD, gaps: [recorded] } }));
    const repositories = snapshot.accounts.get(ACCOUNT)?.regions.get('eu-west-1')?.repositories;
    expect(repositories?.get('team/app')?.policy.kind).toBe(kind);
  });
});

test('a bad policy document is a problem that names the policy and the place, and taints nothing else', () => {
  const policies = [
    { registryId: ACCOUNT, repositoryName: 'team/app', policyText: '{"Version": "2012-10-17", "Statement": [5]}' },
  ];
  const snapshot = assembleSnapshot(withFiles({ [`${REGION}/repository-policies.json`]: policies }));
  expect(snapshot.problems).toEqual([
    {
      policy: REPOSITORY.repositoryArn,
      place: 'Statement[0] (line 1, column 41)',
      message: 'is `5`: expected an object',
    },
  ]);
  expect(snapshot.gaps).toEqual([]);
});

test('an account whose parent is missing, or whose parents run in a circle, has no levels', () => {
  const circle = {
    ...ORGANIZATION,
    OrganizationalUnits: [
      { Id: 'ou-1', Name: 'Apps', ParentId: 'ou-2' },
      { Id: 'ou-2', Name: 'More', ParentId: 'ou-1' },
    ],
    Accounts: [...ORGANIZATION.Accounts, { Id: '222233334444', ParentId: 'ou-9' }],
  };
  const { organization } = assembleSnapshot(withFiles({ 'organization.json': circle }));
  expect([...(organization?.accounts.values() ?? [])].map(({ levels }) => levels)).toEqual([null, null]);
});

test('levels run from the root down to the account', () => {
  const { organization } = assembleSnapshot(partsOf(WHOLE));
  expect(organization?.accounts.get(ACCOUNT)?.levels?.map(({ kind, id }) => `${kind} ${id}`)).toEqual([
    'root r-1',
    'ou ou-1',
    `account ${ACCOUNT}`,
  ]);
});
