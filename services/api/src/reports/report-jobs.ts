import type { Capability, Power } from '@ecr-audit/access';

/** Which stretch of use is looked at; ISO times. */
export interface UsePeriod {
  readonly from: string;
  readonly until: string;
}

/** What a policy is wanted for: a user or role by unique id or ARN, or a repository by ARN. */
export type SuggestionSubject =
  | { readonly kind: 'principal'; readonly who: string }
  | { readonly kind: 'repository'; readonly arn: string };

/** What reports are asked for. Plain values only: they pass between threads. */
interface ReportJobs {
  drift: { readonly fromScanId: string; readonly toScanId: string };
  overPermission: { readonly scanId: string; readonly period: UsePeriod; readonly production: readonly string[] };
  unusedRight: { readonly scanId: string; readonly period: UsePeriod; readonly right: string };
  policiesInVain: { readonly scanId: string };
  suggestion: {
    readonly scanId: string;
    readonly period: UsePeriod;
    readonly subject: SuggestionSubject;
    readonly capability: Capability | null;
  };
  policies: { readonly scanId: string; readonly by: Power };
  series: { readonly scanId: string };
}

export type ReportKind = keyof ReportJobs;

/** What a report is asked for. */
export type JobOf<Kind extends ReportKind> = ReportJobs[Kind];

/** A job with its kind. */
export type ReportJob<Kind extends ReportKind = ReportKind> = {
  readonly [Each in Kind]: { readonly kind: Each; readonly job: JobOf<Each> };
}[Kind];
