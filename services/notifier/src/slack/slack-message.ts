import type { Alert } from '@ecr-audit/access';
import { messageKey, type Message } from '../sinks/sink.ts';
import type { Standing } from '../sinks/standing.ts';
import { alertParts, detailLines } from './alert-lines.ts';
import type { Offers } from './buttons.ts';
import { blocksMax, fitting, linesIn, postLengthMax, postsOf } from './fit-posts.ts';
import { type Block, blockLength, contextBlock, escaped, headerBlock } from './rich-text.ts';
import { headingPrefix } from './standing-lines.ts';
import { tellable } from './tellable.ts';

/** What one post to Slack holds. */
export interface Post {
  /** For notifications and for those who cannot see blocks. */
  readonly text: string;
  readonly blocks: readonly Block[];
}

/** A message for Slack: a post, and the posts in its thread. */
export interface SlackMessage {
  /** Null leaves it to the sink. */
  readonly channel: string | null;
  readonly key: string;
  readonly main: Post;
  readonly thread: readonly Post[];
  /** Lines that the thread has no room for; its last post says so. */
  readonly leftOut: number;
}

/** What a message shows beside what it tells: how its findings stand now, and what people may do from it. */
export interface SlackView {
  readonly standings: ReadonlyMap<string, Standing>;
  readonly offers: Offers;
}

// A thousand findings of one line each have room.
const threadPostsMax = 20;
const plainView: SlackView = { standings: new Map(), offers: null };

/** Says a message in Slack's blocks; null where it is nothing to tell there. */
export function slackMessage(message: Message, view: SlackView = plainView): SlackMessage | null {
  const told = tellable(message);
  if (told === null) {
    return null;
  }
  const key = messageKey(message);
  const closing = contextBlock(`Message ${key}`);
  const main =
    told.kind === 'alert'
      ? alertParts(told.alert, { ...view, targetKey: message.targetKey })
      : [{ kind: 'lines' as const, lines: told.lines }];
  const { posts, leftOut } = postsOf(told.kind === 'alert' ? detailLines(told.alert) : [], {
    postsMax: threadPostsMax,
  });
  const heading = told.kind === 'alert' ? headingOf(told.alert, view) : told.title;
  return {
    channel: told.kind === 'alert' ? told.alert.channel : null,
    key,
    main: {
      text: escaped(heading),
      blocks: [headerBlock(heading), ...fitting(main, { blocksMax: blocksMax - 2 }), closing],
    },
    thread: posts.map((blocks, index) => ({
      text: escaped(`${heading}: details`),
      blocks:
        leftOut > 0 && index === posts.length - 1
          ? [...blocks, contextBlock(`${leftOut} more lines have no room here`)]
          : blocks,
    })),
    leftOut,
  };
}

/** The same in one post, for webhooks, which answer no id that a thread could hang on. */
export function inOnePost(message: SlackMessage): Post {
  const room = blocksMax - message.main.blocks.length - 1;
  const details = message.thread.flatMap(({ blocks }) => blocks);
  const kept: Block[] = [];
  let length = message.main.blocks.reduce((sum, block) => sum + blockLength(block), 0);
  for (const block of details.slice(0, room)) {
    length += blockLength(block);
    if (length > postLengthMax) {
      break;
    }
    kept.push(block);
  }
  const lost = linesIn(details) - linesIn(kept) + message.leftOut;
  return {
    text: message.main.text,
    blocks: [
      ...message.main.blocks.slice(0, -1),
      ...kept,
      ...(lost > 0 ? [contextBlock(`${lost} more lines have no room here`)] : []),
      ...message.main.blocks.slice(-1),
    ],
  };
}

function headingOf({ severity, title, findings }: Alert, { standings }: SlackView): string {
  const prefix = headingPrefix(findings.map(({ fingerprint }) => standings.get(fingerprint)));
  return `${prefix}${severity.toUpperCase()} · ${title}`;
}
