/** A line of a text stream. `tooLong` lines are passed over, so that no input fills the memory. */
export type Line = { readonly kind: 'text'; readonly text: string } | { readonly kind: 'tooLong' };

const lineFeed = 0x0a;
// A request holds a few names and at most some session policies of 2 KB each.
export const lineBytesMax = 1024 * 1024;

/**
 * Splits bytes into lines, each without its line feed and carriage return. A last line without a line feed counts, the
 * nothing after the last line feed does not.
 */
export async function* linesOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Line> {
  let held: Uint8Array[] = [];
  let heldBytes = 0;
  const hold = (piece: Uint8Array): void => {
    heldBytes += piece.length;
    if (heldBytes <= lineBytesMax) {
      held.push(piece);
    } else {
      held = [];
    }
  };
  const take = (): Line => {
    const line: Line = heldBytes > lineBytesMax ? { kind: 'tooLong' } : { kind: 'text', text: textOf(held) };
    held = [];
    heldBytes = 0;
    return line;
  };
  for await (const chunk of chunks) {
    let from = 0;
    for (let at = chunk.indexOf(lineFeed); at !== -1; at = chunk.indexOf(lineFeed, from)) {
      hold(chunk.subarray(from, at));
      yield take();
      from = at + 1;
    }
    if (from < chunk.length) {
      hold(chunk.subarray(from));
    }
  }
  if (heldBytes > 0) {
    yield take();
  }
}

function textOf(pieces: readonly Uint8Array[]): string {
  const text = Buffer.concat(pieces).toString('utf8');
  return text.endsWith('\r') ? text.slice(0, -1) : text;
}
