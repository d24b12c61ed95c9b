import type { Store } from '@ecr-audit/store';
import { makeReport } from './make-report.ts';
import type { ReportMaker } from './reports.ts';
import { scanReader } from './scan-reader.ts';

/** Makes reports in this thread, which answers nothing else meanwhile: for tests, and for a process that has no database URL. */
export function makeHere(store: Store): ReportMaker {
  const reader = scanReader(store);
  return { make: (job) => makeReport(reader, job), close: () => Promise.resolve() };
}
