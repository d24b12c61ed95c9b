import type { Reason } from '../answer.ts';
import type { FindingInput } from './finding-input.ts';
import type { FindingPrincipal, RepositoryCount, Severity } from './finding.ts';

/** What a rule reads: one snapshot, how it differs from an earlier one, or events. */
type RuleKind = 'state' | 'difference' | 'event';

/** One thing worth looking for. */
export interface Rule {
  readonly id: string;
  readonly kinds: readonly RuleKind[];
  /** What it needs besides a snapshot: without all of it the rule cannot judge. */
  readonly needs?: RuleNeed;
  readonly severity: Severity;
  /** Where none of the repositories concerned is production. */
  readonly outsideProduction: Severity;
  readonly what: string;
  readonly why: string;
  readonly remedy: string;
  readonly find: (input: FindingInput) => Iterable<Match>;
}

export type RuleNeed = 'earlierSnapshot' | 'events' | 'use';

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
  readonly repositories?: RepositoryCount;
  /** Whether it touches production where it is about no particular repositories; it does if nothing else is said. */
  readonly isProduction?: boolean;
  /** In place of that of the rule, where this case is graver or less grave than most. */
  readonly severity?: Severity;
  /** One level below what it would be else. */
  readonly isLessGrave?: boolean;
  readonly reasons?: readonly Reason[];
  readonly doubts?: readonly string[];
}
