import { paginateDescribeRepositories } from '@aws-sdk/client-ecr';
import type { ECRClient, Repository } from '@aws-sdk/client-ecr';
import type { CollectionGap } from '@ecr-audit/access';
import pLimit from 'p-limit';

import { attempt, isPassingGap, passingGap } from './attempt.ts';
import type { Attempt } from './attempt.ts';
import { boundedPages } from './bounded-pages.ts';
import type { Collection } from './collection.ts';
import { readRepository } from './read-repository.ts';
import type { RepositoryRead } from './read-repository.ts';
import { requiredMember } from './required-member.ts';
import type { AwsSession } from './session.ts';
import { jsonPart, sortedBy } from './snapshot-json.ts';

// ECR throttles these calls at tens of requests a second for an account and region; eight at a time stay below that.
const concurrentRepositoriesMax = 8;
// The largest page that the API gives.
const pageSize = 1000;

/** Reads the repositories of a registry with their policies and tags. One that is deleted meanwhile is left out. */
export async function collectRepositories(session: AwsSession, accountId: string, region: string): Promise<Collection> {
  const client = session.ecr(region);
  const place = { accountId, region, source: 'ecr:DescribeRepositories', resource: null };
  const listed = await attempt(session, place, () => listRepositories(client));
  if (listed.kind === 'gap') {
    return { parts: [], gaps: [listed.gap] };
  }
  const limit = pLimit(concurrentRepositoriesMax);
  const reads = await Promise.all(
    listed.value.map((repository) => limit(() => readRepository(session, { accountId, region, repository }))),
  );
  const present = reads.filter((read) => read !== null);
  const policies = settle(present, (read) => read.policyText);
  const tags = settle(present, (read) => read.tags);

  const folder = `accounts/${accountId}/${region}`;
  const parts = [jsonPart(`${folder}/repositories.json`, { repositories: present.map((read) => read.repository) })];
  if (policies.answers !== null) {
    const withPolicy = policies.answers.filter(([, policyText]) => policyText !== null);
    parts.push(
      jsonPart(
        `${folder}/repository-policies.json`,
        withPolicy.map(([{ registryId, repositoryName }, policyText]) => ({ registryId, repositoryName, policyText })),
      ),
    );
  }
  if (tags.answers !== null) {
    const byArn = tags.answers.map(([repository, list]) => [
      repository.repositoryArn ?? '',
      sortedBy(list, (tag) => tag.Key),
    ]);
    parts.push(jsonPart(`${folder}/repository-tags.json`, Object.fromEntries(byArn)));
  }
  return { parts, gaps: [...policies.gaps, ...tags.gaps] };
}

async function listRepositories(client: ECRClient): Promise<readonly Repository[]> {
  const repositories: Repository[] = [];
  const pages = paginateDescribeRepositories({ client, pageSize }, {});
  for await (const page of boundedPages('ecr:DescribeRepositories', pages)) {
    repositories.push(...requiredMember('repositories', page.repositories));
  }
  return sortedBy(repositories, (repository) => repository.repositoryName);
}

/**
 * Parts the answers from the gaps. Where several repositories were asked and none answered, the file is absent
 * (`answers` is null), and one gap for all says so instead of a thousand that say the same.
 */
function settle<T>(
  reads: readonly RepositoryRead[],
  attemptOf: (read: RepositoryRead) => Attempt<T>,
): { readonly answers: readonly (readonly [Repository, T])[] | null; readonly gaps: readonly CollectionGap[] } {
  const answers: (readonly [Repository, T])[] = [];
  const gaps: CollectionGap[] = [];
  for (const read of reads) {
    const result = attemptOf(read);
    if (result.kind === 'gap') {
      gaps.push(result.gap);
    } else {
      answers.push([read.repository, result.value]);
    }
  }
  const [first] = gaps;
  if (first === undefined || answers.length > 0) {
    return { answers, gaps };
  }
  const isOneReason = gaps.length > 1 && gaps.every((gap) => gap.reason === first.reason);
  if (!isOneReason) {
    return { answers: null, gaps };
  }
  const message = `cannot read ${first.source} of any of the ${gaps.length} repositories: ${first.reason}`;
  const one = passingGap({ ...first, resource: null, message }, gaps.some(isPassingGap));
  return { answers: null, gaps: [one] };
}
