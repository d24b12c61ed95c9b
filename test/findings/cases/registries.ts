import { expectText } from '../expect-text.ts';
import type { RuleCases } from '../rule-case.ts';
import { A, MEMBER, ORGANIZATION, region, rootOf, type Statement, STRANGER } from '../scene.ts';

const registry = `registry:${A}/${region}`;
const any = `arn:aws:ecr:${region}:${A}:repository/*`;
const allow = (Principal: unknown, Action: unknown, Condition?: object): Statement => ({
  Effect: 'Allow',
  Principal,
  Action,
  Resource: any,
  ...(Condition === undefined ? {} : { Condition }),
});
const to = (registryId: string, where: string = region): object => ({
  replicationConfiguration: { rules: [{ destinations: [{ region: where, registryId }] }] },
});
const template = (more: object, prefix = 'ROOT'): object => ({
  repositoryCreationTemplates: [{ prefix, appliedFor: ['CREATE_ON_PUSH'], ...more }],
});
const policy = (Principal: unknown, Condition?: object): string => {
  const statement = {
    Effect: 'Allow',
    Principal,
    Action: 'ecr:PutImage',
    ...(Condition === undefined ? {} : { Condition }),
  };
  return JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
};
const cache = (more: object = {}): object => ({
  pullThroughCacheRules: [{ ecrRepositoryPrefix: 'hub', upstreamRegistryUrl: 'registry-1.docker.io', ...more }],
});

