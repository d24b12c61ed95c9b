export { collectActivityJob, type ActivityOutcome, type ActivityWork } from './activity/collect-activity-job.ts';
export {
  collectLastAccessedJob,
  type LastAccessedOutcome,
  type LastAccessedWork,
} from './activity/collect-last-accessed-job.ts';
export { importActivityFiles, type ImportOutcome } from './activity/import-activity-files.ts';
export { CollectorError, collectorErrorCodes, type CollectorErrorCode } from './errors.ts';
export { readCollectorConfiguration, type CollectorConfiguration } from './configuration.ts';
export { openReach, type Reach } from './open-reach.ts';
export { resolveTarget, type CollectorTarget } from './resolve-target.ts';
export { startCollector, type Collector } from './start-collector.ts';
