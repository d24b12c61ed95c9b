import { spawn } from 'node:child_process';
import path from 'node:path';
import type { SnapshotPart } from '@ecr-audit/access';
import { writeSnapshotDirectory } from '@ecr-audit/aws';
import { until } from '../jobs/harness/until.ts';
import { organizationOf } from '../organization/world.ts';
import { generateOrganization } from '../organization-generator/generate.ts';
import { generatorOptions, REGIONS_DEFAULT } from '../organization-generator/options.ts';
import { accessKeyFor } from '../fake-aws/access-keys.ts';

/** How far the answers of AWS are away: what a call takes between two regions of a continent. */
export const latencyMs = 60;
const latencyJitterMs = 30;

/** An organization in which every account has a registry in each of four regions; most of them are empty. */
export function collectionParts(accounts: number, seed: string): readonly SnapshotPart[] {
  const parts = generateOrganization(
    generatorOptions({ accounts, principals: accounts * 20, repositories: accounts * 5, seed }),
  );
  const known = new Set(parts.map(({ path: name }) => name));
  const accountIds = organizationOf(parts).Accounts.map(({ Id }) => Id);
  const providers = accountIds.map((id) =>
    jsonPart(`accounts/${id}/identity-providers.json`, { OpenIDConnectProviders: [], SAMLProviders: [] }),
  );
  const folders = accountIds.flatMap((id) => REGIONS_DEFAULT.map((region) => `accounts/${id}/${region}`));
  const empty = folders.flatMap((folder) => (known.has(`${folder}/repositories.json`) ? [] : emptyRegistryAt(folder)));
  return [...parts, ...providers, ...empty];
}

const emptyRegistry = {
  registryPolicy: null,
  accountSettings: { REGISTRY_POLICY_SCOPE: 'V2' },
  replicationConfiguration: { rules: [] },
  pullThroughCacheRules: [],
  repositoryCreationTemplates: [],
  scanningConfiguration: { scanType: 'BASIC', rules: [] },
};

function emptyRegistryAt(folder: string): readonly SnapshotPart[] {
  return [
    jsonPart(`${folder}/repositories.json`, { repositories: [] }),
    jsonPart(`${folder}/repository-policies.json`, []),
    jsonPart(`${folder}/repository-tags.json`, {}),
    jsonPart(`${folder}/registry.json`, emptyRegistry),
  ];
}

function jsonPart(name: string, value: unknown): SnapshotPart {
  return { path: name, content: JSON.stringify(value) };
}

/** AWS in a process of its own, so that what it costs is not the collectors'. */
export async function startAws(
  directory: string,
  parts: readonly SnapshotPart[],
): Promise<{
  readonly environment: Readonly<Record<string, string>>;
  readonly pid: number;
  readonly stop: () => void;
}> {
  const snapshot = path.join(directory, 'organization');
  await writeSnapshotDirectory(snapshot, parts);
  const latency = ['--latency-ms', String(latencyMs), '--latency-jitter-ms', String(latencyJitterMs)];
  const main = path.join(import.meta.dirname, '../fake-aws/main.ts');
  const child = spawn(process.execPath, [main, '--snapshot', snapshot, '--throttling', ...latency], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  const url = await until('fake-aws to listen', () => /http:\/\/127\.0\.0\.1:\d+/.exec(output)?.[0], {
    timeoutMs: 60_000,
    detail: () => output,
  });
  return {
    environment: {
      AWS_ENDPOINT_URL: url,
      AWS_ACCESS_KEY_ID: accessKeyFor(organizationOf(parts).Organization.MasterAccountId),
      AWS_SECRET_ACCESS_KEY: 'fake-secret-key',
      AWS_REGION: 'eu-west-1',
      AWS_EC2_METADATA_DISABLED: 'true',
    },
    pid: child.pid ?? 0,
    stop: () => void child.kill('SIGTERM'),
  };
}
