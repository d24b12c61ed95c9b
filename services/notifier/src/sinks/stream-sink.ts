import type { Message, Sink } from './sink.ts';

/** Writes each message as one line of JSON to a stream, and waits until the stream has taken it. */
export function streamSink(stream: NodeJS.WritableStream): Sink {
  // A closed pipe is reported to the callback of the write, and again as an event that would end the process.
  stream.on('error', () => {});
  return {
    name: 'lines',
    deliver: async (message) =>
      await new Promise((resolve) => {
        stream.write(`${lineOf(message)}\n`, (error) => {
          resolve(
            error === undefined || error === null
              ? { kind: 'delivered', answer: 'written', progress: null }
              : { kind: 'failed', failure: 'away', reason: error.message, retryAfterMs: null, progress: null },
          );
        });
      }),
  };
}

/** `id` lets the reader recognise a message that comes twice. */
function lineOf({ id, kind, scanId, createdAt, payload }: Message): string {
  return JSON.stringify({ id, kind, scanId, createdAt, payload });
}
