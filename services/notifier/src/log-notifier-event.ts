import type { Logger } from '@ecr-audit/runtime';
import type { NotifierEvent } from './deliver-outbox.ts';

/** Logs what became of a message; its content goes to the sinks alone. */
export function logNotifierEvent(log: Logger, event: NotifierEvent): void {
  if (event.kind === 'storeFailed') {
    log.warn({ err: event.error }, 'cannot read the outbox, will try again');
    return;
  }
  const { sink, row, attempt, outcome } = event;
  const about = { sink, id: row.id, message: row.kind, scanId: row.scanId };
  switch (outcome.kind) {
    case 'delivered':
      log.info(about, 'delivered');
      break;
    case 'skipped':
      log.debug(about, 'nothing to tell there');
      break;
    case 'failed': {
      const { reason, retryDelayMs, isDead } = outcome;
      const failure = attempt.kind === 'failed' ? attempt.failure : undefined;
      if (isDead) {
        log.error({ ...about, failure, reason }, 'given up: `ecr-audit alerts retry` sends it again');
      } else if (failure === 'unauthorized') {
        log.error(
          { ...about, failure, reason, retryDelayMs },
          'the receiver does not accept our secret: everything for it waits until there is a valid one',
        );
      } else {
        log.error({ ...about, failure, reason, retryDelayMs }, 'cannot deliver, will try again');
      }
      break;
    }
    default:
      outcome satisfies never;
  }
}
