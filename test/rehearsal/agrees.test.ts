import { describe, expect, test } from 'vitest';
import { expandOrganization } from '../conformance/expand.ts';
import type { CompactAccount, CompactOrganization } from '../conformance/schema.ts';
import { commonPrincipals, evaluatedDifferences, rehearsed, rehearsedDifferences } from './both-ways.ts';

const shop = '111111111111';
const tools = '222222222222';
const stranger = '888888888888';
const pull = ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'];
const inOffice = { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } };
const allow = (action: string | readonly string[], more: object = {}) => ({
  Effect: 'Allow',
  Action: typeof action === 'string' ? action : [...action],
  Resource: '*',
  ...more,
});
const everything = [allow('*')];
const pulling = [allow([...pull, 'ecr:GetAuthorizationToken'])];
const document = (statements: readonly object[]) => ({ Version: '2012-10-17', Statement: [...statements] });
const noPush = [{ Effect: 'Deny', Action: 'ecr:PutImage', Resource: '*' }];
const noPushOfAnybody = [{ ...noPush[0], Principal: '*' }];
const readOnly = 'arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryReadOnly';

const policies = { noPush, noPushOfAnybody, everything };

interface Parts {
  readonly shop?: Partial<CompactAccount>;
  readonly tools?: Partial<CompactAccount>;
  readonly tree?: CompactOrganization['tree'];
}

