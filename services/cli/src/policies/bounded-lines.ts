/** A line of a file; `problem` says why its text cannot be had, and ends the file. */
export interface BoundedLine {
  readonly number: number;
  readonly text: string;
  readonly problem: string | null;
}

export interface LineBounds {
  readonly linesMax: number;
  readonly lineBytesMax: number;
  readonly bytesMax: number;
}

const lineFeed = 0x0a;

/**
 * The lines of a stream of UTF-8, from 1. No more than one line is held, and none that is longer than the bound.
 *
 * Rejected: Node's readline, which holds a line of any length before anybody can look at it.
 */
export async function* boundedLines(stream: AsyncIterable<unknown>, bounds: LineBounds): AsyncGenerator<BoundedLine> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let held: Buffer[] = [];
  let heldBytes = 0;
  let bytes = 0;
  let number = 1;
  const line = (): BoundedLine => {
    const whole = Buffer.concat(held);
    held = [];
    heldBytes = 0;
    try {
      return { number, text: decoder.decode(whole), problem: null };
    } catch {
      return { number, text: '', problem: 'expected text in UTF-8' };
    }
  };
  const problemOf = (): string | null =>
    heldBytes > bounds.lineBytesMax
      ? `expected a line of at most ${bounds.lineBytesMax} bytes`
      : number > bounds.linesMax
        ? `expected at most ${bounds.linesMax} lines`
        : bytes > bounds.bytesMax
          ? `expected at most ${bounds.bytesMax} bytes`
          : null;
  for await (const given of stream) {
    const chunk = Buffer.isBuffer(given) ? given : Buffer.from(String(given));
    bytes += chunk.length;
    let start = 0;
    while (start < chunk.length) {
      const found = chunk.indexOf(lineFeed, start);
      const part = chunk.subarray(start, found < 0 ? chunk.length : found);
      held.push(part);
      heldBytes += part.length;
      const problem = problemOf();
      if (problem !== null) {
        yield { number, text: '', problem };
        return;
      }
      if (found < 0) {
        break;
      }
      yield line();
      number += 1;
      start = found + 1;
    }
  }
  if (heldBytes > 0) {
    yield line();
  }
}
