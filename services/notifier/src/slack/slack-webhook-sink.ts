import type { AddressGuard } from '../http/address-guard.ts';
import { guardedPost } from '../http/guarded-post.ts';
import { failed, failureOfAnswer, failureOfError } from '../http/post-failure.ts';
import type { Sink } from '../sinks/sink.ts';
import { inOnePost, slackMessage } from './slack-message.ts';

export interface SlackWebhookOptions {
  /** The whole of it is a secret. */
  readonly url: URL;
  readonly isAllowed: AddressGuard;
  readonly timeoutMs?: number;
}

/**
 * Posts each message to an incoming webhook of Slack, the simple option: one channel, no thread.
 *
 * Not `@slack/webhook` 8.0.2, which follows where a name leads and has nothing that we would use besides.
 */
export function slackWebhookSink({ url, isAllowed, timeoutMs }: SlackWebhookOptions): Sink {
  return {
    name: 'slackWebhook',
    deliver: async (message) => {
      const said = slackMessage(message);
      if (said === null) {
        return { kind: 'skipped' };
      }
      try {
        const answer = await guardedPost(url, {
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ ...inOnePost(said), unfurl_links: false, unfurl_media: false }),
          isAllowed,
          ...(timeoutMs === undefined ? {} : { timeoutMs }),
        });
        if (answer.status === 200) {
          return { kind: 'delivered', answer: 'answered 200', progress: null };
        }
        // A webhook that was removed: https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks, its errors.
        return answer.status === 404 || answer.status === 410
          ? failed('unauthorized', `Slack knows no such webhook: ${answer.status}`, null)
          : failureOfAnswer(answer);
      } catch (error) {
        return failureOfError(error);
      }
    },
  };
}
