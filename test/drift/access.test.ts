import { evaluateSnapshot } from '@ecr-audit/access';
import { describe, expect, test } from 'vitest';
import type { CompactAccount, CompactTree } from '../conformance/schema.ts';
import { driftOf, toldCells, withParts } from './drifted-cells.ts';
import { admit, allow, between, driftLines, one, other, partsOf, repository, role, shop, side } from './scene.ts';

const list = allow('ecr:ListImages');
const put = allow('ecr:PutImage');
const bound = allow('ecr:ListImages', { Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } });
const app = { repositories: { app: {} } };
const holding = (...statements: readonly (typeof list)[]): CompactAccount => ({
  ...app,
  roles: { r: { policies: Object.fromEntries(statements.map((each, index) => [`p${index}`, [each]])) } },
});

const made = (id: string, named: string): CompactAccount => ({
  repositories: { app: { policy: [admit({ AWS: named }, 'ecr:PutImage')] } },
  roles: { r: { id, policies: { p: [list] } } },
});
const letting = (statements: object[]): CompactAccount => ({
  repositories: { app: { policy: JSON.stringify({ Version: '2012-10-17', Statement: statements }) } },
});
const scoped = (scope: 'V1' | 'V2' | null): CompactAccount => ({
  ...holding(put),
  registry: { scope, policy: [{ Effect: 'Deny', Principal: '*', Action: 'ecr:PutImage', Resource: '*' }] },
});

describe('the words', () => {
  test.each<[string, CompactAccount, CompactAccount]>([
    ['granted', holding(), holding(list)],
    ['revoked', holding(list), holding()],
    ['widened', holding(bound), holding(list)],
    ['narrowed', holding(list), holding(bound)],
    ['altered', holding(bound), holding({ ...bound, Condition: { IpAddress: { 'aws:SourceIp': '11.0.0.0/8' } } })],
  ])('%s', (word, before, after) => {
    const lines = driftLines(between(before, after));
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain(`r ${word} ecr:ListImages app because inlinePolicy`);
  });

  test('nothing is told where two changes cancel out, or AWS writes a document in another form', () => {
    const policy = JSON.stringify({ Statement: [admit({ AWS: shop }, 'ecr:ListImages')], Version: '2012-10-17' });
    const root = [admit({ AWS: [`arn:aws:iam::${shop}:root`] }, 'ecr:ListImages')];
    const found = between({ repositories: { app: { policy } } }, { repositories: { app: { policy: root } } });
    expect([found.differences, found.access.drifts, found.access.notKnown]).toEqual([[], [], []]);
  });
});

