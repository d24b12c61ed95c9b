import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { until } from './until.ts';

export interface RedisServer {
  readonly url: string;
  /** Kills the server and starts an empty one in its place: all that it held is lost. Fails on a server that is not ours. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** Says where Redis would come from; null when there is none. A server of our own is preferred to `REDIS_URL`. */
export function redisSource(): 'binary' | 'environment' | null {
  try {
    execFileSync('redis-server', ['--version'], { stdio: 'ignore' });
    return 'binary';
  } catch {
    return process.env['REDIS_URL'] === undefined || process.env['REDIS_URL'] === '' ? null : 'environment';
  }
}

/** Starts a Redis of its own on a Unix socket in a temporary directory, or hands out `REDIS_URL`. */
export async function startRedis(): Promise<RedisServer> {
  if (redisSource() === 'environment') {
    return {
      url: process.env['REDIS_URL'] ?? '',
      restart: async () => await Promise.reject(new Error('the Redis of `REDIS_URL` is not ours to restart')),
      stop: async () => await Promise.resolve(),
    };
  }
  const directory = mkdtempSync(path.join(tmpdir(), 'redis-'));
  const socket = path.join(directory, 's');
  let running = await startServer(directory, socket);
  return {
    url: `unix://${socket}`,
    restart: async () => {
      await running.end('SIGKILL');
      rmSync(socket, { force: true });
      running = await startServer(directory, socket);
    },
    stop: async () => {
      await running.end('SIGTERM');
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

async function startServer(
  directory: string,
  socket: string,
): Promise<{ readonly end: (signal: NodeJS.Signals) => Promise<void> }> {
  const settings = ['--port', '0', '--unixsocket', socket, '--save', '', '--appendonly', 'no', '--dir', directory];
  const server = spawn('redis-server', [...settings, '--maxmemory-policy', 'noeviction'], { stdio: 'ignore' });
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  await until('redis-server to answer', async () => await answers(socket), { timeoutMs: 10_000 });
  return {
    end: async (signal) => {
      server.kill(signal);
      await ended;
    },
  };
}

async function answers(socket: string): Promise<boolean> {
  return await new Promise((resolve) => {
    const connection = connect(socket);
    connection.once('error', () => resolve(false));
    connection.once('connect', () => connection.write('PING\r\n'));
    connection.once('data', (data) => {
      connection.destroy();
      resolve(data.toString().startsWith('+PONG'));
    });
  });
}
