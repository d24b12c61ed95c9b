import { driftReport } from './drift-report.ts';
import type { JobOf, ReportJob, ReportKind } from './report-jobs.ts';
import type { ReportOf } from './report-of.ts';
import { overPermissionReport } from './over-permission-report.ts';
import { policiesInVain } from './policies-in-vain.ts';
import { rankedPolicies } from './ranked-policies.ts';
import type { ScanReader } from './scan-reader.ts';
import { accessSeries } from './series.ts';
import { suggestionAnswer } from './suggestion-answer.ts';
import { unusedRight } from './unused-right.ts';

const makers: { readonly [Kind in ReportKind]: (reader: ScanReader, job: JobOf<Kind>) => Promise<ReportOf<Kind>> } = {
  drift: driftReport,
  overPermission: overPermissionReport,
  unusedRight,
  policiesInVain,
  suggestion: suggestionAnswer,
  policies: rankedPolicies,
  series: accessSeries,
};

/** Makes a report, whichever it is. Throws problems where it cannot be made. */
export async function makeReport<Kind extends ReportKind>(
  reader: ScanReader,
  { kind, job }: ReportJob<Kind>,
): Promise<ReportOf<Kind>> {
  return await makers[kind](reader, job);
}
