import type { Severity } from '@ecr-audit/access';
import type { FindingWithException } from '@ecr-audit/store';

/** How a finding stands now. Times are ISO, UTC. */
export interface Standing {
  readonly severity: Severity;
  readonly state:
    | { readonly kind: 'open'; readonly reopenedAt: string | null; readonly unseen: string | null }
    | { readonly kind: 'acknowledged'; readonly by: string; readonly at: string }
    | { readonly kind: 'approved'; readonly by: string; readonly reason: string; readonly until: string }
    | { readonly kind: 'resolved'; readonly at: string };
}

/** Whether somebody still has to decide about it. */
export function isOpen({ state }: Standing): boolean {
  return state.kind === 'open' || state.kind === 'acknowledged';
}

export function standingOf({ state, exception }: FindingWithException): Standing {
  const { severity } = state.finding;
  const { status, resolvedAt, reopenedAt, acknowledged, unseen } = state;
  if (status === 'resolved' && resolvedAt !== null) {
    return { severity, state: { kind: 'resolved', at: resolvedAt } };
  }
  if (status === 'archived' && exception !== null) {
    const { approvedBy: by, reason, until } = exception;
    return { severity, state: { kind: 'approved', by, reason, until } };
  }
  return acknowledged === null
    ? { severity, state: { kind: 'open', reopenedAt, unseen } }
    : { severity, state: { kind: 'acknowledged', ...acknowledged } };
}
