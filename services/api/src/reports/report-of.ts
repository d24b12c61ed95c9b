import type { DriftReport } from './drift-report.ts';
import type { OverPermissionAnswer } from './over-permission-report.ts';
import type { PoliciesInVain } from './policies-in-vain.ts';
import type { RankedPolicies } from './ranked-policies.ts';
import type { ReportKind } from './report-jobs.ts';
import type { AccessSeries } from './series.ts';
import type { SuggestionAnswer } from './suggestion-answer.ts';
import type { UnusedRight } from './unused-right.ts';

/** What each kind of report comes to. */
interface ReportTypes extends Record<ReportKind, object> {
  drift: DriftReport;
  overPermission: OverPermissionAnswer;
  unusedRight: UnusedRight;
  policiesInVain: PoliciesInVain;
  suggestion: SuggestionAnswer;
  policies: RankedPolicies;
  series: AccessSeries;
}

/** What a report of a kind comes to. */
export type ReportOf<Kind extends ReportKind> = ReportTypes[Kind];