describe('the differences that made it', () => {
  test('are those alone that make the answer another', () => {
    const before = { ...app, roles: { r: { tags: { a: '1' }, policies: { other: [allow('s3:*')] } } } };
    const after = { ...app, roles: { r: { tags: { a: '2' }, policies: { other: [allow('sqs:*')], p: [list] } } } };
    expect(driftLines(between(before, after))).toEqual(['r granted ecr:ListImages app because inlinePolicy added']);
  });

  test('are each enough where two policies allow the same', () => {
    expect(driftLines(between(holding(), holding(list, list)))).toEqual([
      'r granted ecr:ListImages app because inlinePolicy added & inlinePolicy added',
    ]);
  });

  test('come together where a boundary and a policy were both in the way', () => {
    const managed = { Fence: [allow('s3:*')] };
    const found = between(
      { ...app, managed, roles: { r: { boundary: 'Fence' } } },
      { ...app, managed, roles: { r: { policies: { p: [list] } } } },
    );
    expect(driftLines(found)).toEqual([
      'r granted ecr:ListImages app because boundary removed & inlinePolicy added together',
    ]);
  });

  test('are told for each place where they differ', () => {
    const lines = driftLines(
      between(
        { repositories: { app: {}, two: { policy: [admit('*', 'ecr:PutImage')] } }, roles: { r: {} } },
        { repositories: { app: {}, two: {} }, roles: { r: { policies: { p: [list] } } } },
      ),
    );
    expect(lines).toContain('r granted ecr:ListImages app because inlinePolicy added');
    expect(lines).toContain('r granted ecr:ListImages two because inlinePolicy added');
    expect(lines).toContain('r revoked ecr:PutImage two because repositoryPolicy removed');
  });

  test.each<[string, CompactAccount, CompactAccount, string]>([
    [
      'a group',
      { groups: { g: { policies: { p: [list] } } }, users: { r: {} } },
      { groups: { g: { policies: { p: [list] } } }, users: { r: { groups: ['g'] } } },
      'groupMembership added',
    ],
    [
      'a policy of a group',
      { groups: { g: {} }, users: { r: { groups: ['g'] } } },
      { groups: { g: { policies: { p: [list] } } }, users: { r: { groups: ['g'] } } },
      'inlinePolicy added',
    ],
    [
      'an attachment',
      { managed: { P: [list] }, roles: { r: {} } },
      { managed: { P: [list] }, roles: { r: { managed: ['P'] } } },
      'attachment added',
    ],
    [
      'a new version',
      { managed: { P: [allow('s3:*')] }, roles: { r: { managed: ['P'] } } },
      { managed: { P: [list] }, roles: { r: { managed: ['P'] } } },
      'managedPolicy changed',
    ],
    [
      'a tag that a condition reads',
      {
        roles: {
          r: {
            tags: { t: 'a' },
            policies: { p: [allow('ecr:ListImages', { Condition: { StringEquals: { 'aws:PrincipalTag/t': 'b' } } })] },
          },
        },
      },
      {
        roles: {
          r: {
            tags: { t: 'b' },
            policies: { p: [allow('ecr:ListImages', { Condition: { StringEquals: { 'aws:PrincipalTag/t': 'b' } } })] },
          },
        },
      },
      'principalTags changed',
    ],
  ])('%s', (_, before, after, because) => {
    expect(driftLines(between({ ...app, ...before }, { ...app, ...after }))).toEqual([
      `r granted ecr:ListImages app because ${because}`,
    ]);
  });

  test.each<[string, CompactTree, CompactTree, string]>([
    [
      'an SCP that is detached',
      { scps: ['FullAWSAccess', 'Guard'], accounts: { [other]: { scps: ['FullAWSAccess', 'Guard'] } } },
      { accounts: { [other]: { scps: ['FullAWSAccess', 'Guard'] } } },
      'organizationAttachment removed',
    ],
    [
      'an account that moves',
      {
        ous: { 'ou-r001-aaaaaaaa': { scps: ['Guard', 'FullAWSAccess'] } },
        accounts: { [shop]: { ou: 'ou-r001-aaaaaaaa' } },
      },
      { ous: { 'ou-r001-aaaaaaaa': { scps: ['Guard', 'FullAWSAccess'] } } },
      'accountMoved changed',
    ],
  ])('%s', (_, before, after, because) => {
    const policies = { Guard: [{ Effect: 'Deny', Action: 'ecr:*', Resource: '*' }] };
    const [a, b] = [before, after].map((tree) =>
      side({ [shop]: holding(list), [other]: {} }, { tree: { policies, ...tree } }),
    );
    const lines = a === undefined || b === undefined ? [] : driftLines(driftOf(a, b));
    expect(lines).toContain(`r granted ecr:ListImages app because ${because}`);
  });
});

describe('principals and repositories that come and go', () => {
  const user = { ...app, users: { u: { policies: { p: [list] } } } };

  test('a principal that is made or deleted says so', () => {
    expect(driftLines(between(app, user))).toEqual([
      'u granted ecr:ListImages app principalCreated because principal added & inlinePolicy added',
    ]);
    expect(driftLines(between(user, app))).toEqual([
      'u revoked ecr:ListImages app principalDeleted because principal removed & inlinePolicy removed',
    ]);
  });

  test('a role that was deleted and made again has lost what named it by its id, and nothing else', () => {
    const [first, second] = ['AROAONE0000000000001', 'AROATWO0000000000002'];
    expect(driftLines(between(made(first, role('r')), made(second, first)))).toEqual([
      'r revoked ecr:PutImage app principalRecreated because principal changed',
    ]);
  });

  test('a repository that is made or deleted says so', () => {
    const two = { ...holding(list), repositories: { app: {}, two: {} } };
    expect(driftLines(between(holding(list), two))).toEqual([
      'r granted ecr:ListImages two repositoryCreated because repository added',
    ]);
    expect(driftLines(between(two, holding(list)))).toEqual([
      'r revoked ecr:ListImages two repositoryDeleted because repository removed',
    ]);
  });

  test('a repository that was deleted and made again without its policy says so', () => {
    const before = one({
      roles: { r: {} },
      repositories: { app: { policy: [admit({ AWS: role('r') }, 'ecr:PutImage')] } },
    });
    const after = partsOf({ [shop]: { roles: { r: {} }, repositories: { app: {} } } }).map((part) => ({
      ...part,
      content: part.path.endsWith('/repositories.json')
        ? part.content.replace('2026-01-05', '2026-11-05')
        : part.content,
    }));
    expect(driftLines(driftOf(before, withParts(after)))).toEqual([
      'r revoked ecr:PutImage app repositoryRecreated because repositoryPolicy removed',
    ]);
  });
});

describe('outsiders', () => {
  test('are told what our side lets them do, although nobody knows what theirs does', () => {
    expect(driftLines(between(letting([]), letting([admit({ AWS: other }, 'ecr:PutImage')])))).toEqual([
      `account ${other} granted ecr:PutImage app because repositoryPolicy changed`,
    ]);
  });

  test('have nothing new where a statement about them has another form', () => {
    const two = [admit({ AWS: other }, 'ecr:PutImage'), admit({ AWS: other }, 'ecr:PutImage')];
    expect(driftLines(between(letting([two[0] ?? {}]), letting(two)))).toEqual([]);
  });
});

