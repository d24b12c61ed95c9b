import { once } from 'node:events';

/** Standard output, for the command's own output and nothing else. */
export interface Output {
  readonly isTerminal: boolean;
  /** Resolves when the reader has room for more, so that a slow reader slows us down instead of filling memory. */
  write(text: string): Promise<void>;
  /** Resolves when everything written has left the process. */
  flush(): Promise<void>;
}

/** `onClosed` hears of a reader that has gone, as in `| head`: nobody wants the rest. */
export function standardOutput(onClosed: () => void): Output {
  const stream = process.stdout;
  stream.on('error', (error: Error) => {
    if ('code' in error && error.code === 'EPIPE') {
      onClosed();
      return;
    }
    throw error;
  });
  return {
    isTerminal: stream.isTTY,
    write: async (text) => {
      if (!stream.write(text)) {
        await once(stream, 'drain');
      }
    },
    flush: async () => await new Promise((resolve) => stream.write('', () => resolve())),
  };
}
