/** Where messages go. `deliver` resolves when the message has been taken over, and rejects when it has not. */
export interface Sink {
  deliver(line: string): Promise<void>;
}

/** Writes each message as one line of JSON to a stream, and waits until the stream has taken it. */
export function streamSink(stream: NodeJS.WritableStream): Sink {
  // A closed pipe is reported to the callback of the write, and again as an event that would end the process.
  stream.on('error', () => {});
  return {
    deliver: async (line) =>
      await new Promise((resolve, reject) => {
        stream.write(`${line}\n`, (error) => {
          if (error === undefined || error === null) {
            resolve();
          } else {
            reject(error);
          }
        });
      }),
  };
}