describe('a gap never makes drift', () => {
  const scene = {
    [shop]: {
      ...holding(list, bound),
      users: { u: { groups: ['g'] } },
      groups: { g: { managed: ['P'] } },
      managed: { P: [put] },
      repositories: {
        app: { policy: [admit({ AWS: other }, 'ecr:PutImage'), admit('*', 'ecr:ListImages')], tags: { team: 'a' } },
        two: {},
      },
      registry: { policy: [{ ...admit({ AWS: other }, 'ecr:ReplicateImage'), Resource: '*' }], scope: 'V1' as const },
    },
    [other]: { roles: { o: { policies: { p: [put] } } }, repositories: { far: {} } },
  };
  const tree = {
    policies: {
      Guard: [
        {
          Effect: 'Deny',
          Action: 'ecr:PutImage',
          Resource: '*',
          Condition: { StringEquals: { 'aws:ResourceTag/team': 'a' } },
        },
      ],
    },
    scps: ['FullAWSAccess', 'Guard'],
  };
  const parts = partsOf(scene, { tree });
  const whole = withParts(parts);
  const files = parts.map(({ path }) => path).filter((path) => path !== 'snapshot.json' && !path.includes('providers'));

  test.each(files)('%s is missing in the earlier or the later snapshot, or in both', (path) => {
    const less = withParts(parts.filter((part) => part.path !== path));
    for (const [before, after, unreadIn] of [
      [less, whole, 'before'],
      [whole, less, 'after'],
      [less, less, 'both'],
    ] as const) {
      const found = driftOf(before, after);
      expect([found.differences, found.access.drifts]).toEqual([[], []]);
      expect(found.notKnown.some((each) => each.unreadIn === unreadIn)).toBe(true);
    }
  });

  test('a repository policy that was refused is not known, by name, and so is the access that rests on it', () => {
    const gap = {
      accountId: shop,
      region: 'eu-west-1',
      source: 'ecr:GetRepositoryPolicy',
      resource: repository('app'),
      reason: 'accessDenied' as const,
      message: 'access denied',
    };
    const found = driftOf(whole, side(scene, { tree, gaps: [gap] }));
    expect(found.access.drifts).toEqual([]);
    expect(found.notKnown.filter(({ accountId }) => accountId === shop)).toMatchObject([
      { what: 'repositoryPolicy', resource: repository('app'), unreadIn: 'after', gap: { message: 'access denied' } },
    ]);
    expect(toldCells(found.access).open.size).toBeGreaterThan(0);
    expect(found.access.notKnown.every(({ unread }) => unread.length > 0)).toBe(true);
  });

  test('what differs beside the gap is drift all the same', () => {
    const before = side({ [shop]: holding(), [other]: {} });
    const after = side(
      { [shop]: holding(list), [other]: {} },
      { raw: { [`accounts/${other}/account-authorization-details.json`]: null } },
    );
    expect(driftLines(driftOf(before, after))).toEqual(['r granted ecr:ListImages app because inlinePolicy added']);
  });

  test('a policy that somebody has and whose document is missing leaves open what it may allow', () => {
    const found = between(
      { ...app, managed: { P: [put] }, roles: { r: { managed: ['P'] } } },
      { ...app, roles: { r: { managed: ['P'] } } },
    );
    expect(found.access.drifts).toEqual([]);
    expect(found.notKnown.filter(({ accountId }) => accountId === shop)).toMatchObject([
      { what: 'managedPolicy', resource: `arn:aws:iam::${shop}:policy/P`, unreadIn: 'after' },
    ]);
  });

  test('a policy scope that was not read leaves open what a registry policy does', () => {
    const found = driftOf(one(scoped('V1')), one(scoped(null)));
    expect([found.differences, found.access.drifts]).toEqual([[], []]);
    const changed = driftOf(one(scoped('V1')), one({ ...scoped(null), roles: { r: {} } }));
    expect(changed.access.drifts).toEqual([]);
    expect(changed.access.notKnown).toMatchObject([{ mayBe: 'revoked', unread: ['the policy scope of the registry'] }]);
  });
});

test('of two roles that bring the same, the one that a policy named alone loses what it gave', () => {
  const roles = { r: {}, same: {} };
  const before = one({ repositories: { app: { policy: [admit({ AWS: role('r') }, 'ecr:PutImage')] } }, roles });
  const after = one({ repositories: { app: {} }, roles });
  expect([...evaluateSnapshot(after.snapshot).access].length).toBeGreaterThan(0);
  expect(driftLines(driftOf(before, after))).toEqual(['r revoked ecr:PutImage app because repositoryPolicy removed']);
});
