import type { RepositoryPolicy, Snapshot } from '../snapshot/model.ts';

/** A policy that could not be read, so that whom it names is not known: of one repository, or null of a registry. */
export interface UnreadPolicy {
  readonly accountId: string;
  readonly region: string;
  readonly repositoryArn: string | null;
}

/** The repository and registry policies of a snapshot of which nobody knows whom they name, wholly or in part. */
export function unreadPoliciesOf(snapshot: Snapshot): UnreadPolicy[] {
  return [...snapshot.accounts.values()].flatMap(({ id: accountId, regions }) =>
    [...regions.values()].flatMap(({ region, registry, repositories }) =>
      [{ arn: null, policy: registry.policy }, ...(repositories?.values() ?? [])]
        .filter(({ policy }) => isUnread(policy))
        .map(({ arn }) => ({ accountId, region, repositoryArn: arn })),
    ),
  );
}

function isUnread(policy: RepositoryPolicy): boolean {
  if (policy.kind !== 'policy') {
    return policy.kind === 'unread';
  }
  const { document } = policy.named;
  return (
    document.kind === 'unreadable' ||
    document.value.statements.some(({ principal }) => principal !== null && principal.kind === 'unreadable')
  );
}
