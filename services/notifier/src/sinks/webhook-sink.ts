import { createHmac } from 'node:crypto';
import type { AddressGuard } from '../http/address-guard.ts';
import { guardedPost } from '../http/guarded-post.ts';
import { failureOfAnswer, failureOfError } from '../http/post-failure.ts';
import { messageKey, type Sink } from './sink.ts';

export interface WebhookOptions {
  readonly url: URL;
  readonly secret: string;
  readonly isAllowed: AddressGuard;
  readonly now: () => Date;
  readonly timeoutMs?: number;
}

/**
 * Posts each message as JSON, signed as Standard Webhooks says, which readers have libraries for: the key of the message, the
 * time and the body are under one HMAC-SHA256, so that neither an old message nor another's id can be passed off as new.
 * https://www.standardwebhooks.com
 */
export function webhookSink({ url, secret, isAllowed, now, timeoutMs }: WebhookOptions): Sink {
  return {
    name: 'webhook',
    deliver: async (message) => {
      const { kind, scanId, createdAt, payload } = message;
      const id = messageKey(message);
      const body = JSON.stringify({ type: kind, timestamp: createdAt, id, scanId, data: payload });
      const timestamp = String(Math.floor(now().getTime() / 1000));
      const headers = {
        'content-type': 'application/json',
        'user-agent': 'ecr-audit',
        'webhook-id': id,
        'webhook-timestamp': timestamp,
        'webhook-signature': `v1,${signatureOf(secret, `${id}.${timestamp}.${body}`)}`,
      };
      try {
        const answer = await guardedPost(url, {
          headers,
          body,
          isAllowed,
          ...(timeoutMs === undefined ? {} : { timeoutMs }),
        });
        return answer.status >= 200 && answer.status < 300
          ? { kind: 'delivered', answer: `answered ${answer.status}`, progress: null }
          : failureOfAnswer(answer);
      } catch (error) {
        return failureOfError(error);
      }
    },
  };
}

/** `whsec_` stands before a secret in Base64; any other is taken as it is written. */
function signatureOf(secret: string, signed: string): string {
  const key = secret.startsWith('whsec_') ? Buffer.from(secret.slice('whsec_'.length), 'base64') : Buffer.from(secret);
  return createHmac('sha256', key).update(signed).digest('base64');
}
