import { refusedAccount } from './attempt.ts';
import type { Collection } from './collection.ts';
import { collectRegistry } from './collect-registry.ts';
import { collectRepositories } from './collect-repositories.ts';
import type { AwsSession } from './session.ts';

/** Reads the registry and the repositories of an account in a region: up to four files, or gaps in their place. */
export async function collectEcr(session: AwsSession, accountId: string, region: string): Promise<Collection> {
  const refused = await refusedAccount(session, {
    accountId,
    region,
    source: 'ecr:DescribeRepositories',
    resource: null,
  });
  if (refused !== null) {
    return { parts: [], gaps: [refused] };
  }
  const registry = await collectRegistry(session, accountId, region);
  const repositories = await collectRepositories(session, accountId, region);
  return { parts: [...registry.parts, ...repositories.parts], gaps: [...registry.gaps, ...repositories.gaps] };
}
