import type { AddressGuard } from '../http/address-guard.ts';
import { guardedPost } from '../http/guarded-post.ts';
import { failed, failureOfAnswer, failureOfError } from '../http/post-failure.ts';
import { noRecords, type Records } from '../sinks/records.ts';
import { type Message, messageKey, type Sink } from '../sinks/sink.ts';
import { changeLines, changesOf, titlesIn } from './finding-changes.ts';
import { blocksMax, fitting } from './fit-posts.ts';
import { contextBlock } from './rich-text.ts';
import { inOnePost, type Post, slackMessage } from './slack-message.ts';
import { findingsIn } from './tellable.ts';

export interface SlackWebhookOptions {
  /** The whole of it is a secret. */
  readonly url: URL;
  readonly isAllowed: AddressGuard;
  readonly timeoutMs?: number;
}

/**
 * Posts each message to an incoming webhook of Slack, the simple option: one channel, no thread. It cannot edit what it said,
 * so that what became of a finding is a short post of its own; silence was rejected: nobody would hear that it is over.
 *
 * Not `@slack/webhook` 8.0.2, which follows where a name leads and has nothing that we would use besides.
 */
export function slackWebhookSink({ url, isAllowed, timeoutMs }: SlackWebhookOptions): Sink {
  return {
    name: 'slackWebhook',
    deliver: async (message, records = noRecords) => {
      const post = await postOf(message, records);
      if (post === null) {
        return { kind: 'skipped' };
      }
      try {
        const answer = await guardedPost(url, {
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ ...post, unfurl_links: false, unfurl_media: false }),
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

async function postOf(message: Message, records: Records): Promise<Post | null> {
  const changes = message.kind === 'finding.changed' ? changesOf(message.payload) : null;
  if (changes === null) {
    const standings = await records.standings(findingsIn(message));
    const said = slackMessage(message, { standings, offers: null });
    return said === null ? null : inOnePost(said);
  }
  const told = await records.toldBefore(changes.map(({ fingerprint }) => fingerprint));
  const lines = changeLines(changes, titlesIn(told));
  return lines.length === 0
    ? null
    : {
        text: lines.length === 1 ? 'What became of a finding' : `What became of ${lines.length} findings`,
        blocks: [
          ...fitting([{ kind: 'lines', lines }], { blocksMax: blocksMax - 1 }),
          contextBlock(`Message ${messageKey(message)}`),
        ],
      };
}
