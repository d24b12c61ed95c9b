import * as documents from './documents.ts';
import { ecr, text } from './events.ts';
import type { Step } from './step.ts';
import { accountOf, REGION, REGISTRY, repositoryOf } from './world.ts';

const api = `repository:arn:aws:ecr:${REGION}:${REGISTRY}:repository/app/api`;
const web = `repository:arn:aws:ecr:${REGION}:${REGISTRY}:repository/app/web`;
const registry = `registry:${REGISTRY}/${REGION}`;
const apiArn = api.slice('repository:'.length);

/** Repositories and registries. */
export const registrySteps: readonly Step[] = [
  {
    name: 'a repository gets its first policy',
    after: (state) => (repositoryOf(state, 'app/web').policy = documents.workloadPulls),
    events: [
      ecr('set', 'SetRepositoryPolicy', { repositoryName: 'app/web', policyText: text(documents.workloadPulls) }),
    ],
    expected: { [`repositoryPolicy added ${web}`]: ['set'] },
  },
  {
    name: 'a repository policy is written anew, and ECR gives it back in its own form',
    after: (state) => (repositoryOf(state).policy = documents.workloadPushes),
    events: [
      ecr(
        'set',
        'SetRepositoryPolicy',
        { repositoryName: 'app/api', policyText: text(documents.workloadPushesAsWritten) },
        { response: { repositoryName: 'app/api', policyText: JSON.stringify(documents.workloadPushes, null, 2) } },
      ),
    ],
    expected: { [`repositoryPolicy changed ${api}`]: ['set'] },
  },
  {
    name: 'a repository policy is written anew, and the answer was not recorded',
    after: (state) => (repositoryOf(state).policy = documents.workloadPushes),
    events: [
      ecr('set', 'SetRepositoryPolicy', {
        repositoryName: 'app/api',
        policyText: text(documents.workloadPushesAsWritten),
      }),
    ],
    expected: { [`repositoryPolicy changed ${api}`]: ['set'] },
  },
  {
    name: 'a repository policy is deleted',
    after: (state) => (repositoryOf(state).policy = null),
    events: [ecr('delete', 'DeleteRepositoryPolicy', { repositoryName: 'app/api' })],
    expected: { [`repositoryPolicy removed ${api}`]: ['delete'] },
  },
  {
    name: 'a repository is tagged',
    after: (state) => (repositoryOf(state).tags = [{ Key: 'Team', Value: 'web' }]),
    events: [ecr('tag', 'TagResource', { resourceArn: apiArn, tags: [{ key: 'Team', value: 'web' }] })],
    expected: { [`repositoryTags changed ${api}`]: ['tag'] },
  },
  {
    name: 'a tag of a repository is taken away',
    after: (state) => (repositoryOf(state).tags = []),
    events: [ecr('untag', 'UntagResource', { resourceArn: apiArn, tagKeys: ['Team'] })],
    expected: { [`repositoryTags removed ${api}`]: ['untag'] },
  },
  {
    name: 'a repository is made with a tag',
    after: (state) =>
      accountOf(state, REGISTRY).repositories.push({
        name: 'app/new',
        createdAt: '2026-11-01T10:00:00Z',
        policy: null,
        tags: [{ Key: 'Team', Value: 'new' }],
      }),
    events: [ecr('create', 'CreateRepository', { repositoryName: 'app/new', tags: [{ key: 'Team', value: 'new' }] })],
    expected: {
      [`repository added ${api.replace('api', 'new')}`]: ['create'],
      [`repositoryTags added ${api.replace('api', 'new')}`]: ['create'],
    },
  },
  {
    name: 'a repository is deleted',
    after: (state) => {
      const account = accountOf(state, REGISTRY);
      account.repositories = account.repositories.filter(({ name }) => name !== 'app/api');
    },
    events: [ecr('delete', 'DeleteRepository', { repositoryName: 'app/api', force: true })],
    expected: {
      [`repository removed ${api}`]: ['delete'],
      [`repositoryPolicy removed ${api}`]: ['delete'],
      [`repositoryTags removed ${api}`]: ['delete'],
    },
  },
  {
    name: 'a repository is deleted and made again without its policy',
    after: (state) => Object.assign(repositoryOf(state), { createdAt: '2026-11-01T11:00:00Z', policy: null, tags: [] }),
    events: [
      ecr('delete', 'DeleteRepository', { repositoryName: 'app/api', force: true }),
      ecr('create', 'CreateRepository', { repositoryName: 'app/api' }, { at: '11:00' }),
    ],
    expected: {
      [`repository changed ${api}`]: ['create'],
      [`repositoryPolicy removed ${api}`]: ['create'],
      [`repositoryTags removed ${api}`]: ['create'],
    },
    earlier: ['delete'],
  },
  {
    name: 'a registry policy is written anew',
    after: (state) => (accountOf(state, REGISTRY).registry.policy = documents.cacheFillsAll),
    events: [ecr('put', 'PutRegistryPolicy', { policyText: text(documents.cacheFillsAll) })],
    expected: { [`registryPolicy changed ${registry}`]: ['put'] },
  },
  {
    name: 'a registry policy is deleted',
    after: (state) => (accountOf(state, REGISTRY).registry.policy = null),
    events: [ecr('delete', 'DeleteRegistryPolicy', {})],
    expected: { [`registryPolicy removed ${registry}`]: ['delete'] },
  },
  {
    name: 'a registry gets its first policy',
    before: (state) => (accountOf(state, REGISTRY).registry.policy = null),
    after: (state) => (accountOf(state, REGISTRY).registry.policy = documents.cacheFills),
    events: [ecr('put', 'PutRegistryPolicy', { policyText: text(documents.cacheFills) })],
    expected: { [`registryPolicy added ${registry}`]: ['put'] },
  },
  {
    name: 'the registry policy is heeded for all actions',
    after: (state) => (accountOf(state, REGISTRY).registry.settings['REGISTRY_POLICY_SCOPE'] = 'V2'),
    events: [ecr('scope', 'PutAccountSetting', { name: 'REGISTRY_POLICY_SCOPE', value: 'V2' })],
    expected: { [`registryScope changed ${registry}`]: ['scope'] },
  },
  {
    name: 'images are replicated to another region',
    after: (state) =>
      (accountOf(state, REGISTRY).registry.replicationConfiguration = {
        rules: [{ destinations: [{ region: 'eu-central-1', registryId: REGISTRY }] }],
      }),
    events: [
      ecr('replicate', 'PutReplicationConfiguration', {
        replicationConfiguration: { rules: [{ destinations: [{ region: 'eu-central-1', registryId: REGISTRY }] }] },
      }),
    ],
    expected: { [`registrySetting changed ${registry}`]: ['replicate'] },
  },
  {
    name: 'a pull-through cache rule is made',
    after: (state) =>
      accountOf(state, REGISTRY).registry.pullThroughCacheRules.push({
        ecrRepositoryPrefix: 'quay',
        upstreamRegistryUrl: 'quay.io',
      }),
    events: [
      ecr('rule', 'CreatePullThroughCacheRule', { ecrRepositoryPrefix: 'quay', upstreamRegistryUrl: 'quay.io' }),
    ],
    expected: { [`registrySetting changed ${registry}`]: ['rule'] },
  },
  {
    name: 'a pull-through cache rule is deleted',
    after: (state) => (accountOf(state, REGISTRY).registry.pullThroughCacheRules = []),
    events: [ecr('rule', 'DeletePullThroughCacheRule', { ecrRepositoryPrefix: 'docker-hub' })],
    expected: { [`registrySetting changed ${registry}`]: ['rule'] },
  },
  {
    name: 'a creation template gives new repositories a policy',
    after: (state) =>
      (accountOf(state, REGISTRY).registry.repositoryCreationTemplates = [
        { prefix: 'cache', appliedFor: ['PULL_THROUGH_CACHE'], repositoryPolicy: text(documents.workloadPulls) },
      ]),
    events: [
      ecr('template', 'UpdateRepositoryCreationTemplate', {
        prefix: 'cache',
        repositoryPolicy: text(documents.workloadPulls),
      }),
    ],
    expected: { [`registrySetting changed ${registry}`]: ['template'] },
  },
];
