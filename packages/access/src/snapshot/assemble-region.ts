import { parseArn } from '@ecr-audit/policy';
import { SnapshotFormatError } from '../errors.ts';
import type { CollectionGap } from './gap.ts';
import { findGap, findGapWithin } from './gaps.ts';
import type { DocumentProblem, RegionSnapshot, RegistrySnapshot, Repository, RepositoryPolicy, Tag } from './model.ts';
import { nameDocument } from './named-document.ts';
import type { SnapshotPart } from './part.ts';
import { readPart } from './read-part.ts';
import { registrySchema, repositoriesSchema, repositoryPoliciesSchema, repositoryTagsSchema } from './schemas.ts';

/** https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_SetRepositoryPolicy.html */
const ECR_POLICY = { kind: 'resource', lengthMax: 10_240 } as const;

/** The files of one region, by name. */
export interface RegionFiles {
  readonly accountId: string;
  readonly region: string;
  readonly partition: string;
  readonly files: ReadonlyMap<string, SnapshotPart>;
  readonly gaps: readonly CollectionGap[];
}

/** Puts the registry of one account in one region together. What is not there stays unread, never empty. */
export function assembleRegion(input: RegionFiles, problems: DocumentProblem[]): RegionSnapshot {
  return {
    region: input.region,
    repositories: assembleRepositories(input, problems),
    registry: assembleRegistry(input, problems),
  };
}

function assembleRepositories(input: RegionFiles, problems: DocumentProblem[]): Map<string, Repository> | null {
  const part = input.files.get('repositories.json');
  const isPartial = findGapWithin(input.gaps, ['ecr:DescribeRepositories', 'repositories.json'], input) !== null;
  if (part === undefined || isPartial) {
    return null;
  }
  const policies = readPolicies(input);
  const tags = readTags(input);
  const { repositories } = readPart(part, repositoriesSchema);
  repositories.forEach((repository, index) => assertOwn(repository, index, input));
  return new Map(
    repositories.map((repository): [string, Repository] => {
      const arn = repository.repositoryArn;
      return [
        repository.repositoryName,
        {
          arn,
          accountId: input.accountId,
          region: input.region,
          name: repository.repositoryName,
          policy: policyOf(arn, repository.repositoryName, policies, input, problems),
          tags: tagsOf(arn, tags, input),
        },
      ];
    }),
  );
}

/** A repository of another account or region would be judged by the wrong registry, one of another name by a wrong policy. */
function assertOwn(
  { repositoryArn, repositoryName }: { readonly repositoryArn: string; readonly repositoryName: string },
  index: number,
  { accountId, region }: RegionFiles,
): void {
  const arn = parseArn(repositoryArn);
  if (arn?.accountId !== accountId || arn.region !== region || arn.resource !== `repository/${repositoryName}`) {
    throw new SnapshotFormatError(
      'malformedFile',
      { path: `accounts/${accountId}/${region}/repositories.json`, place: `repositories[${index}].repositoryArn` },
      `expected the ARN of this repository in this account and region, not \`${repositoryArn.slice(0, 300)}\``,
    );
  }
}

function readPolicies(input: RegionFiles): ReadonlyMap<string, unknown> | null {
  const part = input.files.get('repository-policies.json');
  return part === undefined
    ? null
    : new Map(readPart(part, repositoryPoliciesSchema).map((entry) => [entry.repositoryName, entry.policyText]));
}

function readTags(input: RegionFiles): Readonly<Record<string, readonly Tag[]>> | null {
  const part = input.files.get('repository-tags.json');
  return part === undefined ? null : readPart(part, repositoryTagsSchema);
}

function policyOf(
  arn: string,
  name: string,
  policies: ReadonlyMap<string, unknown> | null,
  input: RegionFiles,
  problems: DocumentProblem[],
): RepositoryPolicy {
  const sources = ['ecr:GetRepositoryPolicy', 'repository-policies.json'];
  if (policies === null || findGap(input.gaps, sources, { ...input, resource: arn }) !== null) {
    return { kind: 'unread' };
  }
  const text = policies.get(name);
  return text === undefined || text === null
    ? { kind: 'none' }
    : { kind: 'policy', named: nameDocument(arn, text, ECR_POLICY, problems) };
}

/** A repository that the file does not name has no tags; one that a gap names has unknown ones. */
function tagsOf(
  arn: string,
  tags: Readonly<Record<string, readonly Tag[]>> | null,
  input: RegionFiles,
): readonly Tag[] | null {
  const sources = ['ecr:ListTagsForResource', 'repository-tags.json'];
  if (tags === null || findGap(input.gaps, sources, { ...input, resource: arn }) !== null) {
    return null;
  }
  return Object.hasOwn(tags, arn) ? (tags[arn] ?? []) : [];
}

function assembleRegistry(input: RegionFiles, problems: DocumentProblem[]): RegistrySnapshot {
  const part = input.files.get('registry.json');
  if (part === undefined) {
    return { policy: { kind: 'unread' }, scope: null };
  }
  const registry = readPart(part, registrySchema);
  const isPolicyUnread = findGapWithin(input.gaps, ['ecr:GetRegistryPolicy', 'registry.json'], input) !== null;
  const isScopeUnread = findGap(input.gaps, ['ecr:GetAccountSetting'], { ...input, resource: 'REGISTRY_POLICY_SCOPE' });
  const scope = registry.accountSettings?.['REGISTRY_POLICY_SCOPE'];
  const arn = `arn:${input.partition}:ecr:${input.region}:${input.accountId}:registry`;
  return {
    policy:
      registry.registryPolicy === undefined || isPolicyUnread
        ? { kind: 'unread' }
        : registry.registryPolicy === null
          ? { kind: 'none' }
          : { kind: 'policy', named: nameDocument(arn, registry.registryPolicy, ECR_POLICY, problems) },
    scope: isScopeUnread === null && (scope === 'V1' || scope === 'V2') ? scope : null,
  };
}
