import type { Finding, Severity } from '../findings/finding.ts';
import type { FindingScope } from '../findings/finding-scope.ts';

/**
 * IAM Access Analyzer's words. `archived`: somebody approved it, until the approval ends or the access outgrows it.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-findings.html
 */
export const FINDING_STATUSES = ['active', 'archived', 'resolved'] as const;

export type FindingStatus = (typeof FINDING_STATUSES)[number];

/** That somebody approved what a finding is about: these rights, over these repositories, at this severity, and no more. */
export interface FindingException {
  readonly id: string;
  readonly fingerprint: string;
  readonly approvedBy: string;
  readonly reason: string;
  /** ISO times, UTC. */
  readonly approvedAt: string;
  readonly until: string;
  readonly severity: Severity;
  readonly scope: FindingScope;
}

/** A finding as it stands, with what became of it. Times are those of snapshots, or of what people did; ISO, UTC. */
export interface FindingState {
  /** As the last scan that showed it found it. */
  readonly finding: Finding;
  readonly status: FindingStatus;
  readonly openedAt: string;
  /** When its severity or its scope became what they are. */
  readonly changedAt: string;
  /** Null unless it is resolved. */
  readonly resolvedAt: string | null;
  /** When it was last active again after it had been resolved or archived; null if it never was. */
  readonly reopenedAt: string | null;
  /** Somebody has seen it and looks after it; it stays active. */
  readonly acknowledged: { readonly by: string; readonly at: string } | null;
  /** The exception that archives it. */
  readonly exceptionId: string | null;
  /** Why a scan that does not show it did not resolve it; null where the latest scan shows it, or it is resolved. */
  readonly unseen: string | null;
}

export type FindingChangeKind =
  | 'opened'
  /** Another severity or scope. */
  | 'changed'
  | 'resolved'
  | 'reopened'
  | 'archived'
  | 'acknowledged';

/** One step in the life of a finding. */
export interface FindingChange {
  readonly fingerprint: string;
  readonly kind: FindingChangeKind;
  readonly at: string;
  /** Who did it; null for a scan. */
  readonly by: string | null;
  /** In words: what widened, which exception ended, why it is resolved. Null where the kind says all. */
  readonly why: string | null;
}
