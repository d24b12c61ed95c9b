import type { ProblemCode } from '../errors.ts';
import type { ProblemDetails } from '../http/problem.ts';
import type { ReportJob, ReportKind } from './report-jobs.ts';

/** What the thread is asked. */
export interface AskedReport<Kind extends ReportKind = ReportKind> {
  readonly id: number;
  readonly job: ReportJob<Kind>;
}

/** What it answers. Errors do not pass between threads with all that they hold, so what matters of them does. */
export type MadeReport = { readonly id: number } & (
  | { readonly kind: 'made'; readonly report: unknown }
  | { readonly kind: 'problem'; readonly code: ProblemCode; readonly message: string; readonly details: ProblemDetails }
  | { readonly kind: 'failed'; readonly message: string; readonly stack: string; readonly code: string | null }
);
