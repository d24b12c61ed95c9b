import { PassThrough, Writable } from 'node:stream';
import { expect, it } from 'vitest';
import type { Message } from './sink.ts';
import { streamSink } from './stream-sink.ts';

const message = (id: number): Message => ({
  id,
  kind: 'test',
  targetKey: null,
  scanId: 's-1',
  createdAt: '2026-11-22T12:00:00Z',
  payload: { text: 'a\nb' },
  progress: null,
});

it('a stream sink writes each message as a line, with the id by which a reader knows it again', async () => {
  const stream = new PassThrough();
  const lines: string[] = [];
  stream.setEncoding('utf8').on('data', (text: string) => lines.push(text));
  const sink = streamSink(stream);
  await sink.deliver(message(1));
  await sink.deliver(message(2));
  const rest = '"kind":"test","scanId":"s-1","createdAt":"2026-11-22T12:00:00Z","payload":{"text":"a\\nb"}}\n';
  expect(lines.join('')).toBe(`{"id":1,${rest}{"id":2,${rest}`);
});

it('a stream sink fails the delivery, not the process, when the reader is gone', async () => {
  const broken = new Writable({ write: (_chunk, _encoding, done) => done(new Error('EPIPE')) });
  expect(await streamSink(broken).deliver(message(1))).toMatchObject({
    kind: 'failed',
    failure: 'away',
    reason: 'EPIPE',
  });
});
