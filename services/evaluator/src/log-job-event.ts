import type { JobEvent } from '@ecr-audit/jobs';
import type { Logger } from '@ecr-audit/runtime';

/** Logs what became of a job. A try that will be repeated is a warning; a job that was given up is an error. */
export function logJobEvent(log: Logger, event: JobEvent): void {
  const about = { queue: event.queue, jobId: event.jobId, start: event.start };
  switch (event.kind) {
    case 'started':
    case 'completed':
      log.info(about, `job ${event.kind}`);
      break;
    case 'failed':
      log.warn({ ...about, err: event.error }, 'job failed and will be tried again');
      break;
    case 'givenUp':
      log.error({ ...about, err: event.error }, 'job given up');
      break;
    default:
      event satisfies never;
  }
}
