import { expect, test } from 'vitest';
import { lineBytesMax, linesOf } from './lines.ts';

async function linesFrom(...chunks: readonly string[]): Promise<readonly string[]> {
  async function* stream(): AsyncGenerator<Uint8Array> {
    for (const chunk of chunks) {
      yield await Promise.resolve(Buffer.from(chunk, 'latin1'));
    }
  }
  const lines = await Array.fromAsync(linesOf(stream()));
  return lines.map((line) => (line.kind === 'text' ? line.text : 'TOO LONG'));
}

test.each([
  ['nothing', [], []],
  ['a last line without a line feed', ['a\nb'], ['a', 'b']],
  ['a line feed at the end adds no line', ['a\n'], ['a']],
  ['blank lines are lines', ['\n\na\n\n'], ['', '', 'a', '']],
  ['lines cut by chunks', ['a', 'b\nc', '', '\n', 'd'], ['ab', 'c', 'd']],
  ['carriage returns belong to the line feed', ['a\r\nb\rc\r', '\n'], ['a', 'b\rc']],
  ['a character that two chunks share', ['\u00C3', '\u00A4\n'], ['ä']],
])('%s', async (_title, chunks, expected) => {
  expect(await linesFrom(...chunks)).toEqual(expected);
});

test('a line beyond the bound is passed over, and one at the bound is not', async () => {
  const long = 'x'.repeat(lineBytesMax);
  expect(await linesFrom(long, 'y\na\n')).toEqual(['TOO LONG', 'a']);
  expect(await linesFrom(long, '\na')).toEqual([long, 'a']);
});
