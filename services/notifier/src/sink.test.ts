import { PassThrough, Writable } from 'node:stream';
import { expect, it } from 'vitest';
import { streamSink } from './sink.ts';

it('a stream sink writes each message as a line', async () => {
  const stream = new PassThrough();
  const lines: string[] = [];
  stream.setEncoding('utf8').on('data', (text: string) => lines.push(text));
  const sink = streamSink(stream);
  await sink.deliver('{"id":1}');
  await sink.deliver('{"id":2}');
  expect(lines.join('')).toBe('{"id":1}\n{"id":2}\n');
});

it('a stream sink fails the delivery, not the process, when the reader is gone', async () => {
  const broken = new Writable({ write: (_chunk, _encoding, done) => done(new Error('EPIPE')) });
  await expect(streamSink(broken).deliver('x')).rejects.toThrow('EPIPE');
});
