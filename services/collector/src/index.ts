export { collectCloudTrailJob } from './collect-cloudtrail-job.ts';
export { collectEcrJob } from './collect-ecr-job.ts';
export { collectIamJob } from './collect-iam-job.ts';
export type { CollectContext, CollectOutcome } from './context.ts';
export { CollectorError, collectorErrorCodes, type CollectorErrorCode } from './errors.ts';
export { planSteps } from './plan-steps.ts';
export { startCollector, type Collector } from './start-collector.ts';
