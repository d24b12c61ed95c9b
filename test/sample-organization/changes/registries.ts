import { people } from '../activity/actor.ts';
import type { ApiCall } from '../activity/api-call.ts';
import { registryCall, repositoryCall, repositoryResource, type Target } from '../activity/ecr-calls.ts';
import { registryOf, repositoryOf } from '../company.ts';
import { accountIds } from '../identifiers.ts';
import type { Change } from './change.ts';

const { production, registry } = accountIds;
const region = 'eu-west-1';

/** Repositories that come and go, and what is set on them besides their policy. */
export function registryChanges(): Change[] {
  return [
    repositoryCreated(),
    repositoryDeleted(),
    repositoryTagChanged(),
    tagsMadeMutable(),
    pullThroughCacheRuleCreated(),
  ];
}

function repositoryCreated(): Change {
  const target: Target = { registryId: registry, region, repository: 'tracking/eta-predictor' };
  const createdAt = '2026-11-13T09:05:16Z';
  const { arn } = repositoryResource(target);
  return {
    kind: 'repository created',
    calls: [
      repositoryCall(createdAt, people.registryAdministrator, 'CreateRepository', target, {
        request: { tags: [{ key: 'Team', value: 'tracking' }] },
        response: { repository: { repositoryArn: arn, registryId: registry, repositoryName: target.repository } },
      }),
    ],
    apply(company) {
      registryOf(company, registry, region).repositories.push({
        name: target.repository,
        tags: { Team: 'tracking' },
        createdAt,
      });
    },
  };
}

/** Possible only since the guardrail went: before, the platform team alone deleted repositories. */
function repositoryDeleted(): Change {
  const target: Target = { registryId: production, region, repository: 'legacy/label-service' };
  return {
    kind: 'repository deleted',
    calls: [
      repositoryCall('2026-11-13T09:50:37Z', people.productionAdministrator, 'DeleteRepository', target, {
        request: { force: true },
      }),
    ],
    apply(company) {
      const home = registryOf(company, production, region);
      home.repositories = home.repositories.filter((repository) => repository.name !== target.repository);
    },
  };
}

/** Whoever carries the tag of the tracking team may push here from now on. */
function repositoryTagChanged(): Change {
  const target: Target = { registryId: registry, region, repository: 'data/spark' };
  const { arn } = repositoryResource(target);
  const call: ApiCall = {
    ...registryCall('2026-11-12T14:00:09Z', people.registryAdministrator, 'TagResource', region, {
      resourceArn: arn,
      tags: [{ key: 'Team', value: 'tracking' }],
    }),
    resources: [repositoryResource(target)],
  };
  return {
    kind: 'tag of a repository changed',
    calls: [call],
    apply(company) {
      const repository = repositoryOf(registryOf(company, registry, region), target.repository);
      repository.tags = { ...repository.tags, Team: 'tracking' };
    },
  };
}

function tagsMadeMutable(): Change {
  const target: Target = { registryId: registry, region, repository: 'payments/gateway' };
  return {
    kind: 'image tags made mutable',
    calls: [
      repositoryCall('2026-11-14T11:00:26Z', people.registryAdministrator, 'PutImageTagMutability', target, {
        request: { imageTagMutability: 'MUTABLE' },
      }),
    ],
    apply(company) {
      repositoryOf(registryOf(company, registry, region), target.repository).isMutable = true;
    },
  };
}

function pullThroughCacheRuleCreated(): Change {
  const createdAt = '2026-11-14T15:00:51Z';
  const rule = { prefix: 'quay', upstreamUrl: 'quay.io', upstream: 'quay', createdAt };
  const request = {
    ecrRepositoryPrefix: rule.prefix,
    upstreamRegistryUrl: rule.upstreamUrl,
    upstreamRegistry: rule.upstream,
  };
  return {
    kind: 'pull through cache rule created',
    calls: [registryCall(createdAt, people.registryAdministrator, 'CreatePullThroughCacheRule', region, request)],
    apply(company) {
      registryOf(company, registry, region).pullThroughCacheRules.push(rule);
    },
  };
}
