/*
 * Blocks of rich text, not `mrkdwn`: what stands in their elements is shown as it is written, so that `*` of a policy survives,
 * and `<!channel>`, `<@U1>` or a backtick in a name are characters. In `mrkdwn` no code span can hold a backtick.
 * https://docs.slack.dev/reference/block-kit/blocks/rich-text-block
 */

type Element =
  | { readonly type: 'text'; readonly text: string; readonly style?: { readonly code?: true; readonly bold?: true } }
  | { readonly type: 'link'; readonly url: string; readonly text: string };

interface Section {
  readonly type: 'rich_text_section';
  readonly elements: readonly Element[];
}

/** `value` comes back with the click. */
export interface Button {
  readonly type: 'button';
  readonly action_id: string;
  readonly text: { readonly type: 'plain_text'; readonly text: string; readonly emoji: false };
  readonly value: string;
  readonly style?: 'primary' | 'danger';
}

export type Block =
  | { readonly type: 'actions'; readonly block_id: string; readonly elements: readonly Button[] }
  | {
      readonly type: 'header';
      readonly text: { readonly type: 'plain_text'; readonly text: string; readonly emoji: false };
    }
  | { readonly type: 'rich_text'; readonly elements: readonly Section[] }
  | {
      readonly type: 'context';
      readonly elements: readonly { readonly type: 'plain_text'; readonly text: string; readonly emoji: false }[];
    };

// Slack's own, in characters: https://docs.slack.dev/reference/block-kit/blocks/header-block
const headerLengthMax = 150;
// https://docs.slack.dev/reference/block-kit/composition-objects/text-object
/** @internal exported for the test */
export const textLengthMax = 3_000;

export type Line = readonly Element[];

/** Text in which backticks hold code, as our sentences are written. One without its partner is a character. */
export function prose(text: string): Line {
  const parts = shown(text).split('`');
  return parts.flatMap((part, index): Element[] => {
    const isCode = index % 2 === 1;
    const isPaired = isCode && index < parts.length - 1;
    if (isPaired && part !== '') {
      return [{ type: 'text', text: part, style: { code: true } }];
    }
    // No character is lost: a name in a sentence may hold backticks of its own.
    const written = isPaired ? '``' : isCode ? `\`${part}` : part;
    return written === '' ? [] : [{ type: 'text', text: written }];
  });
}

/** A name or a command, whatever it holds. */
export function code(text: string): Line {
  return [{ type: 'text', text: shown(text) || ' ', style: { code: true } }];
}

export function bold(text: string): Line {
  return [{ type: 'text', text: shown(text) || ' ', style: { bold: true } }];
}

export function link(url: string, text: string): Line {
  return [{ type: 'link', url, text }];
}

export function headerBlock(text: string): Block {
  return { type: 'header', text: { type: 'plain_text', text: cut(shown(text), headerLengthMax), emoji: false } };
}

export function contextBlock(text: string): Block {
  return { type: 'context', elements: [{ type: 'plain_text', text: cut(shown(text), textLengthMax), emoji: false }] };
}

/** Lines below each other, in as few blocks as their length allows. */
export function textBlocks(lines: readonly Line[]): readonly Block[] {
  const blocks: Line[][] = [];
  let length = 0;
  for (const line of lines.map(cutLine)) {
    const lineLength = lengthOf(line) + 1;
    const last = blocks.at(-1);
    if (last === undefined || length + lineLength > textLengthMax) {
      blocks.push([line]);
      length = lineLength;
    } else {
      last.push(line);
      length += lineLength;
    }
  }
  return blocks.map((block) => ({
    type: 'rich_text',
    elements: block.map((line, index) => ({
      type: 'rich_text_section',
      elements: index === block.length - 1 ? line : [...line, { type: 'text', text: '\n' }],
    })),
  }));
}

/** The characters of a block that people read. */
export function blockLength(block: Block): number {
  switch (block.type) {
    case 'header':
      return block.text.text.length;
    case 'context':
      return block.elements.reduce((sum, { text }) => sum + text.length, 0);
    case 'rich_text':
      return block.elements.reduce((sum, { elements }) => sum + lengthOf(elements), 0);
    case 'actions':
      return block.elements.reduce((sum, { text }) => sum + text.text.length, 0);
  }
}

/** For the one place that Slack reads as `mrkdwn`: the text of notifications. */
export function escaped(text: string): string {
  return shown(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll(/[*_~`]/g, (mark) => `${mark}\u200B`);
}

/**
 * Cuts at the length, never inside of a character.
 *
 * @internal exported for the test
 */
export function cut(text: string, lengthMax: number): string {
  if (text.length <= lengthMax) {
    return text;
  }
  const kept = text.slice(0, lengthMax - 1);
  return `${/[\uD800-\uDBFF]$/.test(kept) ? kept.slice(0, -1) : kept}…`;
}

// Line ends and characters that turn the direction of the text would let a name write lines of its own.
function shown(text: string): string {
  return text
    .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .replaceAll(/[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/g, '');
}

function lengthOf(line: Line): number {
  return line.reduce((sum, { text }) => sum + text.length, 0);
}

function cutLine(line: Line): Line {
  const elements: Element[] = [];
  let room = textLengthMax - 1;
  for (const element of line) {
    if (room <= 0) {
      break;
    }
    elements.push({ ...element, text: cut(element.text, room) });
    room -= element.text.length;
  }
  return elements;
}
