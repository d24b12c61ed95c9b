import { type Block, blockLength, type Line, prose, textBlocks } from './rich-text.ts';

// https://docs.slack.dev/reference/block-kit/blocks
export const blocksMax = 50;
// Slack answers `msg_blocks_too_long` at about 13,200 characters in the blocks of one post, which its reference does not say.
export const postLengthMax = 10_000;

/** Lines below each other, or a block that stands for itself. */
export type Part =
  | { readonly kind: 'lines'; readonly lines: readonly Line[] }
  | { readonly kind: 'block'; readonly block: Block };

/** As many of the parts as one post takes, and the number of the lines that it does not take. */
export function fitting(parts: readonly Part[], bounds: { readonly blocksMax: number }): readonly Block[] {
  const kept: Block[] = [];
  // One is kept free for the number of those that are left out.
  const room = bounds.blocksMax - 1;
  let length = 0;
  let leftOut = 0;
  for (const block of parts.flatMap((part) => (part.kind === 'lines' ? textBlocks(part.lines) : [part.block]))) {
    length += blockLength(block);
    // In order: what follows something that is left out would seem to belong to what stands before it.
    if (leftOut === 0 && kept.length < room && length <= postLengthMax) {
      kept.push(block);
    } else {
      leftOut += linesIn([block]);
    }
  }
  return leftOut > 0 ? [...kept, ...textBlocks([prose(`… and ${leftOut} lines more`)])] : kept;
}

/** Lines in as many posts as they need, up to a number, and how many lines are left out then. */
export function postsOf(
  lines: readonly Line[],
  bounds: { readonly postsMax: number },
): { readonly posts: readonly (readonly Block[])[]; readonly leftOut: number } {
  const posts: Block[][] = [];
  let length = 0;
  const blocks = textBlocks(lines);
  for (const [index, block] of blocks.entries()) {
    const last = posts.at(-1);
    const size = blockLength(block);
    // One is kept free for the number of those that are left out.
    if (last !== undefined && last.length < blocksMax - 1 && length + size <= postLengthMax) {
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

export function linesIn(blocks: readonly Block[]): number {
  return blocks.reduce((sum, block) => sum + (block.type === 'rich_text' ? block.elements.length : 0), 0);
}
