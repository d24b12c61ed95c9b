import { LogLevel, WebClient } from '@slack/web-api';
import { z } from 'zod';
import type { Attempt, Message, Sink } from '../sinks/sink.ts';
import { failureOfSlack } from './slack-failure.ts';
import { type Post, slackMessage, type SlackMessage } from './slack-message.ts';

const timeoutMsDefault = 10_000;

export interface SlackOptions {
  readonly token: string;
  /** Where messages go that name no channel. */
  readonly channel: string;
  /** Slack itself where nothing is said. */
  readonly apiUrl?: string;
  readonly timeoutMs?: number;
}

const answerSchema = z.object({ channel: z.string(), ts: z.string() });
// Kept with the delivery, so that a message whose thread broke off goes on there and is not said again.
const progressSchema = answerSchema.extend({ replies: z.int().nonnegative() });
type Progress = z.output<typeof progressSchema>;

/** Posts each message with a bot token, its details in the thread. */
export function slackSink({ token, channel, apiUrl, timeoutMs = timeoutMsDefault }: SlackOptions): Sink {
  const client = new WebClient(token, {
    ...(apiUrl === undefined ? {} : { slackApiUrl: apiUrl }),
    timeout: timeoutMs,
    // Waiting is the outbox's: there it survives this process and is seen.
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    allowAbsoluteUrls: false,
    // Its log goes to standard output, which is for messages.
    logLevel: LogLevel.ERROR,
    logger: silent,
  });
  const post = async (to: object, key: string, { text, blocks }: Post): Promise<z.output<typeof answerSchema>> =>
    answerSchema.parse(
      await client.apiCall('chat.postMessage', {
        ...to,
        text,
        blocks,
        link_names: false,
        unfurl_links: false,
        unfurl_media: false,
        metadata: { event_type: 'ecr_audit_message', event_payload: { key } },
      }),
    );

  const deliver = async (message: SlackMessage, before: Progress | null): Promise<Attempt> => {
    let progress = before;
    try {
      progress ??= { ...(await post({ channel: message.channel ?? channel }, message.key, message.main)), replies: 0 };
      for (const reply of message.thread.slice(progress.replies)) {
        await post({ channel: progress.channel, thread_ts: progress.ts }, message.key, reply);
        progress = { ...progress, replies: progress.replies + 1 };
      }
      return { kind: 'delivered', answer: `posted to ${progress.channel}`, progress };
    } catch (error) {
      return { ...failureOfSlack(error), progress };
    }
  };

  return {
    name: 'slack',
    deliver: async (message: Message) => {
      const said = slackMessage(message);
      const before = progressSchema.safeParse(message.progress);
      return said === null ? { kind: 'skipped' } : await deliver(said, before.success ? before.data : null);
    },
  };
}

const silent = {
  debug: () => {},
  info: () => {},
  warn: () => {},
  error: () => {},
  setLevel: () => {},
  getLevel: () => LogLevel.ERROR,
  setName: () => {},
};
