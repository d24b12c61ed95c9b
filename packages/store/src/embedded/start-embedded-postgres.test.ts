import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { openStore } from '../open-store.ts';
import { isAlive, runningPostmaster } from './postmaster.ts';
import { startEmbeddedPostgres, type EmbeddedPostgres } from './start-embedded-postgres.ts';

// Three processes that each copy the binaries and make a database take some seconds on a busy machine.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const module = path.join(import.meta.dirname, 'start-embedded-postgres.ts');
const isRoot = process.getuid?.() === 0;
// Not the temporary directory of the environment: for root it must be one that other users may pass through.
// A first start takes a second, so the tests share a directory, save those about first starts.
const shared = mkdtempSync('/tmp/ecr-audit-embedded-');
let directory: string;
let started: EmbeddedPostgres[];
let children: ChildProcess[];

beforeEach(() => {
  directory = shared;
  started = [];
  children = [];
});

afterEach(async () => {
  for (const child of children) {
    child.kill('SIGKILL');
  }
  for (const server of started) {
    await server.stop();
  }
  const left = statSync(directory).isDirectory() ? serverPid() : null;
  if (left !== null) {
    process.kill(left, 'SIGKILL');
  }
  await vi.waitUntil(isGone(left), patience);
  for (const { socketDirectory } of started) {
    rmSync(socketDirectory, { recursive: true, force: true });
  }
  if (directory !== shared) {
    rmSync(directory, { recursive: true });
  }
});

afterAll(async () => {
  // An orderly stop also removes the socket directory, which the killed servers left.
  await (await startEmbeddedPostgres({ directory: shared })).stop();
  rmSync(shared, { recursive: true });
});

function useFreshDirectory(): void {
  directory = mkdtempSync('/tmp/ecr-audit-embedded-');
}

async function start(settings: Record<string, string> = {}): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres({ directory, settings: { fsync: 'off', ...settings } });
  started.push(server);
  return server;
}

/** Another process that starts the server, prints `startedHere`, and then does what `then` says. */
async function startElsewhere(then: string): Promise<{ child: ChildProcess; startedHere: boolean }> {
  const source = `import { startEmbeddedPostgres } from ${JSON.stringify(module)};
    const server = await startEmbeddedPostgres({ directory: ${JSON.stringify(directory)}, settings: { fsync: 'off' } });
    console.log(server.startedHere);
    ${then}`;
  const child = spawn(process.execPath, ['--input-type=module-typescript', '--eval', source], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  children.push(child);
  const [line]: unknown[] = await once(child.stdout, 'data');
  return { child, startedHere: String(line).trim() === 'true' };
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) {
    await once(child, 'exit');
  }
}

function serverPid(): number | null {
  return runningPostmaster(path.join(directory, 'cluster-18'))?.pid ?? null;
}

/** For `expect.poll`. */
function isGone(pid: number | null): () => boolean {
  return () => pid === null || !isAlive(pid);
}

const patience = { timeout: 10_000, interval: 5 };

async function answer(server: EmbeddedPostgres, sql = 'select 1 as value'): Promise<unknown> {
  const store = await openStore(server.url);
  const results = await store.sql.unsafe(sql).simple();
  await store.close();
  const last: unknown = results.flat().at(-1);
  return typeof last === 'object' && last !== null && 'value' in last ? last.value : undefined;
}

describe('a server', () => {
  test('starts on an empty directory, keeps its data over a restart, and has the same URL then', async () => {
    useFreshDirectory();
    const messages: string[] = [];
    const first = await startEmbeddedPostgres({ directory, onProgress: (message) => messages.push(message) });
    started.push(first);
    expect(first.startedHere).toBe(true);
    expect(messages).toEqual(['creating the database', 'starting the database']);
    await answer(first, 'create table kept (value int)');
    await first.stop();
    expect(serverPid()).toBeNull();
    expect(existsSync(first.socketDirectory)).toBe(false);

    const second = await start();
    expect(second.url).toBe(first.url);
    expect(await answer(second, 'select count(*)::int as value from kept')).toBe(0);
  });

  test('is joined where it runs already, and stops with its last user', async () => {
    const first = await start();
    const second = await start();
    expect(second).toMatchObject({ startedHere: false, url: first.url });
    await second.stop();
    expect(await answer(first)).toBe(1);
    const third = await start();
    await first.stop();
    expect(await answer(third)).toBe(1);
    await third.stop();
    expect(serverPid()).toBeNull();
    await third.stop();
  });

  test('is one, however many start it at once on an empty directory', async () => {
    useFreshDirectory();
    const elsewhere = startElsewhere('setInterval(() => {}, 1000)');
    const here = await Promise.all([start(), start(), start()]);
    const all = [...here.map(({ startedHere }) => startedHere), (await elsewhere).startedHere];
    expect(all.filter((startedHere) => startedHere)).toHaveLength(1);
    expect(readdirSync(directory).filter((name) => name.includes('unfinished'))).toEqual([]);
    for (const server of here) {
      expect(await answer(server)).toBe(1);
    }
  });

  test('takes settings and listens on no port', async () => {
    const server = await start({ work_mem: '12MB' });
    expect(await answer(server, `select current_setting('work_mem') as value`)).toBe('12MB');
    expect(await answer(server, `select current_setting('listen_addresses') as value`)).toBe('');
  });

  test('knows nothing of our environment, which may hold credentials', async () => {
    process.env['AWS_SECRET_ACCESS_KEY'] = 'secret';
    const server = await start();
    delete process.env['AWS_SECRET_ACCESS_KEY'];
    // The server runs the program as a child, with its own environment.
    const environment = await answer(
      server,
      `create temp table said (line text); copy said from program 'env'; select string_agg(line, ' ') as value from said`,
    );
    expect(environment).toContain('TZ=UTC');
    expect(environment).not.toContain('AWS');
  });

  test('keeps what it says in a log in the data directory, without the statements', async () => {
    const server = await start();
    await expect(answer(server, `select 1 / 0 as "policy text"`)).rejects.toThrow('division by zero');
    await server.stop();
    const log = readFileSync(path.join(directory, 'postgres.log'), 'utf8');
    expect(log).toContain('ready to accept connections');
    expect(log).not.toContain('policy text');
  });
});

