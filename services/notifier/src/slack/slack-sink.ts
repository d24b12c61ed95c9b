import { z } from 'zod';
import { noRecords } from '../sinks/records.ts';
import type { Attempt, Message, Sink } from '../sinks/sink.ts';
import type { Offers } from './buttons.ts';
import { editTold } from './edit-told.ts';
import { changesOf } from './finding-changes.ts';
import { placeSchema, postToSlack } from './post-to-slack.ts';
import { type CallSlack, slackClient, type SlackClientOptions } from './slack-client.ts';
import { failureOfSlack } from './slack-failure.ts';
import { slackMessage, type SlackMessage } from './slack-message.ts';
import { findingsIn } from './tellable.ts';

export interface SlackOptions extends SlackClientOptions {
  /** Where messages go that name no channel. */
  readonly channel: string;
  /** Null, or nothing, where nobody hears a click. */
  readonly offers?: Offers;
}

// Kept with the delivery, so that a message whose thread broke off goes on there and is not said again, and is found again
// when it is to be edited.
const progressSchema = placeSchema.extend({ replies: z.int().nonnegative() });
type Progress = z.output<typeof progressSchema>;

/** Posts each message with a bot token, its details in the thread, and edits it when one of its findings changes. */
export function slackSink({ channel, offers = null, ...client }: SlackOptions): Sink {
  const call = slackClient(client);
  return {
    name: 'slack',
    deliver: async (message: Message, records = noRecords) => {
      const changes = message.kind === 'finding.changed' ? changesOf(message.payload) : null;
      if (changes !== null) {
        return await editTold(message, changes, { call, records, offers });
      }
      const standings = await records.standings(findingsIn(message));
      const said = slackMessage(message, { standings, offers });
      const before = progressSchema.safeParse(message.progress);
      return said === null
        ? { kind: 'skipped' }
        : await postMessage(said, before.success ? before.data : null, { call, channel });
    },
  };
}

async function postMessage(
  { main, thread, key, ...message }: SlackMessage,
  before: Progress | null,
  { call, channel }: { readonly call: CallSlack; readonly channel: string },
): Promise<Attempt> {
  let progress = before;
  try {
    progress ??= {
      ...(await postToSlack(call, { channel: message.channel ?? channel }, { key, post: main })),
      replies: 0,
    };
    for (const post of thread.slice(progress.replies)) {
      await postToSlack(call, { channel: progress.channel, thread_ts: progress.ts }, { key, post });
      progress = { ...progress, replies: progress.replies + 1 };
    }
    return { kind: 'delivered', answer: `posted to ${progress.channel}`, progress };
  } catch (error) {
    return { ...failureOfSlack(error), progress };
  }
}
