import type { Snapshot } from '@ecr-audit/access';
import type { UnreadPolicy } from '@ecr-audit/store';

/** The repository and registry policies of a snapshot of which nobody knows whom they name, wholly or in part. */
export function unreadPolicies(snapshot: Snapshot): readonly UnreadPolicy[] {
  return [...snapshot.accounts.values()].flatMap(({ id: accountId, regions }) =>
    [...regions.values()].flatMap(({ region, registry, repositories }) =>
      [{ arn: null, policy: registry.policy }, ...(repositories?.values() ?? [])]
        .filter(({ policy }) => isUnread(policy))
        .map(({ arn }): UnreadPolicy => ({ accountId, region, repositoryArn: arn })),
    ),
  );
}

type AccountSnapshot = NonNullable<ReturnType<Snapshot['accounts']['get']>>;
type Policy = NonNullable<ReturnType<AccountSnapshot['regions']['get']>>['registry']['policy'];

function isUnread(policy: Policy): boolean {
  if (policy.kind !== 'policy') {
    return policy.kind === 'unread';
  }
  const { document } = policy.named;
  return (
    document.kind === 'unreadable' ||
    document.value.statements.some(({ principal }) => principal !== null && principal.kind === 'unreadable')
  );
}
