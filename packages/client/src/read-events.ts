import { readLines } from './read-lines.ts';

/** A server-sent event. */
export interface ServerEvent {
  readonly event: string;
  /** What the service wrote as JSON. */
  readonly data: unknown;
}

/** The events of a body. Comments, which keep the connection alive, are left out. */
export async function* readEvents(body: ReadableStream<Uint8Array>): AsyncGenerator<ServerEvent, void, undefined> {
  let event = 'message';
  let data: string[] = [];
  for await (const line of readLines(body)) {
    if (line === '') {
      if (data.length > 0) {
        yield { event, data: JSON.parse(data.join('\n')) };
      }
      event = 'message';
      data = [];
    } else if (line.startsWith('event:')) {
      event = line.slice('event:'.length).trim();
    } else if (line.startsWith('data:')) {
      data.push(line.slice('data:'.length).replace(/^ /, ''));
    }
  }
}
