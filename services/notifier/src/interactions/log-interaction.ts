import type { Logger } from '@ecr-audit/runtime';
import type { InteractionEvent } from './answer-interaction.ts';

/** Logs who did what from Slack, and what was refused; never what they wrote. */
export function logInteraction(log: Logger, event: InteractionEvent): void {
  switch (event.kind) {
    case 'acted': {
      const { action, who, finding, outcome } = event;
      log.info({ action, who, finding, outcome }, 'somebody acted from Slack');
      break;
    }
    case 'failed':
      log.error({ action: event.action, who: event.who, err: event.error }, 'cannot do what somebody wants from Slack');
      break;
    case 'refused':
      log.warn({ why: event.why }, 'refused a request that should be of Slack');
      break;
    default:
      event satisfies never;
  }
}
