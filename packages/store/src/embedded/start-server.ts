import { spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, renameSync, statSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { StoreError } from '../errors.ts';
import type { Binaries } from './binaries.ts';
import { serverEnvironment } from './cluster.ts';
import { removeStalePidFile, runningPostmaster, type Postmaster } from './postmaster.ts';
import type { ServerUser } from './server-user.ts';

// Recovery after a crash replays at most the write-ahead log between two checkpoints, which takes seconds.
const startTimeoutMs = 60_000;
const pollMs = 10;
const logBytesMax = 10_000_000;
const logLinesShown = 6;

/** What a start needs to know. */
export interface ServerStart {
  readonly dataDirectory: string;
  readonly cluster: string;
  readonly binaries: Binaries;
  readonly socketDirectory: string;
  readonly user: ServerUser | null;
  readonly settings: Readonly<Record<string, string>>;
}

/**
 * Starts a server and waits until it is ready, or until another one has taken the cluster.
 *
 * `postmaster.pid` is the lock: Postgres itself lets only one server in, so the loser of a race takes the winner's.
 */
export async function startServer(start: ServerStart): Promise<{ postmaster: Postmaster; isOurs: boolean }> {
  const deadline = Date.now() + startTimeoutMs;
  const log = path.join(start.dataDirectory, 'postgres.log');
  for (;;) {
    removeStalePidFile(start.cluster);
    const logStart = rotateLog(log);
    const server = spawnServer(start, log);
    for (;;) {
      const postmaster = runningPostmaster(start.cluster);
      if (postmaster?.isReady === true) {
        return { postmaster, isOurs: postmaster.pid === server.pid };
      }
      const failure = server.failure();
      // A server that is stopping, or the last children of one that was killed, hold the cluster for a moment.
      if (failure !== null && !isHeldByAnother(said(log, logStart))) {
        throw startFailed(start, failure, said(log, logStart));
      }
      if (Date.now() > deadline) {
        throw startFailed(start, 'it was not ready in time', said(log, logStart));
      }
      await wait(pollMs);
      if (failure !== null && postmaster === null) {
        break;
      }
    }
  }
}

function spawnServer(start: ServerStart, log: string): { pid: number | undefined; failure: () => string | null } {
  const settings = {
    // Only processes that may enter the socket directory reach the server: there is no port and no password.
    listen_addresses: '',
    unix_socket_directories: start.socketDirectory,
    // A failing statement may hold policy text, which does not belong in a log.
    log_min_error_statement: 'panic',
    timezone: 'UTC',
    log_timezone: 'UTC',
    ...start.settings,
  };
  const output = openSync(log, 'a', 0o600);
  let failure: string | null = null;
  const child = spawn(
    path.join(start.binaries.directory, 'bin/postgres'),
    [
      '-D',
      start.cluster,
      '-p',
      '5432',
      ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    ],
    {
      ...start.user,
      cwd: start.dataDirectory,
      env: serverEnvironment,
      // In a session of its own, so that Ctrl-C reaches us first and we stop the server after its clients.
      detached: true,
      stdio: ['ignore', output, output],
    },
  );
  closeSync(output);
  child.once('error', (error) => (failure = error.message));
  child.once('exit', (code, signal) => (failure = `it ended with ${signal ?? `code ${code}`}`));
  child.unref();
  return { pid: child.pid, failure: () => failure };
}

function isHeldByAnother(output: string): boolean {
  return output.includes('lock file "postmaster.pid"') || output.includes('shared memory block');
}

function startFailed(start: ServerStart, failure: string, output: string): StoreError {
  const isDamaged = /pg_control|checkpoint record|PANIC|incompatible/.test(output);
  const lines = output.trim().split('\n').slice(-logLinesShown).join('\n');
  return new StoreError(
    isDamaged ? 'dataDirectoryDamaged' : 'embeddedPostgresFailed',
    isDamaged
      ? `the database in \`${start.cluster}\` is damaged: restore it, or move it away to start with an empty one; Postgres said:\n${lines}`
      : `the embedded Postgres did not start: ${failure}; its log \`${path.join(start.dataDirectory, 'postgres.log')}\` ends with:\n${lines}`,
  );
}

function rotateLog(log: string): number {
  if (!existsSync(log)) {
    return 0;
  }
  const { size } = statSync(log);
  if (size < logBytesMax) {
    return size;
  }
  renameSync(log, `${log}.1`);
  return 0;
}

function said(log: string, from: number): string {
  return readFileSync(log).subarray(from).toString('utf8');
}