/** Two accounts with groups, boundaries, sessions, services, strangers and conditions. */
function organization(parts: Parts = {}): CompactOrganization {
  const own: CompactAccount = {
    users: {
      alice: { managed: ['Push'], groups: ['builders'] },
      bob: { policies: { all: [allow('ecr:*', { Condition: inOffice })] }, boundary: 'Fence' },
      carol: { groups: ['builders'] },
    },
    roles: {
      deploy: { managed: [readOnly], policies: { write: [allow('ecr:PutImage')] } },
      ci: { managed: ['Push'], boundary: 'Fence', tags: { team: 'app' } },
    },
    groups: { builders: { managed: ['Push'], policies: { look: [allow('ecr:Describe*')] } } },
    managed: {
      Push: [
        allow('ecr:*', { Resource: `arn:aws:ecr:*:${shop}:repository/team/*` }),
        allow('ecr:GetAuthorizationToken'),
      ],
      Fence: [allow('ecr:*')],
      [readOnly]: pulling,
    },
    repositories: {
      'team/app': {
        policy: [
          { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${tools}:root` }, Action: pull },
          { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: pull },
          { Effect: 'Allow', Principal: { AWS: `arn:aws:sts::${shop}:assumed-role/deploy/release` }, Action: 'ecr:*' },
        ],
      },
      'team/base': { policy: [{ Effect: 'Allow', Principal: '*', Action: pull, Condition: inOffice }] },
      free: {},
    },
    regions: { 'us-east-1': { repositories: { 'team/far': {} } } },
    ...parts.shop,
  };
  return {
    accounts: {
      [shop]: own,
      [tools]: {
        roles: { scanner: { managed: [readOnly] } },
        managed: { [readOnly]: pulling },
        repositories: { image: {} },
        ...parts.tools,
      },
    },
    tree: parts.tree ?? { ous: { 'ou-r001-11111111': {} }, accounts: { [shop]: { ou: 'ou-r001-11111111' } }, policies },
  };
}

const before = organization();
const start = before.accounts[shop] ?? {};
const user = (name: string): string => `arn:aws:iam::${shop}:user/${name}`;
const role = (name: string): string => `arn:aws:iam::${shop}:role/${name}`;
const own = (name: string): string => `arn:aws:iam::${shop}:policy/${name}`;
const repository = (name: string): string => `arn:aws:ecr:eu-west-1:${shop}:repository/${name}`;
const ou = 'ou-r001-11111111';

const cases: readonly { title: string; changes: readonly object[]; after: CompactOrganization }[] = [
  {
    title: 'a new version of a managed policy, held directly, through a group, and beside a boundary',
    changes: [
      {
        change: 'putManagedPolicy',
        policy: own('Push'),
        document: document([allow('ecr:*', { Condition: inOffice })]),
      },
    ],
    after: organization({
      shop: { managed: { ...start.managed, Push: [allow('ecr:*', { Condition: inOffice })] } },
    }),
  },
  {
    title: 'a new version of a policy of AWS, in every account that holds it',
    changes: [{ change: 'putManagedPolicy', policy: readOnly, document: document([allow('ecr:*')]) }],
    after: organization({
      shop: { managed: { ...start.managed, [readOnly]: [allow('ecr:*')] } },
      tools: { managed: { [readOnly]: [allow('ecr:*')] } },
    }),
  },
  {
    title: 'a new version of a boundary',
    changes: [{ change: 'putManagedPolicy', policy: own('Fence'), document: document(pulling) }],
    after: organization({ shop: { managed: { ...start.managed, Fence: pulling } } }),
  },
  {
    title: 'a managed policy that is gone',
    changes: [{ change: 'deleteManagedPolicy', policy: own('Push') }],
    after: organization({
      shop: {
        users: { ...start.users, alice: { groups: ['builders'] } },
        roles: { ...start.roles, ci: { boundary: 'Fence', tags: { team: 'app' } } },
        groups: { builders: { policies: { look: [allow('ecr:Describe*')] } } },
      },
    }),
  },
  {
    title: 'a policy attached to a user, and one detached from a group',
    changes: [
      { change: 'attachManagedPolicy', policy: readOnly, identity: user('carol') },
      { change: 'detachManagedPolicy', policy: own('Push'), identity: `arn:aws:iam::${shop}:group/builders` },
    ],
    after: organization({
      shop: {
        users: { ...start.users, carol: { groups: ['builders'], managed: [readOnly] } },
        groups: { builders: { policies: { look: [allow('ecr:Describe*')] } } },
      },
    }),
  },
  {
    title: 'a policy that is made and then attached',
    changes: [
      { change: 'putManagedPolicy', policy: own('Delete'), document: document([allow('ecr:BatchDeleteImage')]) },
      { change: 'attachManagedPolicy', policy: own('Delete'), identity: role('deploy') },
    ],
    after: organization({
      shop: {
        managed: { ...start.managed, Delete: [allow('ecr:BatchDeleteImage')] },
        roles: { ...start.roles, deploy: { ...start.roles?.['deploy'], managed: [readOnly, 'Delete'] } },
      },
    }),
  },
  {
    title: 'inline policies of a user, a role with a session that a policy names, and a group',
    changes: [
      { change: 'putInlinePolicy', identity: user('bob'), name: 'all', document: document(pulling) },
      { change: 'deleteInlinePolicy', identity: role('deploy'), name: 'write' },
      {
        change: 'putInlinePolicy',
        identity: `arn:aws:iam::${shop}:group/builders`,
        name: 'no',
        document: document(noPush),
      },
    ],
    after: organization({
      shop: {
        users: { ...start.users, bob: { policies: { all: pulling }, boundary: 'Fence' } },
        roles: { ...start.roles, deploy: { managed: [readOnly] } },
        groups: { builders: { managed: ['Push'], policies: { look: [allow('ecr:Describe*')], no: noPush } } },
      },
    }),
  },
  {
    title: 'a boundary that is put in place, and one that is taken away',
    changes: [
      { change: 'putPermissionsBoundary', identity: role('deploy'), policy: readOnly },
      { change: 'deletePermissionsBoundary', identity: user('bob') },
    ],
    after: organization({
      shop: {
        users: { ...start.users, bob: { policies: { all: [allow('ecr:*', { Condition: inOffice })] } } },
        roles: { ...start.roles, deploy: { ...start.roles?.['deploy'], boundary: readOnly } },
      },
    }),
  },
  {
    title: 'a repository policy for other principals than before',
    changes: [
      {
        change: 'setRepositoryPolicy',
        repository: repository('team/app'),
        document: document([
          { Effect: 'Allow', Principal: { AWS: [role('ci'), `arn:aws:iam::${stranger}:root`] }, Action: pull },
        ]),
      },
      { change: 'deleteRepositoryPolicy', repository: repository('team/base') },
    ],
    after: organization({
      shop: {
        repositories: {
          ...start.repositories,
          'team/app': {
            policy: [
              { Effect: 'Allow', Principal: { AWS: [role('ci'), `arn:aws:iam::${stranger}:root`] }, Action: pull },
            ],
          },
          'team/base': {},
        },
      },
    }),
  },
  {
    title: 'a registry policy',
    changes: [
      {
        change: 'putRegistryPolicy',
        account: shop,
        region: 'eu-west-1',
        document: document([{ Effect: 'Deny', Principal: '*', Action: 'ecr:Describe*', Resource: '*' }]),
      },
    ],
    after: organization({
      shop: { registry: { policy: [{ Effect: 'Deny', Principal: '*', Action: 'ecr:Describe*', Resource: '*' }] } },
    }),
  },
  {
    title: 'an SCP that is attached to a unit, and the full access of an account taken away after another one came',
    changes: [
      { change: 'attachServiceControlPolicy', name: 'noPush', target: ou, document: document(noPush) },
      { change: 'attachServiceControlPolicy', name: 'everything', target: tools, document: document(everything) },
      { change: 'detachServiceControlPolicy', name: 'FullAWSAccess', target: tools },
    ],
    after: organization({
      tree: {
        ous: { [ou]: { scps: ['FullAWSAccess', 'noPush'] } },
        accounts: { [shop]: { ou }, [tools]: { scps: ['everything'] } },
        policies,
      },
    }),
  },
  {
    title: 'an RCP over one account, for callers of every account',
    changes: [
      {
        change: 'attachResourceControlPolicy',
        name: 'noPushOfAnybody',
        target: shop,
        document: document(noPushOfAnybody),
      },
    ],
    after: organization({
      tree: { ous: { [ou]: {} }, accounts: { [shop]: { ou, rcps: ['noPushOfAnybody'] } }, policies },
    }),
  },
];

describe('a rehearsal says of every cell what evaluating both snapshots whole says', () => {
  test.each(cases)('$title', ({ changes, after }) => {
    const parts = expandOrganization(before);
    const changed = expandOrganization(after);
    const expected = evaluatedDifferences(parts, changed);
    expect(expected.size).toBeGreaterThan(0);
    const found = rehearsedDifferences(rehearsed(parts, changes), commonPrincipals(parts, changed));
    expect(Object.fromEntries(found)).toEqual(Object.fromEntries(expected));
  });

  test('and back: an SCP and an RCP that change, and are deleted', () => {
    const tree = {
      ous: { [ou]: { scps: ['FullAWSAccess', 'noPush'] } },
      accounts: { [shop]: { ou, rcps: ['noPushOfAnybody'] } },
      policies,
    };
    const parts = expandOrganization(organization({ tree }));
    const changes = [
      { change: 'deleteServiceControlPolicy', name: 'noPush' },
      {
        change: 'putResourceControlPolicy',
        name: 'noPushOfAnybody',
        document: document([{ Effect: 'Deny', Principal: '*', Action: 'ecr:Get*', Resource: '*' }]),
      },
    ];
    const changed = expandOrganization(
      organization({
        tree: {
          ous: { [ou]: {} },
          accounts: { [shop]: { ou, rcps: ['noPushOfAnybody'] } },
          policies: {
            ...policies,
            noPushOfAnybody: [{ Effect: 'Deny', Principal: '*', Action: 'ecr:Get*', Resource: '*' }],
          },
        },
      }),
    );
    const expected = evaluatedDifferences(parts, changed);
    const found = rehearsedDifferences(rehearsed(parts, changes));
    expect(Object.fromEntries(found)).toEqual(Object.fromEntries(expected));
    expect([...expected.values()].some((text) => text.startsWith('denied'))).toBe(true);
  });
});
