import type { AccessRow, PrincipalRef } from '@ecr-audit/access';
import type { ScanTarget } from '../request-scan.ts';

export interface EvaluatedAccount {
  readonly id: string;
  readonly name: string;
  /** Names of the organizational units down to the account. */
  readonly path: string;
}

export interface EvaluatedRepository {
  readonly arn: string;
  readonly accountId: string;
  readonly region: string;
  readonly name: string;
}

/** How much of one source could be read. */
export interface Coverage {
  readonly accountId: string;
  readonly region: string | null;
  readonly source: 'iam' | 'ecr' | 'cloudtrail' | 'organization';
  readonly status: 'complete' | 'partial' | 'notReadable';
  readonly detail: string | null;
}

/** What was seen whole: only there does absence mean that something is gone. */
export interface Covered {
  readonly iamAccounts: readonly string[];
  readonly registries: readonly { readonly accountId: string; readonly region: string }[];
}

/** Something to tell, once the scan is written. */
export interface OutboxMessage {
  readonly kind: string;
  /** Anything that JSON can say. */
  readonly payload: unknown;
}

/** What one evaluation changed, in cells. */
export interface EvaluationCounts {
  /** Cells that are new, or whose answer or reasons changed. */
  readonly opened: number;
  /** Cells that ended, or whose answer or reasons changed. */
  readonly closed: number;
  readonly unchanged: number;
}

/** The result of one evaluation, ready to be written. */
export interface Evaluation {
  readonly scanId: string;
  /** The time that the snapshot describes, ISO. */
  readonly takenAt: string;
  /** Where the snapshot shows another target than the one that was requested, the snapshot is right. */
  readonly target?: ScanTarget;
  /** From `hashParts`, for `findScanByInputHash`. */
  readonly inputHash?: string;
  readonly accounts: readonly EvaluatedAccount[];
  readonly principals: readonly PrincipalRef[];
  readonly repositories: readonly EvaluatedRepository[];
  /** Read once, while it is written. Denied cells may be left out, save those that rest on what is not `covered`. */
  readonly rows: Iterable<AccessRow>;
  readonly coverage: readonly Coverage[];
  readonly covered: Covered;
  readonly outbox?: (counts: EvaluationCounts) => readonly OutboxMessage[];
}
