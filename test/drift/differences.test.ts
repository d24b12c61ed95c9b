import { describe, expect, test } from 'vitest';
import type { CompactAccount, CompactTree } from '../conformance/schema.ts';
import { admit, allow, between, differenceLines, one, other, place, repository, role, shop, side } from './scene.ts';
import { driftOf } from './drifted-cells.ts';

const trusting = (service: string): CompactAccount => ({ roles: { r: {} }, users: { [service]: {} } });
const rule = (region: string): object => ({ destinations: [{ region, registryId: shop }] });
const letting = (name: string | string[]): CompactAccount => ({
  repositories: { app: { policy: [admit({ AWS: name }, 'ecr:PutImage')] } },
});
const registry = (replicationConfiguration: object, scanType = 'BASIC'): ReturnType<typeof one> =>
  one(
    {},
    {
      raw: {
        [`${place}/registry.json`]: {
          registryPolicy: null,
          accountSettings: { REGISTRY_POLICY_SCOPE: 'V2' },
          ...JSON.parse(JSON.stringify({ replicationConfiguration })),
          pullThroughCacheRules: [],
          repositoryCreationTemplates: [],
          scanningConfiguration: { scanType, rules: [] },
        },
      },
    },
  );

const list = allow('ecr:ListImages');
const push = allow('ecr:PutImage');
const aws = 'arn:aws:iam::aws:policy/Own';
const own = `arn:aws:iam::${shop}:policy/P`;
const arn = repository('app');

const ofAccount: [string, CompactAccount, CompactAccount, string[]][] = [
  [
    'an inline policy of a role',
    { roles: { r: {} } },
    { roles: { r: { policies: { p: [list] } } } },
    [`inlinePolicy added role:${shop}/r`],
  ],
  [
    'one of a user that says something else',
    { users: { u: { policies: { p: [list] } } } },
    { users: { u: { policies: { p: [push] } } } },
    [`inlinePolicy changed user:${shop}/u`],
  ],
  [
    'one of a group',
    { groups: { g: { policies: { p: [list] } } } },
    { groups: { g: {} } },
    [`inlinePolicy removed group:${shop}/g`],
  ],
  [
    'a policy that is attached',
    { roles: { r: {} }, managed: { P: [list] } },
    { roles: { r: { managed: ['P'] } }, managed: { P: [list] } },
    [`attachment added role:${shop}/r policy:${own}`],
  ],
  [
    "one of AWS's own, which is listed where it is attached alone",
    { roles: { r: { managed: [aws] } }, managed: { [aws]: [list] } },
    { roles: { r: {} } },
    [`attachment removed role:${shop}/r policy:${aws}`],
  ],
  [
    'a managed policy that says something else',
    { managed: { P: [list] } },
    { managed: { P: [push] } },
    [`managedPolicy changed policy:${own}`],
  ],
  ['one that is made', {}, { managed: { P: [push] } }, [`managedPolicy added policy:${own}`]],
  [
    "one of AWS's own that AWS changed",
    { roles: { r: { managed: [aws] } }, managed: { [aws]: [list] } },
    { roles: { r: { managed: [aws] } }, managed: { [aws]: [push] } },
    [`managedPolicy changed policy:${aws}`],
  ],
  [
    'a boundary',
    { roles: { r: { boundary: 'P' } }, managed: { P: [list] } },
    { roles: { r: {} }, managed: { P: [list] } },
    [`boundary removed role:${shop}/r policy:${own}`],
  ],
  [
    'a membership',
    { users: { u: {} }, groups: { g: {} } },
    { users: { u: { groups: ['g'] } }, groups: { g: {} } },
    [`groupMembership added user:${shop}/u group:${shop}/g`],
  ],
  [
    'tags of a principal',
    { roles: { r: { tags: { team: 'a' } } } },
    { roles: { r: { tags: { team: 'b' } } } },
    [`principalTags changed role:${shop}/r`],
  ],
  ['a group', {}, { groups: { g: {} } }, [`group added group:${shop}/g`]],
  ['a user that is deleted', { users: { u: {} } }, {}, [`principal removed user:${shop}/u`]],
  [
    'a role that is deleted and made again',
    { roles: { r: { id: 'AROAONE0000000000001' } } },
    { roles: { r: { id: 'AROATWO0000000000002' } } },
    [`principal changed role:${shop}/r`],
  ],
  [
    'a user that is renamed, with what it has',
    { users: { u: { id: 'AIDAONE0000000000001', policies: { p: [list] }, tags: { a: 'b' } } } },
    { users: { v: { id: 'AIDAONE0000000000001', policies: { p: [list] }, tags: { a: 'b' } } } },
    [`principal changed user:${shop}/u user:${shop}/v`],
  ],
  [
    'a repository policy',
    {},
    { repositories: { app: { policy: [admit('*', 'ecr:PutImage')] } } },
    [`repositoryPolicy added repository:${arn}`],
  ],
  [
    'tags of a repository',
    { repositories: { app: { tags: { team: 'a' } } } },
    {},
    [`repositoryTags removed repository:${arn}`],
  ],
  ['a repository', { repositories: { app: {}, two: {} } }, {}, [`repository removed repository:${repository('two')}`]],
  [
    'a registry policy',
    {},
    { registry: { policy: [{ ...admit('*', 'ecr:PutImage'), Resource: '*' }] } },
    [`registryPolicy added registry:${shop}/eu-west-1`],
  ],
  [
    'the policy scope',
    { registry: { scope: 'V1' } },
    { registry: { scope: 'V2' } },
    [`registryScope changed registry:${shop}/eu-west-1`],
  ],
];

