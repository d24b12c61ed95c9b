import { once } from 'node:events';
import { connect } from 'node:net';
import { text as readText } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, it, test } from 'vitest';
import { type SampleServer, startSampleServer } from '../api-contract/harness/sample-server.ts';
import { fuzzText, runFuzz } from './run-fuzz.ts';

let server: SampleServer;
beforeAll(async () => {
  server = await startSampleServer();
});
afterAll(async () => {
  await server.stop();
});

const requests = 2_000;
// Six seconds on a machine that does nothing else, and a hundred on one that does much.
const timeoutMs = 600_000;

it(
  'answers whatever it is asked with a 4xx problem or an honest answer, never with a 5xx, a stack trace or SQL',
  async () => {
    const [before] = await server.store.sql<{ cells: number }[]>`select count(*)::int as cells from audit.access_block`;
    const result = await runFuzz(server, { seed: 20_261_123, isEnough: (asked) => asked >= requests });
    process.stdout.write(fuzzText(result));
    expect(result.wrong).toEqual([]);
    expect(result.requests).toBeGreaterThanOrEqual(requests);
    // What was refused was refused for many reasons, and some of it was legal.
    expect(Object.keys(result.byStatus)).toEqual(expect.arrayContaining(['200', '400', '404', '405', '415', '422']));
    const [after] = await server.store.sql<{ cells: number }[]>`select count(*)::int as cells from audit.access_block`;
    expect(after).toEqual(before);
    const failures = server.log.filter(({ level }) => level === 'error');
    expect(failures).toEqual([]);
  },
  timeoutMs,
);

test.each<[string, string]>([
  ['a line feed in the path', 'GET /v1/scans\nx HTTP/1.1\r\nhost: localhost\r\n\r\n'],
  [
    'raw bytes in the path',
    'GET /v1/scans?target=\u00FF\u00FE HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n',
  ],
  ['a zero byte in a header', 'GET /v1/scans HTTP/1.1\r\nhost: localhost\r\naccept: a\0b\r\n\r\n'],
  ['two lengths', 'POST /v1/explain HTTP/1.1\r\nhost: localhost\r\ncontent-length: 2\r\ncontent-length: 3\r\n\r\n{}'],
  [
    'a length and pieces',
    'POST /v1/explain HTTP/1.1\r\nhost: localhost\r\ncontent-length: 2\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n',
  ],
  ['a negative length', 'POST /v1/explain HTTP/1.1\r\nhost: localhost\r\ncontent-length: -1\r\n\r\n{}'],
  ['no host', 'GET /v1/scans HTTP/1.1\r\nconnection: close\r\n\r\n'],
  ['a host that is none', 'GET /v1/scans HTTP/1.1\r\nhost: a b/c?d\r\nconnection: close\r\n\r\n'],
  [
    'the address of somebody else',
    'GET http://example.com/v1/nothing HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n',
  ],
  ['an asterisk', 'OPTIONS * HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n'],
  // Node.js knows no such method, and tells so before any route is looked for.
  ['a method of its own', 'BREW /v1/scans HTTP/1.1\r\nhost: localhost\r\n\r\n'],
  ['very many headers', `GET /v1/scans HTTP/1.1\r\nhost: localhost\r\n${'x: y\r\n'.repeat(5_000)}\r\n`],
  ['a header that does not end', `GET /v1/scans HTTP/1.1\r\nhost: localhost\r\nx: ${'y'.repeat(100_000)}`],
])('%s is refused with a 4xx, and the next request is answered', async (_title, bytes) => {
  const { hostname, port } = new URL(server.url);
  const socket = connect(Number(port), hostname);
  await once(socket, 'connect');
  socket.end(bytes, 'latin1');
  const answer = await readText(socket);
  expect(answer).toMatch(/^HTTP\/1\.1 4\d\d /);
  // Node.js itself refuses some, with nothing to read.
  expect(answer).toMatch(/content-type: application\/problem\+json|\r\n\r\n(?:0\r\n\r\n)?$/);
  expect(answer).not.toMatch(/\n\s+at |node_modules|\.ts:\d/);
  expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
});

test("bytes that are no HTTP are told to be 'requestUnreadable'", async () => {
  const { hostname, port } = new URL(server.url);
  const socket = connect(Number(port), hostname);
  socket.end('NONSENSE\0\r\n\r\n');
  expect(await readText(socket)).toMatch(/^HTTP\/1\.1 400 [\s\S]*"code":"requestUnreadable"/);
});
