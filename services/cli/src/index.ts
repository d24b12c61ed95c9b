export { readReport } from './report/read-report.ts';
export type { Report } from './report/report.ts';
export { reportText } from './report/report-text.ts';