test.each(ofAccount)('%s is one difference', (_, before, after, expected) => {
  expect(
    differenceLines(between({ repositories: { app: {} }, ...before }, { repositories: { app: {} }, ...after })),
  ).toEqual(expected);
});

const guard = [{ Effect: 'Deny', Action: 'ecr:*', Resource: '*' }];
const guarded = (tree: CompactTree): CompactTree => ({
  ous: { 'ou-r001-aaaaaaaa': {}, 'ou-r001-bbbbbbbb': {} },
  ...tree,
});
const id = (lines: readonly string[]): string[] => lines.map((line) => line.replaceAll(/p-\w+/g, 'p-?'));

const ofOrganization: [string, CompactTree, CompactTree, string[]][] = [
  [
    'an SCP that says something else',
    { policies: { Guard: guard }, scps: ['FullAWSAccess', 'Guard'] },
    { policies: { Guard: [{ ...guard[0], Action: 'ecr:PutImage' }] }, scps: ['FullAWSAccess', 'Guard'] },
    ['scp changed organizationPolicy:p-?'],
  ],
  [
    'an SCP that is attached to a unit',
    { policies: { Guard: guard }, scps: ['FullAWSAccess', 'Guard'] },
    {
      policies: { Guard: guard },
      scps: ['FullAWSAccess', 'Guard'],
      accounts: { [shop]: { scps: ['FullAWSAccess', 'Guard'] } },
    },
    [`organizationAttachment added organizationPolicy:p-? target:${shop}`],
  ],
  [
    'an account that moves',
    { accounts: { [shop]: { ou: 'ou-r001-aaaaaaaa' } } },
    { accounts: { [shop]: { ou: 'ou-r001-bbbbbbbb' } } },
    [`accountMoved changed target:${shop} target:ou-r001-aaaaaaaa target:ou-r001-bbbbbbbb`],
  ],
];

test.each(ofOrganization)('%s is one difference', (_, before, after, expected) => {
  const [a, b] = [before, after].map((tree) => one({}, { tree: guarded(tree) }));
  expect(a === undefined || b === undefined ? [] : id(differenceLines(driftOf(a, b)))).toEqual(expected);
});

test('the account and its place are told of one that joins', () => {
  const [a, b] = [{ omit: [other] }, {}].map((tree) => side({ [shop]: {}, [other]: {} }, { tree }));
  const lines = a === undefined || b === undefined ? [] : differenceLines(driftOf(a, b));
  expect(lines).toContain(`account added target:${other}`);
});