export const registryCases: readonly RuleCases[] = [
  {
    rule: 'ECR-REG-REPL',
    finds: [
      {
        title: 'an account that nobody knows may replicate into the registry',
        scene: { registryPolicy: [allow({ AWS: rootOf(STRANGER) }, ['ecr:ReplicateImage', 'ecr:CreateRepository'])] },
        expected: [{ severity: 'high', resource: registry, principal: { arn: rootOf(STRANGER) } }],
      },
      {
        title: 'an account that nobody knows may, in a registry without repositories, under one prefix',
        scene: {
          repositories: {},
          registryPolicy: [
            { ...allow({ AWS: rootOf(STRANGER) }, 'ecr:ReplicateImage'), Resource: `${any.slice(0, -1)}mirror/*` },
          ],
        },
        expected: [{ severity: 'high', resource: registry, repositories: { count: 0 } }],
      },
    ],
    ignores: [
      { title: 'a member may', scene: { registryPolicy: [allow({ AWS: rootOf(MEMBER) }, 'ecr:ReplicateImage')] } },
      {
        title: 'an allowed account may',
        settings: { allowedAccounts: [STRANGER] },
        scene: { registryPolicy: [allow({ AWS: rootOf(STRANGER) }, 'ecr:ReplicateImage')] },
      },
    ],
  },
  {
    rule: 'ECR-REG-PTC',
    finds: [
      {
        title: 'everybody may fill the cache',
        scene: { registryPolicy: [allow('*', 'ecr:BatchImportUpstreamImage')] },
        expected: [{ severity: 'medium', resource: registry, title: expectText('anybody with an AWS account') }],
      },
    ],
    ignores: [
      {
        title: 'the organization may fill the cache',
        scene: {
          registryPolicy: [
            allow('*', 'ecr:BatchImportUpstreamImage', { StringEquals: { 'aws:PrincipalOrgID': ORGANIZATION } }),
          ],
        },
      },
    ],
  },
  {
    rule: 'ECR-REG-PTC-NEW',
    finds: [
      {
        title: 'a rule is new, with a credential that is not shown',
        scene: { registry: cache({ credentialArn: 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:x' }) },
        before: {},
        expected: [{ title: expectText('registry-1.docker.io'), what: expectText('a stored credential') }],
      },
      {
        title: 'a rule has another upstream',
        scene: { registry: cache({ upstreamRegistryUrl: 'quay.io' }) },
        before: { registry: cache() },
        expected: [{ what: expectText('was changed') }],
      },
    ],
    ignores: [
      { title: 'the rule was there before', scene: { registry: cache() }, before: { registry: cache() } },
      {
        title: 'the rules were not read before',
        scene: { registry: cache() },
        before: { registry: { pullThroughCacheRules: null } },
      },
    ],
  },
  {
    rule: 'ECR-REG-SCOPE',
    finds: [
      {
        title: 'the scope went back to V1',
        scene: { registry: { accountSettings: { REGISTRY_POLICY_SCOPE: 'V1' } } },
        before: {},
        expected: [{ severity: 'medium', resource: registry }],
      },
    ],
    ignores: [
      { title: 'it is the same', scene: {}, before: {} },
      { title: 'it was not read before', scene: {}, before: { registry: { accountSettings: {} } } },
    ],
  },
  {
    rule: 'ECR-REPL-OUT',
    finds: [
      {
        title: 'images go to an account that nobody knows',
        scene: { registry: to(STRANGER) },
        expected: [{ severity: 'high' }],
      },
    ],
    ignores: [{ title: 'they go to a member', scene: { registry: to(MEMBER) } }],
  },
  {
    rule: 'ECR-REPL-NEW',
    finds: [
      {
        title: 'a region of ours is new',
        scene: { registry: to(A, 'us-east-1') },
        before: {},
        expected: [{ severity: 'medium', title: expectText('now replicated') }],
      },
    ],
    ignores: [
      {
        title: 'the destination is not new',
        scene: { registry: to(A, 'us-east-1') },
        before: { registry: to(A, 'us-east-1') },
      },
      {
        title: 'the account is not ours, which ECR-REPL-OUT tells',
        scene: { registry: to(STRANGER) },
        before: {},
      },
      {
        title: 'the destinations were not read before',
        scene: { registry: to(A, 'us-east-1') },
        before: { registry: { replicationConfiguration: null } },
      },
    ],
  },
  {
    rule: 'ECR-TEMPLATE',
    finds: [
      {
        title: 'everybody may push to what it makes',
        scene: { registry: template({ repositoryPolicy: policy('*') }) },
        expected: [{ severity: 'high', title: expectText('anybody with an AWS account') }],
      },
      {
        title: 'another organization may',
        scene: {
          registry: template({
            repositoryPolicy: policy('*', { StringEquals: { 'aws:PrincipalOrgID': 'o-another9999' } }),
          }),
        },
        expected: [{ title: expectText('a condition on the organization') }],
      },
      {
        title: 'its role may push',
        scene: {
          roles: [
            {
              name: 'maker',
              id: 'AROAMAKEREXAMPLE00001',
              statements: [{ Effect: 'Allow', Action: 'ecr:*', Resource: '*' }],
            },
          ],
          registry: template({ customRoleArn: `arn:aws:iam::${A}:role/maker` }, 'hub'),
        },
        expected: [{ title: expectText('role/maker') }],
      },
    ],
    ignores: [
      {
        title: 'the organization may',
        scene: {
          registry: template({
            repositoryPolicy: policy('*', { StringEquals: { 'aws:PrincipalOrgID': ORGANIZATION } }),
          }),
        },
      },
      { title: 'a member may', scene: { registry: template({ repositoryPolicy: policy({ AWS: MEMBER }) }) } },
      { title: 'it has no policy', scene: { registry: template({}) } },
    ],
  },
  {
    rule: 'ECR-TAG-MUTABLE',
    finds: [
      {
        title: 'tags of production can be overwritten',
        scene: { settings: { imageTagMutability: 'MUTABLE' } },
        before: {},
        expected: [{ severity: 'high' }],
      },
      {
        title: 'there are more exceptions',
        scene: {
          settings: {
            imageTagMutability: 'IMMUTABLE_WITH_EXCLUSION',
            imageTagMutabilityExclusionFilters: [{ filterType: 'WILDCARD', filter: 'latest*' }],
          },
        },
        before: {},
        expected: [{ title: expectText('latest*') }],
      },
    ],
    ignores: [
      { title: 'they became immutable', scene: {}, before: { settings: { imageTagMutability: 'MUTABLE' } } },
      {
        title: 'it was not read before',
        scene: { settings: { imageTagMutability: 'MUTABLE' } },
        before: { repositories: {} },
      },
    ],
  },
  {
    rule: 'ECR-SCAN-OFF',
    finds: [
      {
        title: 'scan on push is off',
        scene: { settings: { imageScanningConfiguration: { scanOnPush: false } } },
        before: {},
        expected: [{ severity: 'medium' }],
      },
      {
        title: 'a rule of the registry is gone',
        scene: {},
        before: {
          registry: {
            scanningConfiguration: {
              scanType: 'ENHANCED',
              rules: [
                { scanFrequency: 'CONTINUOUS_SCAN', repositoryFilters: [{ filter: '*', filterType: 'WILDCARD' }] },
              ],
            },
          },
        },
        expected: [{ resource: registry }],
      },
    ],
    ignores: [
      { title: 'it is on', scene: {}, before: { settings: { imageScanningConfiguration: { scanOnPush: false } } } },
      { title: 'it was not read', scene: { settings: { imageScanningConfiguration: {} } }, before: {} },
    ],
  },
];
