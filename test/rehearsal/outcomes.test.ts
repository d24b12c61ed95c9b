import { assembleSnapshot, plainRehearsal, type PlainRehearsal, rehearse, type UseGiven } from '@ecr-audit/access';
import { describe, expect, test } from 'vitest';
import { expandOrganization } from '../conformance/expand.ts';
import type { CompactAccount, CompactOrganization } from '../conformance/schema.ts';

const shop = '111111111111';
const stranger = '888888888888';
const app = `arn:aws:ecr:eu-west-1:${shop}:repository/app`;
const role = `arn:aws:iam::${shop}:role/ci`;
const pull = ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'];
const all = { Effect: 'Allow', Action: 'ecr:*', Resource: '*' };
const inOffice = { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } };
const atHome = { IpAddress: { 'aws:SourceIp': '192.168.0.0/16' } };
const document = (...statements: readonly object[]) => ({ Version: '2012-10-17', Statement: statements });
const putInline = (...statements: readonly object[]) => ({
  change: 'putInlinePolicy',
  identity: role,
  name: 'own',
  document: document(...statements),
});

function rehearsal(
  account: CompactAccount,
  changes: readonly object[],
  { use = null, gaps }: { use?: UseGiven | null; gaps?: CompactOrganization['gaps'] } = {},
): PlainRehearsal {
  const parts = expandOrganization({
    accounts: { [shop]: { repositories: { app: {} }, ...account } },
    ...(gaps === undefined ? {} : { gaps }),
  });
  const result = rehearse(assembleSnapshot(parts), { changes }, use);
  if (result.kind === 'refused') {
    throw new Error(JSON.stringify(result.problems));
  }
  return plainRehearsal(result.rehearsal);
}

/** What is said of a capability of the role, in one line. */
function told({ groups }: PlainRehearsal, capability: 'push' | 'pull', arn = role): string {
  const own = groups.filter(({ principals }) => principals.some((each) => each.arn === arn));
  const changes = own.flatMap((group) => group.changes.filter(({ capabilities }) => capabilities.includes(capability)));
  return changes
    .map(
      ({ kind, isCertain, before, after }) => `${kind}${isCertain ? '' : '?'} ${before.decision} > ${after.decision}`,
    )
    .join(', ');
}

describe('the kind of a change', () => {
  test.each([
    ['a condition that is put on', [all], [{ ...all, Condition: inOffice }], 'narrowed allowed > conditional'],
    ['a condition that is taken off', [{ ...all, Condition: inOffice }], [all], 'widened conditional > allowed'],
    ['a right under a condition', [], [{ ...all, Condition: inOffice }], 'gained denied > conditional'],
    ['a right under a condition that goes', [{ ...all, Condition: inOffice }], [], 'lost conditional > denied'],
    [
      'another place',
      [{ ...all, Condition: inOffice }],
      [{ ...all, Condition: atHome }],
      'altered conditional > conditional',
    ],
    [
      'one place more',
      [{ ...all, Condition: inOffice }],
      [
        { ...all, Condition: inOffice },
        { ...all, Condition: atHome },
      ],
      'widened conditional > conditional',
    ],
    [
      'one place less',
      [
        { ...all, Condition: inOffice },
        { ...all, Condition: atHome },
      ],
      [{ ...all, Condition: inOffice }],
      'narrowed conditional > conditional',
    ],
    ['the same in other words', [all], [{ ...all, Action: ['ecr:*', 's3:*'] }], ''],
  ])('%s', (_, before, after, expected) => {
    const idle = { Effect: 'Allow', Action: 's3:*', Resource: '*' };
    const account = { roles: { ci: { policies: { own: [idle, ...before] } } } };
    expect(told(rehearsal(account, [putInline(idle, ...after)]), 'push')).toBe(expected);
  });
});