describe('settings of a registry', () => {
  test('are told by their names, and scanning is not about access', () => {
    const { differences } = driftOf(registry({ rules: [] }), registry({ rules: [rule('us-east-1')] }, 'ENHANCED'));
    expect(differences).toMatchObject([
      {
        kind: 'registrySetting',
        subjects: [expect.any(String), 'setting:replicationConfiguration'],
        concernsEcr: true,
      },
      { kind: 'registrySetting', subjects: [expect.any(String), 'setting:scanningConfiguration'], concernsEcr: false },
    ]);
  });

  test('are the same in another order', () => {
    const [a, b] = [rule('us-east-1'), rule('us-west-2')];
    expect(driftOf(registry({ rules: [a, b] }), registry({ rules: [b, a] })).differences).toEqual([]);
  });
});

describe('a trust policy', () => {
  test('is told where it is another', () => {
    const parts = one(trusting('u')).parts;
    const later = parts.map((part) => ({
      ...part,
      content: part.content.replaceAll('ec2.amazonaws.com', 'ecs-tasks.amazonaws.com'),
    }));
    const [before, after] = [parts, later].map((each) => ({ ...one(trusting('u')), parts: each }));
    expect(before === undefined || after === undefined ? [] : differenceLines(driftOf(before, after))).toEqual([
      `trust changed role:${shop}/r`,
    ]);
  });
});

describe('statements', () => {
  test('are told as they are written, added and removed', () => {
    const before = { roles: { r: { policies: { p: [list] } } } };
    const after = { roles: { r: { policies: { p: [{ ...push, Sid: 'Push' }] } } } };
    expect(between(before, after).differences).toMatchObject([
      {
        policy: `${role('r')}#inline:p`,
        statements: [
          { change: 'removed', effect: 'Allow', actions: ['ecr:ListImages'] },
          { change: 'added', sid: 'Push', statement: { Action: 'ecr:PutImage', Sid: 'Push' } },
        ],
      },
    ]);
  });

  test('about other services do not concern ECR', () => {
    const { differences, access } = between(
      { roles: { r: { policies: { p: [list] } } } },
      { roles: { r: { policies: { p: [list, allow('s3:*')] } } } },
    );
    expect(differences).toMatchObject([{ statements: [], concernsEcr: false }]);
    expect(access.drifts).toEqual([]);
  });
});

describe('an ARN that became a unique id is the deletion of that principal, and no edit', () => {
  test('of an account that both have read', () => {
    const found = between(
      { roles: { r: { id: 'AROAONE0000000000001' } }, ...letting(role('r')) },
      letting('AROAONE0000000000001'),
    );
    expect(differenceLines(found)).toEqual([`principal removed role:${shop}/r`, `trust removed role:${shop}/r`]);
  });

  test('of an account that nobody reads, since there is one such ARN and one such id', () => {
    const found = between(letting([role('r', other), shop]), letting([shop, 'AROAONE0000000000001']));
    expect(differenceLines(found)).toEqual([`principal removed role:${other}/r`]);
    expect(found.differences[0]?.before).toBe(`${role('r', other)} AROAONE0000000000001`);
  });

  test('beside an edit, which is told without it', () => {
    const found = between(
      { roles: { r: { id: 'AROAONE0000000000001' } }, ...letting(role('r')) },
      letting(['AROAONE0000000000001', other]),
    );
    expect(differenceLines(found)).toEqual([
      `principal removed role:${shop}/r`,
      `repositoryPolicy changed repository:${arn}`,
      `trust removed role:${shop}/r`,
    ]);
  });

  test('and an id that could be several of them is told as an edit', () => {
    const found = between(
      letting([role('r', other), role('s', other)]),
      letting(['AROAONE0000000000001', 'AROATWO0000000000002']),
    );
    expect(differenceLines(found)).toEqual([`repositoryPolicy changed repository:${arn}`]);
  });
});
