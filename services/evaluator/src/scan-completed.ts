import type { CollectionGap } from '@ecr-audit/access';
import type { EvaluationCounts, OutboxMessage } from '@ecr-audit/store';

// A message is for reading; the whole list is in the store.
const gapsListedMax = 20;

/** The outbox message of an evaluated scan: what changed, and what could not be read. */
export function scanCompleted(scan: {
  readonly target: { readonly key: string; readonly name: string };
  readonly takenAt: string;
  readonly counts: EvaluationCounts;
  readonly gaps: readonly CollectionGap[];
}): OutboxMessage {
  const { target, takenAt, counts, gaps } = scan;
  return {
    kind: 'scan.completed',
    payload: {
      target: { key: target.key, name: target.name },
      takenAt,
      access: { opened: counts.opened, closed: counts.closed, unchanged: counts.unchanged },
      gaps: {
        total: gaps.length,
        listed: gaps.slice(0, gapsListedMax).map(({ accountId, region, source, resource, reason }) => ({
          accountId,
          region,
          source,
          resource,
          reason,
        })),
      },
    },
  };
}
