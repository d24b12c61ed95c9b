export { evaluateScanJob, type EvaluationOutcome } from './evaluate-scan-job.ts';
export { logJobEvent } from './log-job-event.ts';
export { snapshotOfScan } from './snapshot-of-scan.ts';
export { startEvaluator, type Evaluator } from './start-evaluator.ts';
export type { JudgingSettings } from './judging/judge-of-scan.ts';
