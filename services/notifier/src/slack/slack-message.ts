import type { Alert } from '@ecr-audit/access';
import { messageKey, type Message } from '../sinks/sink.ts';
import { alertLines, detailLines } from './alert-lines.ts';
import {
  type Block,
  blockLength,
  contextBlock,
  escaped,
  headerBlock,
  type Line,
  prose,
  textBlocks,
} from './rich-text.ts';
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

// https://docs.slack.dev/reference/block-kit/blocks
const blocksMax = 50;
// Slack answers `msg_blocks_too_long` at about 13,200 characters in the blocks of one post, which its reference does not say.
const postLengthMax = 10_000;
// A thousand findings of one line each have room.
const threadPostsMax = 20;

/** Says a message in Slack's blocks; null where it is nothing to tell there. */
export function slackMessage(message: Message): SlackMessage | null {
  const told = tellable(message);
  if (told === null) {
    return null;
  }
  const key = messageKey(message);
  const closing = contextBlock(`Message ${key}`);
  const main = told.kind === 'alert' ? alertLines(told.alert) : told.lines;
  const { posts, leftOut } = postsOf(told.kind === 'alert' ? detailLines(told.alert) : [], {
    postsMax: threadPostsMax,
    blocksMax,
  });
  const heading = told.kind === 'alert' ? headingOf(told.alert) : told.title;
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

function headingOf({ severity, title }: Alert): string {
  return `${severity.toUpperCase()} · ${title}`;
}

function fitting(lines: readonly Line[], bounds: { readonly blocksMax: number }): readonly Block[] {
  const { posts, leftOut } = postsOf(lines, { postsMax: 1, blocksMax: bounds.blocksMax - 1 });
  const [blocks = []] = posts;
  return leftOut > 0 ? [...blocks, ...textBlocks([prose(`… and ${leftOut} lines more`)])] : blocks;
}

function postsOf(
  lines: readonly Line[],
  bounds: { readonly postsMax: number; readonly blocksMax: number },
): { readonly posts: readonly (readonly Block[])[]; readonly leftOut: number } {
  const posts: Block[][] = [];
  let length = 0;
  const blocks = textBlocks(lines);
  for (const [index, block] of blocks.entries()) {
    const last = posts.at(-1);
    const size = blockLength(block);
    // One is kept free for the number of those that are left out.
    if (last !== undefined && last.length < bounds.blocksMax - 1 && length + size <= postLengthMax) {
      last.push(block);
      length += size;
    } else if (posts.length < bounds.postsMax) {
      posts.push([block]);
      length = size;
    } else {
      return { posts, leftOut: linesIn(blocks.slice(index)) };
    }
  }
  return { posts, leftOut: 0 };
}

function linesIn(blocks: readonly Block[]): number {
  return blocks.reduce((sum, block) => sum + (block.type === 'rich_text' ? block.elements.length : 0), 0);
}
