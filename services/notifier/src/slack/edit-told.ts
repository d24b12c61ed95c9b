import type { ToldMessage } from '@ecr-audit/store';
import { z } from 'zod';
import { type Records, RecordsUnavailableError } from '../sinks/records.ts';
import { type Attempt, type Message, messageKey } from '../sinks/sink.ts';
import type { Offers } from './buttons.ts';
import { changeLines, titlesIn, type ToldChange } from './finding-changes.ts';
import { postsOf } from './fit-posts.ts';
import { placeSchema, postToSlack } from './post-to-slack.ts';
import { contextBlock, escaped } from './rich-text.ts';
import type { CallSlack } from './slack-client.ts';
import { failureOfSlack, lostMessage } from './slack-failure.ts';
import { slackMessage } from './slack-message.ts';
import { findingsIn } from './tellable.ts';

// Two hundred changes of a message have room.
const repliesMax = 10;

// Which messages are done, and how far the one under way has come: an edit that is limited goes on there.
const progressSchema = z.object({
  done: z.array(z.number()),
  current: z.object({ id: z.number(), isEdited: z.boolean(), replies: z.number() }).nullable(),
});
type Progress = z.output<typeof progressSchema>;

interface Editing {
  readonly call: CallSlack;
  readonly records: Records;
  readonly offers: Offers;
}

/**
 * Edits each message that told of these findings, so that it says how all of its findings stand now, and says in its thread what
 * happened. A message that somebody deleted is left alone, and one that can no longer be edited gets its line in the thread.
 */
export async function editTold(
  message: Message,
  changes: readonly ToldChange[],
  { call, records, offers }: Editing,
): Promise<Attempt> {
  const told = await records.toldBefore([...new Set(changes.map(({ fingerprint }) => fingerprint))]);
  if (told.length === 0) {
    return { kind: 'skipped' };
  }
  const before = progressSchema.safeParse(message.progress);
  let progress: Progress = before.success ? before.data : { done: [], current: null };
  const keep = (next: Progress): void => {
    progress = next;
  };
  try {
    for (const one of told.filter(({ id }) => !progress.done.includes(id))) {
      await editOne(one, { message, changes, call, records, offers, progress: () => progress, keep });
      keep({ done: [...progress.done, one.id], current: null });
    }
    return { kind: 'delivered', answer: `edited ${told.length} messages`, progress };
  } catch (error) {
    if (error instanceof RecordsUnavailableError) {
      throw error;
    }
    return { ...failureOfSlack(error), progress };
  }
}

interface EditingOne extends Editing {
  readonly message: Message;
  readonly changes: readonly ToldChange[];
  readonly progress: () => Progress;
  readonly keep: (progress: Progress) => void;
}

async function editOne(told: ToldMessage, editing: EditingOne): Promise<void> {
  const { message, changes, call, progress, keep } = editing;
  const place = placeSchema.safeParse(told.progress);
  const shown = await shownNow(told, editing);
  if (!place.success || shown === null) {
    return;
  }
  const { channel, ts } = place.data;
  const { current } = progress();
  let at = current?.id === told.id ? current : { id: told.id, isEdited: false, replies: 0 };
  if (!at.isEdited) {
    const isGone = await isGoneAfter(async () => {
      const { text, blocks } = shown.main;
      await call('chat.update', { channel, ts, text, blocks, link_names: false });
    });
    if (isGone) {
      return;
    }
    at = { ...at, isEdited: true };
    keep({ ...progress(), current: at });
  }
  const lines = changeLines(changes, titlesIn([told]));
  const text = escaped(lines[0]?.map((element) => element.text).join('') ?? '');
  const { posts, leftOut } = postsOf(lines, { postsMax: repliesMax });
  for (const [index, blocks] of posts.entries()) {
    if (index < at.replies) {
      continue;
    }
    const isLast = index === posts.length - 1;
    const more = isLast && leftOut > 0 ? [contextBlock(`${leftOut} more lines have no room here`)] : [];
    const isGone = await isGoneAfter(async () => {
      await postToSlack(
        call,
        { channel, thread_ts: ts },
        { key: messageKey(message), post: { text, blocks: [...blocks, ...more] } },
      );
    });
    if (isGone) {
      return;
    }
    at = { ...at, replies: index + 1 };
    keep({ ...progress(), current: at });
  }
}

async function shownNow(
  told: ToldMessage,
  { message, records, offers }: EditingOne,
): Promise<ReturnType<typeof slackMessage>> {
  const { id, scanId, createdAt, payload } = told;
  const { targetKey } = message;
  const alert: Message = { id, kind: 'alert', scanId, targetKey, createdAt, payload, progress: null };
  return slackMessage(alert, { standings: await records.standings(findingsIn(alert)), offers });
}

/** Whether the message is gone. One that is only fixed is not. */
async function isGoneAfter(work: () => Promise<void>): Promise<boolean> {
  try {
    await work();
    return false;
  } catch (error) {
    const lost = lostMessage(error);
    if (lost === null) {
      throw error;
    }
    return lost === 'gone';
  }
}
