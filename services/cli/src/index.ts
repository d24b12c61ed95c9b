export { explainCommand } from './commands/explain.ts';
export type { CommandContext } from './context.ts';
export { readReport } from './report/read-report.ts';
export type { Report } from './report/report.ts';
export { reportText } from './report/report-text.ts';
