import { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { boundedLines, type LineBounds } from './bounded-lines.ts';

async function linesOf(
  chunks: readonly (string | Buffer)[],
  bounds: Partial<LineBounds> = {},
): Promise<readonly string[]> {
  const all = { linesMax: 100, lineBytesMax: 10, bytesMax: 1000, ...bounds };
  const found: string[] = [];
  for await (const { number, text, problem } of boundedLines(Readable.from(chunks), all)) {
    found.push(`${number} ${problem ?? text}`);
  }
  return found;
}

test.each([
  ['a line that ends', ['a\n'], ['1 a']],
  ['one that does not', ['a\nb'], ['1 a', '2 b']],
  ['empty ones', ['\n\na'], ['1 ', '2 ', '3 a']],
  ['nothing', [''], []],
  ['lines over several pieces', ['ab', 'c\nd', '\n'], ['1 abc', '2 d']],
  ['a character that is cut between two pieces', [Buffer.from([0xc3]), Buffer.from([0xa4, 0x0a])], ['1 ä']],
  ['a mark of the byte order', ['\uFEFFa\n'], ['1 a']],
])('%s', async (_, chunks, expected) => {
  expect(await linesOf(chunks)).toEqual(expected);
});

describe('ends at the line that is wrong, and names it', () => {
  test.each([
    ['a line over the bound', ['a\n0123456789A\nb\n'], {}, ['1 a', '2 expected a line of at most 10 bytes']],
    ['one that never ends', ['a\n', '01234', '56789', 'A'], {}, ['1 a', '2 expected a line of at most 10 bytes']],
    ['too many lines', ['a\nb\nc\n'], { linesMax: 2 }, ['1 a', '2 b', '3 expected at most 2 lines']],
    ['too much of all', ['a\n', 'b\n'], { bytesMax: 3 }, ['1 a', '2 expected at most 3 bytes']],
    ['what is no UTF-8', ['a\n', Buffer.from([0xff, 0x0a])], {}, ['1 a', '2 expected text in UTF-8']],
  ])('%s', async (_, chunks, bounds, expected) => {
    expect(await linesOf(chunks, bounds)).toEqual(expected);
  });
});
