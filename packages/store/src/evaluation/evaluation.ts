import type {
  Coverage,
  Covered,
  EvaluatedAccount,
  EvaluatedRegistry,
  EvaluatedRepository,
  PrincipalAccess,
  PrincipalRef,
  UnreadPolicy,
} from '@ecr-audit/access';
import type { DriftToSave } from '../findings/drift.ts';
import type { JudgedBefore } from '../findings/read-before.ts';
import type { FindingsToSave } from '../findings/save-findings.ts';
import type { ScanTarget } from '../request-scan.ts';

/** Something to tell, once the scan is written. */
export interface OutboxMessage {
  readonly kind: string;
  /** Anything that JSON can say. */
  readonly payload: unknown;
  /** ISO time, UTC, before which it is not told; at once where nothing is said. */
  readonly notBefore?: string | null;
}

/** How much of a source was read, and when (ISO), where that is not known from the scan itself. */
export interface CoverageToSave extends Coverage {
  readonly readAt?: string | null;
}

/** What one evaluation changed, in cells. */
export interface EvaluationCounts {
  /** Cells that are new, or whose answer or reasons changed. */
  readonly opened: number;
  /** Cells that ended, or whose answer or reasons changed. */
  readonly closed: number;
  readonly unchanged: number;
  /** Rows that were inserted or closed for that. */
  readonly rowsWritten: number;
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
  /** The registries whose own actions were answered for the principals of their accounts. */
  readonly registries: readonly EvaluatedRegistry[];
  /**
   * One for each principal, read once, while it is written. Complete for the repositories and registries that are listed:
   * what has no answer there is denied.
   */
  readonly access: Iterable<PrincipalAccess>;
  readonly coverage: readonly CoverageToSave[];
  readonly covered: Covered;
  /** Whoever was known only because such a policy named them keeps its cells there, as unknown. */
  readonly unreadPolicies?: readonly UnreadPolicy[];
  readonly outbox?: (counts: EvaluationCounts) => readonly OutboxMessage[];
  readonly judge?: Judge;
}

/** Judges the scan beside what was known before, within the transaction: it is quick, and does nothing else. */
export interface Judge {
  /** What the scan found: resolved findings of these may be there again. */
  readonly fingerprints: readonly string[];
  /** The scan that the drift is from; null where there was none. Another one meanwhile is refused. */
  readonly sinceScanId: string | null;
  readonly decide: (before: JudgedBefore) => JudgedScan;
}

/** What is kept and told of a judged scan. */
export interface JudgedScan {
  /** Version of the rules. */
  readonly judgedBy: string;
  readonly findings: FindingsToSave;
  readonly drift: DriftToSave | null;
  readonly outbox: readonly OutboxMessage[];
}
