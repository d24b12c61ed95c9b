import {
  DescribeRegistryCommand,
  GetAccountSettingCommand,
  GetRegistryPolicyCommand,
  GetRegistryScanningConfigurationCommand,
  paginateDescribePullThroughCacheRules,
  paginateDescribeRepositoryCreationTemplates,
} from '@aws-sdk/client-ecr';
import type { ECRClient } from '@aws-sdk/client-ecr';
import type { CollectionGap } from '@ecr-audit/access';

import { attempt } from './attempt.ts';
import { boundedPages } from './bounded-pages.ts';
import type { Collection } from './collection.ts';
import { requiredMember } from './required-member.ts';
import { sdkErrorName } from './sdk-error.ts';
import type { AwsSession } from './session.ts';
import { jsonPart, sortedBy } from './snapshot-json.ts';

/** `REGISTRY_POLICY_SCOPE` decides how the registry policy is enforced; the others are told in reports. */
const accountSettingNames = ['BASIC_SCAN_TYPE_VERSION', 'BLOB_MOUNTING', 'REGISTRY_POLICY_SCOPE'];

// The largest page that the API gives.
const pageSize = 1000;

/** Reads what a registry has besides its repositories. A value that could not be read is an absent key with its gap. */
export async function collectRegistry(session: AwsSession, accountId: string, region: string): Promise<Collection> {
  const client = session.ecr(region);
  const content: Record<string, unknown> = {};
  const gaps: CollectionGap[] = [];

  const read = async (key: string, source: string, call: () => Promise<unknown>): Promise<void> => {
    const result = await attempt(session, { accountId, region, source, resource: null }, call);
    if (result.kind === 'gap') {
      gaps.push(result.gap);
    } else {
      content[key] = result.value;
    }
  };

  await read('registryPolicy', 'ecr:GetRegistryPolicy', () => registryPolicy(client));
  const settings: Record<string, string> = {};
  for (const name of accountSettingNames) {
    const place = { accountId, region, source: 'ecr:GetAccountSetting', resource: name };
    const value = await attempt(session, place, () => accountSetting(client, name));
    if (value.kind === 'gap') {
      gaps.push(value.gap);
    } else if (value.value !== null) {
      settings[name] = value.value;
    }
  }
  if (Object.keys(settings).length > 0) {
    content['accountSettings'] = settings;
  }
  await read('replicationConfiguration', 'ecr:DescribeRegistry', async () => {
    const { replicationConfiguration } = await client.send(new DescribeRegistryCommand({}));
    return replicationConfiguration ?? null;
  });
  await read('pullThroughCacheRules', 'ecr:DescribePullThroughCacheRules', () => pullThroughCacheRules(client));
  await read('repositoryCreationTemplates', 'ecr:DescribeRepositoryCreationTemplates', () =>
    repositoryCreationTemplates(client),
  );
  await read('scanningConfiguration', 'ecr:GetRegistryScanningConfiguration', async () => {
    const { scanningConfiguration } = await client.send(new GetRegistryScanningConfigurationCommand({}));
    return scanningConfiguration ?? null;
  });

  if (Object.keys(content).length === 0) {
    return { parts: [], gaps };
  }
  return { parts: [jsonPart(`accounts/${accountId}/${region}/registry.json`, content)], gaps };
}

async function registryPolicy(client: ECRClient): Promise<string | null> {
  try {
    const { policyText } = await client.send(new GetRegistryPolicyCommand({}));
    return requiredMember('policyText', policyText);
  } catch (error) {
    if (sdkErrorName(error) === 'RegistryPolicyNotFoundException') {
      return null;
    }
    throw error;
  }
}

/** Gives null for a setting that the region does not offer; for the scope of the registry policy that is a failure. */
async function accountSetting(client: ECRClient, name: string): Promise<string | null> {
  try {
    const { value } = await client.send(new GetAccountSettingCommand({ name }));
    return name === 'REGISTRY_POLICY_SCOPE' ? requiredMember('value', value) : (value ?? null);
  } catch (error) {
    const isNotOffered = ['InvalidParameterException', 'ValidationException'].includes(sdkErrorName(error));
    if (isNotOffered && name !== 'REGISTRY_POLICY_SCOPE') {
      return null;
    }
    throw error;
  }
}

async function pullThroughCacheRules(client: ECRClient): Promise<readonly object[]> {
  const rules = [];
  const pages = paginateDescribePullThroughCacheRules({ client, pageSize }, {});
  for await (const page of boundedPages('ecr:DescribePullThroughCacheRules', pages)) {
    rules.push(...requiredMember('pullThroughCacheRules', page.pullThroughCacheRules));
  }
  return sortedBy(rules, (rule) => rule.ecrRepositoryPrefix);
}

async function repositoryCreationTemplates(client: ECRClient): Promise<readonly object[]> {
  const templates = [];
  const pages = paginateDescribeRepositoryCreationTemplates({ client, pageSize }, {});
  for await (const page of boundedPages('ecr:DescribeRepositoryCreationTemplates', pages)) {
    templates.push(...requiredMember('repositoryCreationTemplates', page.repositoryCreationTemplates));
  }
  return sortedBy(templates, (template) => template.prefix);
}