describe('what could not be read never hides a gain or a loss', () => {
  const unread = { managed: ['Unread'] };

  test('beside a policy that was not read, a right that is put in place may have been there already', () => {
    const account = { roles: { ci: { ...unread } } };
    expect(told(rehearsal(account, [putInline(all)]), 'push')).toBe('gained? unknown > unknown');
  });

  test('and one that is taken away may stay', () => {
    const account = { roles: { ci: { ...unread, policies: { own: [all] } } } };
    const change = { change: 'deleteInlinePolicy', identity: role, name: 'own' };
    expect(told(rehearsal(account, [change]), 'push')).toBe('lost? unknown > unknown');
  });

  test('an account that is not ours gains what its own policies may allow', () => {
    const outside = `arn:aws:iam::${stranger}:root`;
    const set = {
      change: 'setRepositoryPolicy',
      repository: app,
      document: document({ Effect: 'Allow', Principal: { AWS: outside }, Action: pull }),
    };
    expect(told(rehearsal({}, [set]), 'pull', outside)).toBe('gained? denied > unknown');
  });

  test('a condition for an account that is not ours narrows what its own policies may allow', () => {
    const outside = `arn:aws:iam::${stranger}:root`;
    const statement = { Effect: 'Allow', Principal: { AWS: outside }, Action: pull };
    const set = {
      change: 'setRepositoryPolicy',
      repository: app,
      document: document({ ...statement, Condition: inOffice }),
    };
    const account = { repositories: { app: { policy: [statement] } } };
    expect(told(rehearsal(account, [set]), 'pull', outside)).toBe('narrowed? unknown > unknown');
  });

  test('the gaps of the snapshot are counted in the answer', () => {
    const gap = {
      accountId: shop,
      region: null,
      source: 'iam:X',
      resource: null,
      reason: 'accessDenied',
      message: '',
    } as const;
    expect(rehearsal({ roles: { ci: {} } }, [putInline(all)], { gaps: [gap] }).gaps).toBeGreaterThan(0);
  });
});

test('whoever a `*` let in already gains nothing by being named, and anybody else loses', () => {
  const named = `arn:aws:iam::${stranger}:role/x`;
  const policy = [{ Effect: 'Allow', Principal: '*', Action: pull }];
  const set = {
    change: 'setRepositoryPolicy',
    repository: app,
    document: document({ Effect: 'Allow', Principal: { AWS: named }, Action: pull }),
  };
  const found = rehearsal({ repositories: { app: { policy } } }, [set]);
  expect(told(found, 'pull', named)).toBe('');
  expect(told(found, 'pull', '*')).toBe('lost? unknown > denied');
});

test('principals for which everything changes alike are one group, and sets of repositories are named once', () => {
  const account = {
    roles: { ci: { managed: ['P'] }, cd: { managed: ['P'] }, other: { managed: ['P'], policies: { all: [all] } } },
    managed: { P: [all] },
    repositories: { app: {}, base: {} },
  };
  const change = { change: 'deleteManagedPolicy', policy: `arn:aws:iam::${shop}:policy/P` };
  const found = rehearsal(account, [change]);
  expect(found.groups.map(({ principals }) => principals.map(({ name }) => name).toSorted())).toEqual([['cd', 'ci']]);
  expect(found.repositories).toHaveLength(2);
  expect(found.repositorySets).toEqual([[0, 1]]);
});

