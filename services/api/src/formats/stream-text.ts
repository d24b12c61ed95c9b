import { setImmediate } from 'node:timers/promises';

// Smaller pieces cost a turn of the event loop each, larger ones the memory of every reader.
const pieceLength = 64 * 1024;
// Who takes nothing for so long has gone to sleep: it holds a socket, and what was read for it.
const stallMsMax = 60_000;

/** A body that is written while it is read, and given up when nobody reads it. */
export interface TextStream {
  readonly body: ReadableStream<Uint8Array>;
}

/**
 * The lines as a body, so many at a time as its reader takes.
 *
 * The first ones are read before it is returned, so that what fails at once can still be told as a problem. What fails later, and
 * a reader that takes nothing for a minute, breaks the body off: it never ends as if it were whole. `onFailure` hears of the former.
 */
export async function streamText(
  lines: AsyncIterable<string>,
  options: { readonly onFailure: (error: unknown) => void; readonly stallMs?: number },
): Promise<TextStream> {
  const { onFailure, stallMs = stallMsMax } = options;
  const pieces = inPieces(lines)[Symbol.asyncIterator]();
  const encoder = new TextEncoder();
  let next: Promise<IteratorResult<string>> | null = Promise.resolve(await pieces.next());
  let stalled: NodeJS.Timeout | null = null;
  const stop = async (): Promise<void> => {
    clearTimeout(stalled ?? undefined);
    await pieces.return?.(undefined);
  };
  const body = new ReadableStream<Uint8Array>(
    {
      pull: async (controller) => {
        clearTimeout(stalled ?? undefined);
        try {
          const { done, value } = await (next ?? pieces.next());
          next = null;
          if (done === true) {
            controller.close();
            return;
          }
          controller.enqueue(encoder.encode(value));
        } catch (error) {
          onFailure(error);
          controller.error(error);
          return;
        }
        stalled = setTimeout(() => {
          controller.error(new Error('the answer was not read'));
          void stop();
        }, stallMs);
        stalled.unref();
        // A quick reader would leave no turn to other requests.
        await setImmediate();
      },
      cancel: stop,
    },
    { highWaterMark: 1 },
  );
  return { body };
}

async function* inPieces(lines: AsyncIterable<string>): AsyncGenerator<string> {
  let piece = '';
  for await (const line of lines) {
    piece += line;
    if (piece.length >= pieceLength) {
      yield piece;
      piece = '';
    }
  }
  if (piece !== '') {
    yield piece;
  }
}
