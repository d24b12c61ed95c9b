import { z } from 'zod';

import { held } from '../fake-call.ts';
import type { FakeCall, Operation } from '../fake-call.ts';
import { FakeError, repositoryNotFound } from '../fake-error.ts';
import { pageOf } from '../paging.ts';
import type { ServedRegion } from '../served-state.ts';

const pageInput = z.object({
  nextToken: z.string().optional(),
  maxResults: z.number().int().min(1).max(1000).default(100),
});
const listInput = pageInput.extend({ registryId: z.string().optional() });
const repositoriesInput = listInput.extend({ repositoryNames: z.array(z.string()).optional() });
const repositoryInput = z.object({ repositoryName: z.string(), registryId: z.string().optional() });

type Repository = NonNullable<ServedRegion['repositories']>[number];

function describeRepositories(input: unknown, call: FakeCall): unknown {
  const { repositoryNames, ...page } = repositoriesInput.parse(input);
  ownRegistry(page.registryId, call);
  const all = held(call.servedRegion?.repositories, call);
  const wanted = repositoryNames === undefined ? all : repositoryNames.map((name) => repositoryNamed(name, call));
  return paged('repositories', wanted, page, call);
}

function getRepositoryPolicy(input: unknown, call: FakeCall): unknown {
  const { repositoryName, registryId } = repositoryInput.parse(input);
  ownRegistry(registryId, call);
  const { repositoryArn } = repositoryNamed(repositoryName, call);
  const policies = held(call.servedRegion?.repositoryPolicies, call, repositoryArn);
  const policy = policies.find((entry) => entry.repositoryName === repositoryName);
  if (policy === undefined) {
    throw new FakeError(
      'RepositoryPolicyNotFoundException',
      `Repository policy does not exist for the repository with name '${repositoryName}' in the registry with id '${call.accountId}'`,
    );
  }
  return policy;
}

function listTagsForResource(input: unknown, call: FakeCall): unknown {
  const { resourceArn } = z.object({ resourceArn: z.string() }).parse(input);
  const repository = held(call.servedRegion?.repositories, call, resourceArn).find(
    ({ repositoryArn }) => repositoryArn === resourceArn,
  );
  if (repository === undefined) {
    throw repositoryNotFound(resourceArn.split(':repository/')[1] ?? resourceArn, call.accountId);
  }
  return { tags: held(call.servedRegion?.repositoryTags, call, resourceArn)[resourceArn] ?? [] };
}

function getRegistryPolicy(_input: unknown, call: FakeCall): unknown {
  const { registryPolicy } = held(call.servedRegion?.registry, call);
  if (registryPolicy === null) {
    throw new FakeError(
      'RegistryPolicyNotFoundException',
      `Registry policy does not exist in the registry with id '${call.accountId}'`,
    );
  }
  return { registryId: call.accountId, policyText: held(registryPolicy, call) };
}

function getAccountSetting(input: unknown, call: FakeCall): unknown {
  const { name } = z.object({ name: z.string() }).parse(input);
  const settings = held(call.servedRegion?.registry?.accountSettings, call);
  const value = settings[name];
  if (value === undefined && name !== 'REGISTRY_POLICY_SCOPE') {
    throw new FakeError(
      'InvalidParameterException',
      `Invalid parameter at 'name' failed to satisfy constraint: '${name}' is not a setting of this registry`,
    );
  }
  return { name, value: held(value, call) };
}

/** A list of the registry; the key that is absent was not read. */
function registryList(key: 'pullThroughCacheRules' | 'repositoryCreationTemplates'): Operation {
  return (input, call) => {
    const page = listInput.parse(input);
    ownRegistry(page.registryId, call);
    return { registryId: call.accountId, ...paged(key, held(call.servedRegion?.registry?.[key], call), page, call) };
  };
}

/** A value of the registry; null means that there is none, absent that it was not read. */
function registryValue(key: 'replicationConfiguration' | 'scanningConfiguration'): Operation {
  return (_input, call) => {
    const registry = held(call.servedRegion?.registry, call);
    const value = registry[key];
    return { registryId: call.accountId, [key]: value === null ? null : held(value, call) };
  };
}

function paged(key: string, all: readonly unknown[], page: z.infer<typeof pageInput>, call: FakeCall): object {
  const { nextToken, ...boundTo } = page;
  const found = pageOf(all, {
    token: nextToken,
    size: Math.min(page.maxResults, call.pageSizeMax),
    boundTo: [call.operation, boundTo],
    onBadToken: () =>
      new FakeError(
        'InvalidParameterException',
        "Invalid parameter at 'nextToken' failed to satisfy constraint: 'Invalid token'",
      ),
  });
  return { [key]: found.items, ...(found.nextToken === null ? {} : { nextToken: found.nextToken }) };
}

function repositoryNamed(name: string, call: FakeCall): Repository {
  const repository = held(call.servedRegion?.repositories, call).find(({ repositoryName }) => repositoryName === name);
  if (repository === undefined) {
    throw repositoryNotFound(name, call.accountId);
  }
  return repository;
}

/** Only the caller's own registry is served. */
function ownRegistry(registryId: string | undefined, call: FakeCall): void {
  held(registryId === undefined || registryId === call.accountId ? true : null, call);
}

export const ecrOperations: Readonly<Record<string, Operation>> = {
  DescribeRepositories: describeRepositories,
  GetRepositoryPolicy: getRepositoryPolicy,
  ListTagsForResource: listTagsForResource,
  GetRegistryPolicy: getRegistryPolicy,
  GetAccountSetting: getAccountSetting,
  DescribeRegistry: registryValue('replicationConfiguration'),
  DescribePullThroughCacheRules: registryList('pullThroughCacheRules'),
  DescribeRepositoryCreationTemplates: registryList('repositoryCreationTemplates'),
  GetRegistryScanningConfiguration: registryValue('scanningConfiguration'),
};
