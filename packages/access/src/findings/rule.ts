import type { Reason } from '../answer.ts';
import type { FindingInput } from './finding-input.ts';
import type { FindingPrincipal, Severity } from './finding.ts';
import type { JudgedRepository } from './judged-repositories.ts';

/** What a rule reads: one snapshot, how it differs from an earlier one, or events. */
type RuleKind = 'state' | 'difference' | 'event';

/** One thing worth looking for. */
export interface Rule {
  readonly id: string;
  readonly kinds: readonly RuleKind[];
  readonly life: RuleLife;
  /** What it needs besides a snapshot: without all of it the rule cannot judge. */
  readonly needs?: RuleNeed;
  /** What has to have been read of the places of a finding before its absence says that the matter is over. */
  readonly rests: readonly FindingSource[];
  readonly severity: Severity;
  /** Where none of the repositories concerned is production. */
  readonly outsideProduction: Severity;
  readonly what: string;
  readonly why: string;
  readonly remedy: string;
  readonly find: (input: FindingInput) => Iterable<Match>;
}

/**
 * Whether a scan that does not find it any more says that it is over. A `state` is over then; an `occurrence` has happened, and
 * the next scan, which compares with a later one, is silent about it whatever became of it.
 */
type RuleLife = 'state' | 'occurrence';

/** As coverage tells them: users, roles and policies; registries; SCPs, RCPs and accounts; the events of CloudTrail. */
export type FindingSource = 'iam' | 'ecr' | 'organization' | 'events';

/** `exceptions`: what people approved, which is kept beside snapshots. */
export type RuleNeed = 'earlierSnapshot' | 'events' | 'use' | 'exceptions';

/** What a rule found, without what all its findings have in common. */
export interface Match {
  /** Unique ids of what it is about, names only where there are no ids. Together with the rule they are its identity. */
  readonly about: readonly string[];
  readonly accountId: string | null;
  readonly region: string | null;
  readonly resource: string;
  readonly principal?: FindingPrincipal;
  readonly title: string;
  readonly what: string;
  readonly repositories?: readonly JudgedRepository[];
  /** What its scope holds besides the repositories; what would be more of it is no less of a right for having no action. */
  readonly rights: readonly string[];
  readonly conditions?: readonly string[];
  readonly principals?: readonly string[];
  readonly toCome?: readonly string[];
  /** The places in `drift.differences` that it follows from, where the rule knows them. */
  readonly because?: readonly number[];
  /** Whether it touches production where it is about no particular repositories; it does if nothing else is said. */
  readonly isProduction?: boolean;
  /** In place of that of the rule, where this case is graver or less grave than most. */
  readonly severity?: Severity;
  /** One level below what it would be else. */
  readonly isLessGrave?: boolean;
  readonly reasons?: readonly Reason[];
  readonly doubts?: readonly string[];
}
