import type { Logger } from '@ecr-audit/runtime';
import type { NotifierEvent } from './deliver-outbox.ts';

/** Logs what became of a message; its content goes to the sink alone. */
export function logNotifierEvent(log: Logger, event: NotifierEvent): void {
  switch (event.kind) {
    case 'delivered':
      log.info({ id: event.row.id, message: event.row.kind, scanId: event.row.scanId }, 'delivered');
      break;
    case 'failed':
      log.error(
        { id: event.row.id, err: event.error, retryDelayMs: event.retryDelayMs },
        'cannot deliver, will try again',
      );
      break;
    case 'storeFailed':
      log.warn({ err: event.error }, 'cannot read the outbox, will try again');
      break;
    default:
      event satisfies never;
  }
}
