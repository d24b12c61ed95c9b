import type { JobEvent } from '@ecr-audit/jobs';
import type { Logger } from '@ecr-audit/runtime';

/** Logs what became of a job. A try that will be repeated is a warning; a job that was given up is an error. */
export function logJobEvent(log: Logger, event: JobEvent): void {
  const { queue, jobId, start } = event;
  const about = { queue, jobId, start, durationMs: Math.round(event.durationMs) };
  switch (event.kind) {
    case 'started':
    case 'completed':
      log.info(about, `job ${event.kind}`);
      break;
    case 'returned':
      log.info(about, 'job given back: another worker goes on');
      break;
    case 'putOff':
      log.debug({ ...about, why: event.error.message }, 'job put off');
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