describe('a server whose starter', () => {
  test('ends without stopping it ends, too', async () => {
    const { child } = await startElsewhere('const pid = 1;');
    const pid = serverPid();
    await ended(child);
    await expect.poll(isGone(pid), patience).toBe(true);
  });

  test('exits at once ends, too', async () => {
    const { child } = await startElsewhere('process.stdin.once("end", () => process.exit(3)); process.stdin.resume();');
    const pid = serverPid();
    child.stdin?.end();
    await ended(child);
    await expect.poll(isGone(pid), patience).toBe(true);
  });

  test('was killed is taken over by the next start and ends with it', async () => {
    const { child } = await startElsewhere('setInterval(() => {}, 1000)');
    const pid = serverPid();
    child.kill('SIGKILL');
    await ended(child);
    const next = await start();
    expect(next.startedHere).toBe(false);
    expect(serverPid()).toBe(pid);
    expect(await answer(next)).toBe(1);
    await next.stop();
    await expect.poll(isGone(pid), patience).toBe(true);
  });

  test('goes first lives on for the others', async () => {
    const { child } = await startElsewhere('process.stdin.once("end", () => server.stop()); process.stdin.resume();');
    const here = await start();
    child.stdin?.end();
    await ended(child);
    expect(await answer(here)).toBe(1);
  });
});

describe('a start', () => {
  test('works after the server was killed', async () => {
    const first = await start();
    await answer(first, 'create table if not exists kept_2 (value int)');
    const pid = serverPid() ?? 0;
    process.kill(pid, 'SIGKILL');
    await expect.poll(isGone(pid), patience).toBe(true);
    const second = await start();
    expect(second.startedHere).toBe(true);
    expect(await answer(second, 'select count(*)::int as value from kept_2')).toBe(0);
  });

  test('works beside a pid file that names another living program', async () => {
    const first = await start();
    await first.stop();
    writeFileSync(path.join(directory, 'cluster-18/postmaster.pid'), `${process.pid}\n/elsewhere\n`);
    expect((await start()).startedHere).toBe(true);
  });

  test('works after a first start was killed, and sweeps what it left', async () => {
    useFreshDirectory();
    mkdirSync(path.join(directory, 'cluster-18.unfinished-999999999-1/base'), { recursive: true });
    expect((await start()).startedHere).toBe(true);
    expect(readdirSync(directory)).not.toContain('cluster-18.unfinished-999999999-1');
  });

  test('refuses a directory without a version, and says what to do', async () => {
    useFreshDirectory();
    mkdirSync(path.join(directory, 'cluster-18'));
    await expect(start()).rejects.toMatchObject({
      code: 'dataDirectoryDamaged',
      message: expect.stringContaining('expected `18`, found `nothing`; restore'),
    });
  });

  test('refuses the database of another version instead of starting an empty one', async () => {
    useFreshDirectory();
    mkdirSync(path.join(directory, 'cluster-17'));
    await expect(start()).rejects.toMatchObject({
      code: 'dataDirectoryDamaged',
      message: expect.stringContaining('`cluster-17`'),
    });
  });

  test('refuses a damaged database with the words of Postgres', async () => {
    await (await start()).stop();
    const control = path.join(directory, 'cluster-18/global/pg_control');
    renameSync(control, `${control}.away`);
    const damaged = start();
    await expect(damaged).rejects.toMatchObject({
      code: 'dataDirectoryDamaged',
      message: expect.stringContaining('pg_control'),
    });
    renameSync(`${control}.away`, control);
  });

  test('shows the end of the log where a setting is wrong', async () => {
    await expect(start({ no_such_setting: '1' })).rejects.toMatchObject({
      code: 'embeddedPostgresFailed',
      message: expect.stringContaining('no_such_setting'),
    });
  });

  test('refuses a file in place of the directory', async () => {
    useFreshDirectory();
    rmSync(directory, { recursive: true });
    writeFileSync(directory, '');
    await expect(start()).rejects.toMatchObject({
      code: 'dataDirectoryUnusable',
      message: expect.stringContaining(`\`${directory}\``),
    });
  });

  test(`refuses a directory that ${isRoot ? 'the server may not pass into' : 'this user may not write'}`, async () => {
    useFreshDirectory();
    const closed = path.join(directory, 'closed');
    mkdirSync(closed, { mode: isRoot ? 0o700 : 0o500 });
    await expect(startEmbeddedPostgres({ directory: path.join(closed, 'data') })).rejects.toMatchObject({
      code: 'dataDirectoryUnusable',
      message: expect.stringContaining('`ECR_AUDIT_DATA`'),
    });
  });
});
