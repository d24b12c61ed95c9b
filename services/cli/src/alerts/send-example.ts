import { randomUUID } from 'node:crypto';
import type { Alert } from '@ecr-audit/access';
import type { Attempt, Message, Sink } from '@ecr-audit/notifier';

export interface Sent {
  readonly sink: string;
  readonly isDelivered: boolean;
  readonly answer: string;
}

/** An alert as the outbox would hold it. Each has an id of its own, so that a second test is a second message. */
export function messageOf(alert: Alert, now: Date): Message {
  return {
    id: 0,
    kind: 'alert',
    scanId: randomUUID(),
    targetKey: null,
    createdAt: now.toISOString(),
    payload: alert,
    progress: null,
  };
}

/** Gives each sink the message once, and tells what it answered. */
export async function sendToEach(sinks: readonly Sink[], message: Message): Promise<readonly Sent[]> {
  return await Promise.all(
    sinks.map(async (sink) => {
      const attempt = await sink.deliver(message);
      return { sink: sink.name, isDelivered: attempt.kind === 'delivered', answer: answerOf(attempt) };
    }),
  );
}

function answerOf(attempt: Attempt): string {
  switch (attempt.kind) {
    case 'delivered':
      return attempt.answer;
    case 'skipped':
      return 'does not tell such messages';
    case 'failed':
      return attempt.failure === 'unauthorized' ? `${attempt.reason}: give it a valid secret` : attempt.reason;
  }
}
