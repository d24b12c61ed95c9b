import type { Reason } from '../answer.ts';
import type { FindingScope } from './finding-scope.ts';

/** The gravest first. */
export const SEVERITIES = ['critical', 'high', 'medium', 'low', 'info'] as const;

export type Severity = (typeof SEVERITIES)[number];

/** Something that one rule found worth a look, as it stands now. */
export interface Finding {
  readonly ruleId: string;
  readonly severity: Severity;
  /** Null where it is about the organization, or about more than one account. */
  readonly accountId: string | null;
  readonly region: string | null;
  /** ARN of a repository, a registry (`registry:ACCOUNT/REGION`), the ARN of a principal, or an account or organization. */
  readonly resource: string;
  readonly principal: FindingPrincipal | null;
  /** The same as long as it is about the same: over rule and unique ids, never over time, conditions or words. */
  readonly fingerprint: string;
  readonly title: string;
  readonly what: string;
  readonly why: string;
  readonly remedy: string;
  /** The repositories that it is about; none where it is about no particular ones. */
  readonly repositories: RepositoryCount;
  readonly scope: FindingScope;
  /** The deciding statements. */
  readonly reasons: readonly Reason[];
  /** What it rests on that is not certain: limits of the evaluation, and what could not be read. Empty where all is. */
  readonly doubts: readonly string[];
}

export interface FindingPrincipal {
  /** As in a `PrincipalRef`, or as events name who acted. */
  readonly id: string;
  /** Null where the events do not give it. */
  readonly arn: string | null;
}

export interface RepositoryCount {
  readonly count: number;
  readonly inProduction: number;
  /** ARNs of some of them, those of production first. */
  readonly examples: readonly string[];
}

/** Whether a severity is at least as grave as another. */
export function isAtLeast(severity: Severity, floor: Severity): boolean {
  return SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(floor);
}
