export { addActivityJobs, addCollectJobs, addEvaluation, addScan } from './add-jobs.ts';
export { applySchedules, type WantedSchedule } from './apply-schedules.ts';
export type { RunningWorker } from './backend/backend.ts';
export { JobsError, jobsErrorCodes, type JobsErrorCode } from './errors.ts';
export { inspectRedis, type RedisDescription } from './inspect-redis.ts';
export { openQueues, queueDepths, type Queues } from './open-queues.ts';
export {
  queueNames,
  type ActivityPayload,
  type CollectPayload,
  type EvaluatePayload,
  type QueueName,
} from './payloads.ts';
export { PutOff } from './put-off.ts';
export { queueSettings } from './queue-settings.ts';
export type { Work } from './read-work.ts';
export { parseSchedule, type Schedule } from './schedule.ts';
export { startWorker, type JobEvent, type JobHandler, type Try } from './start-worker.ts';
export { timingDefault, type Timing } from './timing.ts';
