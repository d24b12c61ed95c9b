import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, connect, type Server } from 'node:net';
import path from 'node:path';
import { ApiError, serveApi } from '@ecr-audit/api';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { smallOrganization, stranger } from './harness/small-organization.ts';
import { startTestApi, type TestApi } from './harness/start-api.ts';
import { writeScan } from './harness/write-scan.ts';

const host = '127.0.0.1';
const main = path.join(import.meta.dirname, '../../services/api/src/main.ts');

let test: TestApi;
beforeAll(async () => {
  test = await startTestApi();
  await writeScan(test.store, smallOrganization());
});
afterAll(async () => {
  await test.stop();
});

it('answers over a socket as it answers without one, also for ids with slashes', async () => {
  const served = await serveApi({ api: test.api, host, port: 0 });
  try {
    const id = encodeURIComponent(`external:arn:aws:iam::${stranger}:role/path/ci`);
    for (const route of ['/v1/scans', `/v1/principals/${id}`, `/v1/principals/${id}/access?limit=3`, '/v1/nothing']) {
      const overSocket = await fetch(`${served.url}${route}`, { headers: { 'x-request-id': 'same' } });
      const without = await test.api.request(route, { headers: { 'x-request-id': 'same' } });
      expect([overSocket.status, await overSocket.text()]).toEqual([without.status, await without.text()]);
    }
  } finally {
    await served.close();
  }
  await expect(fetch(served.url)).rejects.toThrow('fetch failed');
});

it('bounds a body that comes in pieces and says nothing of its length', async () => {
  const served = await serveApi({ api: test.api, host, port: 0 });
  try {
    const chunk = new TextEncoder().encode(' '.repeat(65_536));
    const body = new ReadableStream({
      start: (controller) => {
        for (let sent = 0; sent < 8; sent += 1) {
          controller.enqueue(chunk);
        }
        controller.close();
      },
    });
    const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body, duplex: 'half' } as const;
    expect((await fetch(`${served.url}/v1/explain`, init)).status).toBe(413);
  } finally {
    await served.close();
  }
});

it('answers bytes that are no HTTP with a 400, and goes on', async () => {
  const served = await serveApi({ api: test.api, host, port: 0 });
  try {
    const socket = connect(served.port, host);
    socket.end('NONSENSE\0\r\n\r\n');
    const [answer] = await once(socket, 'data');
    expect(String(answer)).toMatch(/^HTTP\/1\.1 400 /);
    expect((await fetch(`${served.url}/healthz`)).status).toBe(200);
  } finally {
    await served.close();
  }
});

it('says which port is in use, and how to choose another', async () => {
  const other = await listenSomewhere();
  try {
    const failure = await serveApi({ api: test.api, host, port: portOf(other) }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ApiError);
    expect(failure).toMatchObject({
      code: 'portInUse',
      message: expect.stringMatching(new RegExp(`^port \`${portOf(other)}\` of .*choose another port with \`PORT\``)),
    });
  } finally {
    other.close();
  }
});

it('says that an address is not one of this machine', async () => {
  const failure = await serveApi({ api: test.api, host: '192.0.2.1', port: 0 }).catch((error: unknown) => error);
  expect(failure).toMatchObject({ code: 'addressUnusable', message: expect.stringContaining('`HOST`') });
});

it('runs as a process of its own: listens, answers, and ends in order at SIGTERM', async () => {
  const started = start({ DATABASE_URL: test.databaseUrl, PORT: '0' });
  const url = await started.sees(/"url":"([^"]+)"/);
  expect((await fetch(`${url}/readyz`)).status).toBe(200);
  started.process.kill('SIGTERM');
  expect(await started.exitCode).toBe(0);
  expect(started.output()).not.toContain('    at ');
});

it.each([
  ['no database is named', 2, {}, '`DATABASE_URL` is not set'],
  [
    'the port is no port',
    2,
    { DATABASE_URL: 'postgres://u:hunter2@localhost/x', PORT: '99999' },
    '`PORT` cannot be used',
  ],
  [
    'the database is away',
    1,
    { DATABASE_URL: 'postgres://u:hunter2@127.0.0.1:1/x' },
    'cannot reach the database at `127.0.0.1:1`',
  ],
])('ends with a sentence and without a stack trace where %s', async (_title, exitCode, environment, sentence) => {
  const started = start(environment);
  expect(await started.exitCode).toBe(exitCode);
  expect(started.output()).toContain(sentence);
  expect(started.output()).not.toMatch(/ {4}at |hunter2/);
});

it('ends with the port named where it is in use', async () => {
  const other = await listenSomewhere();
  try {
    const started = start({ DATABASE_URL: test.databaseUrl, PORT: String(portOf(other)) });
    expect(await started.exitCode).toBe(1);
    expect(started.output()).toContain(`port \`${portOf(other)}\` of \`127.0.0.1\` is in use`);
    expect(started.output()).not.toContain('    at ');
  } finally {
    other.close();
  }
});

interface Started {
  readonly process: ReturnType<typeof spawn>;
  readonly exitCode: Promise<number | null>;
  output(): string;
  /** Waits for a line on standard error, and returns its first group. */
  sees(pattern: RegExp): Promise<string>;
}

function start(environment: Readonly<Record<string, string>>): Started {
  const child = spawn(process.execPath, [main], {
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  const take = (chunk: Buffer): void => {
    text += chunk.toString('utf8');
  };
  child.stdout.on('data', take);
  child.stderr.on('data', take);
  const exitCode = once(child, 'close').then(([code]) => (typeof code === 'number' ? code : null));
  const sees = async (pattern: RegExp): Promise<string> => {
    for (;;) {
      const found = pattern.exec(text)?.[1];
      if (found !== undefined) {
        return found;
      }
      const ended = await Promise.race([once(child.stderr, 'data').then(() => false), exitCode.then(() => true)]);
      if (ended) {
        throw new Error(`the process ended: ${text}`);
      }
    }
  };
  return { process: child, exitCode, output: () => text, sees };
}

async function listenSomewhere(): Promise<Server> {
  const server = createServer().listen(0, host);
  await once(server, 'listening');
  return server;
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') {
    throw new Error('the server listens on no port');
  }
  return address.port;
}
