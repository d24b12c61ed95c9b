import { GetRepositoryPolicyCommand, ListTagsForResourceCommand } from '@aws-sdk/client-ecr';
import type { ECRClient, Repository, Tag } from '@aws-sdk/client-ecr';

import { attempt } from './attempt.ts';
import type { Attempt } from './attempt.ts';
import { requiredMember } from './required-member.ts';
import { sdkErrorName } from './sdk-error.ts';
import type { AwsSession } from './session.ts';

export interface RepositoryRead {
  readonly repository: Repository;
  /** Null where the repository has no policy. */
  readonly policyText: Attempt<string | null>;
  readonly tags: Attempt<readonly Tag[]>;
}

const deleted = Symbol('deleted');

/** Reads the policy and the tags of one repository; null when it was deleted since it was listed. */
export async function readRepository(
  session: AwsSession,
  at: { readonly accountId: string; readonly region: string; readonly repository: Repository },
): Promise<RepositoryRead | null> {
  const { accountId, region, repository } = at;
  const client = session.ecr(region);
  const resource = repository.repositoryArn ?? null;
  const policyText = await attempt(session, { accountId, region, source: 'ecr:GetRepositoryPolicy', resource }, () =>
    unlessDeleted(() => repositoryPolicy(client, repository)),
  );
  const tags = await attempt(session, { accountId, region, source: 'ecr:ListTagsForResource', resource }, () =>
    unlessDeleted(() => repositoryTags(client, repository)),
  );
  return isPresent(policyText) && isPresent(tags) ? { repository, policyText, tags } : null;
}

function isPresent<T>(result: Attempt<T | typeof deleted>): result is Attempt<T> {
  return result.kind === 'gap' || result.value !== deleted;
}

async function repositoryPolicy(client: ECRClient, repository: Repository): Promise<string | null> {
  try {
    const { policyText } = await client.send(
      new GetRepositoryPolicyCommand({ registryId: repository.registryId, repositoryName: repository.repositoryName }),
    );
    return requiredMember('policyText', policyText);
  } catch (error) {
    if (sdkErrorName(error) === 'RepositoryPolicyNotFoundException') {
      return null;
    }
    throw error;
  }
}

async function repositoryTags(client: ECRClient, repository: Repository): Promise<readonly Tag[]> {
  const { tags } = await client.send(new ListTagsForResourceCommand({ resourceArn: repository.repositoryArn }));
  return requiredMember('tags', tags);
}

async function unlessDeleted<T>(call: () => Promise<T>): Promise<T | typeof deleted> {
  try {
    return await call();
  } catch (error) {
    if (sdkErrorName(error) === 'RepositoryNotFoundException') {
      return deleted;
    }
    throw error;
  }
}
