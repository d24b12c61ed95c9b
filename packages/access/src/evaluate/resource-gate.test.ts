import { parsePolicyDocument } from '@ecr-audit/policy';
import { describe, expect, test } from 'vitest';

import type { NamedDocument, RegistrySnapshot, RepositoryPolicy, Snapshot } from '../snapshot/model.ts';
import type { LimitCode } from './limits.ts';
import { resourcePolicies, resourceTraits } from './resource-gate.ts';
import type { Target } from './target.ts';

const OURS = '111122223333';
const REPOSITORY = `arn:aws:ecr:eu-west-1:${OURS}:repository/app`;

function named(policy: string): NamedDocument {
  const statement = { Effect: 'Allow', Principal: '*', Action: 'ecr:*', Resource: '*' };
  return { policy, document: parsePolicyDocument({ Version: '2012-10-17', Statement: statement }, 'resource') };
}

interface Given {
  readonly target?: Partial<Target>;
  readonly action?: string;
  readonly registries?: Readonly<Record<string, RegistrySnapshot>>;
}

const ownRegistry: RegistrySnapshot = { policy: { kind: 'policy', named: named('registry') }, scope: 'V2' };
const REGISTRY_ONLY: Partial<Target> = { resource: '*', repository: null };

function targetWith(policy: RepositoryPolicy): Target {
  return {
    accountId: OURS,
    region: 'eu-west-1',
    resource: REPOSITORY,
    repository: { arn: REPOSITORY, accountId: OURS, region: 'eu-west-1', name: 'app', policy, tags: [] },
    isListed: true,
  };
}

/** The policies that have a say, what of them was not read, and the limits. */
function resource(given: Given): unknown {
  const registries = Object.entries(given.registries ?? { 'eu-west-1': ownRegistry });
  const regions = new Map(
    registries.map(([region, registry]) => [region, { region, repositories: new Map(), registry }]),
  );
  const snapshot: Snapshot = {
    takenAt: '2026-11-09T06:00:00Z',
    partition: 'aws',
    gaps: [],
    organization: null,
    accounts: new Map([[OURS, { id: OURS, iam: null, regions, cloudTrailWindows: new Map() }]]),
    problems: [],
  };
  const limits: LimitCode[] = [];
  const { sources, unread } = resourcePolicies(
    {
      snapshot,
      target: { ...targetWith({ kind: 'policy', named: named('repository') }), ...given.target },
      action: given.action ?? 'ecr:PutImage',
    },
    limits,
  );
  return [[sources.map(({ policyType, policy, via }) => `${policyType} ${policy} via ${via}`), unread], limits];
}

function registryOf(given: Partial<RegistrySnapshot>): Given {
  return { target: REGISTRY_ONLY, registries: { 'eu-west-1': { ...ownRegistry, ...given } } };
}

describe("the resource's side", () => {
  test('is the policy of the repository and that of the registry', () => {
    expect(resource({})).toEqual([
      [['repository repository via repository', 'registry registry via registry'], []],
      [],
    ]);
  });

  test('is unread where the policy of the repository is, or its registry was not listed; with neither there is none', () => {
    const unreadPolicy = [
      [['registry registry via registry'], [`repository policy of ${REPOSITORY}`]],
      ['repositoryPolicyUnread'],
    ];
    expect(resource({ target: targetWith({ kind: 'unread' }) })).toEqual(unreadPolicy);
    expect(resource({ target: { repository: null, isListed: false } })).toEqual(unreadPolicy);
    const none = [[['registry registry via registry'], []], []];
    expect(resource({ target: { repository: null } })).toEqual(none);
    expect(resource({ target: targetWith({ kind: 'none' }) })).toEqual(none);
    expect(resource({ target: { ...REGISTRY_ONLY, isListed: false } })).toEqual(none);
  });

  test('has no policy of a repository that is yet to be made', () => {
    const none = [[['registry registry via registry'], []], []];
    expect(resource({ action: 'ECR:CreateRepository' })).toEqual(none);
    expect(resource({ action: 'ecr:CreateRepository', target: { repository: null, isListed: false } })).toEqual(none);
  });

  test('has the policy of the registry in scope V1 for three actions only, and never for the token', () => {
    const v1 = registryOf({ scope: 'V1' });
    const inForce = [[['registry registry via registry'], []], []];
    const none = [[[], []], []];
    for (const action of ['ecr:ReplicateImage', 'ecr:BatchImportUpstreamImage', 'ECR:createRepository']) {
      expect(resource({ ...v1, action })).toEqual(inForce);
    }
    expect(resource({ ...v1, action: 'ecr:PutImage' })).toEqual(none);
    expect(resource({ ...registryOf({}), action: 'ecr:getauthorizationtoken' })).toEqual(none);
  });

  test('says where scope or policy of the registry could not be read', () => {
    expect(resource(registryOf({ scope: null }))).toEqual([
      [['registry registry via registry'], []],
      ['registryScopeAssumed'],
    ]);
    expect(resource(registryOf({ scope: null, policy: { kind: 'none' } }))).toEqual([[[], []], []]);
    const unreadPolicy = [[[], [`registry policy of ${OURS} in eu-west-1`]], ['registryPolicyUnread']];
    expect(resource(registryOf({ policy: { kind: 'unread' } }))).toEqual(unreadPolicy);
    expect(resource({ target: REGISTRY_ONLY, registries: {} })).toEqual(unreadPolicy);
  });

  test('without a region may be that of any registry of the account, unless none of them has a policy', () => {
    const target = { ...REGISTRY_ONLY, region: null };
    const none: RegistrySnapshot = { policy: { kind: 'none' }, scope: 'V2' };
    const open = [[[], [`registry policy of ${OURS} in an unknown region`]], ['registryPolicyUnread']];
    expect(resource({ target })).toEqual(open);
    expect(resource({ target, registries: { 'eu-west-1': none, 'us-east-1': ownRegistry } })).toEqual(open);
    expect(resource({ target, registries: {} })).toEqual(open);
    expect(resource({ target: { ...target, accountId: '222233334444' } })).toEqual([
      [[], ['registry policy of 222233334444 in an unknown region']],
      ['registryPolicyUnread'],
    ]);
    expect(resource({ target, registries: { 'eu-west-1': none, 'us-east-1': none } })).toEqual([[[], []], []]);
  });
});

test('has the traits that decide which of the resource’s policies have a say, however it is spelled', () => {
  const traits = ['ecr:PutImage', 'ecr:GetAuthorizationToken', 'ecr:ReplicateImage', 'ecr:CreateRepository'];
  expect(new Set(traits.map(resourceTraits)).size).toBe(4);
  expect(resourceTraits('ECR:PUTIMAGE')).toBe(resourceTraits('ecr:BatchGetImage'));
  for (const action of traits) {
    expect(resourceTraits(action.toUpperCase())).toBe(resourceTraits(action));
  }
});