describe('use of what would be lost', () => {
  const roleId = 'AROACI';
  const account = { roles: { ci: { id: roleId, policies: { own: [all] } } }, repositories: { app: {}, base: {} } };
  const used = (action: string, more: object = {}) => ({
    principalId: roleId,
    principalArn: role,
    principalAccountId: shop,
    repositoryArn: app,
    accountId: shop,
    region: 'eu-west-1',
    action,
    lastUsedAt: '2026-11-19T10:00:00.000Z',
    ...more,
  });
  const since = '2026-08-22T06:00:00.000Z';
  const observed = [
    { accountId: shop, region: 'eu-west-1', from: '2026-08-01T00:00:00Z', until: '2026-11-20T06:00:00Z' },
  ];
  const pullOnly = putInline({ ...all, Action: [...pull, 'ecr:GetAuthorizationToken'] });

  test('is told with the time, the action, and what its use shows', () => {
    const found = rehearsal(account, [pullOnly], {
      use: { since, observed, uses: [used('ecr:PutImage'), used('ecr:BatchGetImage')] },
    });
    expect(found.use).toMatchObject({ kind: 'known', unobserved: [] });
    expect(found.use.kind === 'known' && found.use.atStake).toMatchObject([
      { action: 'ecr:PutImage', kind: 'lost', isCertain: true, repository: app, loses: ['ecr:PutImage', 'push'] },
    ]);
  });

  test('a pull is at stake where the token goes, although its own actions stay', () => {
    const found = rehearsal(account, [putInline({ ...all, Action: pull })], {
      use: { since, observed, uses: [used('ecr:BatchGetImage')] },
    });
    expect(found.use.kind === 'known' && found.use.atStake).toMatchObject([
      { action: 'ecr:BatchGetImage', loses: ['pull'] },
    ]);
  });

  test.each([
    ['somebody else', { principalId: 'AROAOTHER' }],
    ['a role of that name that was there before', { principalId: 'AROAOLD', principalArn: role }],
    ['another repository, which is not in the snapshot', { repositoryArn: `${app}-old` }],
  ])('%s is not meant', (_, more) => {
    const found = rehearsal(account, [pullOnly], { use: { since, observed, uses: [used('ecr:PutImage', more)] } });
    expect(found.use).toMatchObject({ kind: 'known', atStake: [] });
  });

  test('a use that is kept under the name, because the event lacked the id, is that of the role', () => {
    const uses = [used('ecr:PutImage', { principalId: `role:${shop}/ci`, principalArn: null })];
    const found = rehearsal(account, [pullOnly], { use: { since, observed, uses } });
    expect(found.use.kind === 'known' && found.use.atStake).toHaveLength(1);
  });

  test.each([
    ['nothing was observed', []],
    ['it was observed too late', [{ ...observed[0], from: '2026-10-01T00:00:00Z' }]],
    ['it was not observed to the end', [{ ...observed[0], until: '2026-11-10T00:00:00Z' }]],
  ])('that nobody used it is not said where %s', (_, windows) => {
    const use: UseGiven = {
      since,
      uses: [],
      observed: windows.map(({ from = '', until = '' }) => ({ accountId: shop, region: 'eu-west-1', from, until })),
    };
    expect(rehearsal(account, [pullOnly], { use }).use).toMatchObject({
      kind: 'known',
      atStake: [],
      unobserved: [{ accountId: shop, region: 'eu-west-1' }],
    });
  });

  test('without any events use is not known', () => {
    expect(rehearsal(account, [pullOnly]).use).toEqual({ kind: 'notKnown' });
  });

  test('an account that is not ours stands for its principals, and anyone for those who are not named', () => {
    const outside = `arn:aws:iam::${stranger}:root`;
    const policy = [
      { Effect: 'Allow', Principal: { AWS: outside }, Action: pull },
      { Effect: 'Allow', Principal: '*', Action: pull },
    ];
    const byStranger = used('ecr:BatchGetImage', {
      principalId: 'AROASTRANGER',
      principalArn: `arn:aws:iam::${stranger}:role/y`,
      principalAccountId: stranger,
    });
    const found = rehearsal(
      { repositories: { app: { policy } } },
      [{ change: 'deleteRepositoryPolicy', repository: app }],
      {
        use: { since, observed, uses: [byStranger] },
      },
    );
    expect(found.use.kind === 'known' && found.use.atStake.map(({ principal }) => principal.arn)).toEqual([outside]);
  });
});
