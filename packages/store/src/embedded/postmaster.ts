import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';

/** What `postmaster.pid` says about the server of a data directory. */
export interface Postmaster {
  readonly pid: number;
  readonly socketDirectory: string;
  readonly port: number;
  readonly isReady: boolean;
}

/** Reads `postmaster.pid`. Null when there is none, when it is half written, or when its process is gone. */
export function runningPostmaster(cluster: string): Postmaster | null {
  const text = readPidFile(cluster);
  if (text === null) {
    return null;
  }
  // Lines: pid, data directory, start time, port, socket directory, listen address, shared memory, status.
  // https://www.postgresql.org/docs/current/storage-file-layout.html
  const lines = text.split('\n').map((line) => line.trim());
  const pid = Number(lines[0]);
  const port = Number(lines[3]);
  const socketDirectory = lines[4] ?? '';
  if (!Number.isInteger(pid) || pid <= 0 || !isAlive(pid) || !isPostgres(pid)) {
    return null;
  }
  return { pid, port, socketDirectory, isReady: socketDirectory !== '' && lines[7] === 'ready' };
}

/**
 * Removes a `postmaster.pid` whose process is alive but is no Postgres.
 *
 * Postgres removes one with a dead process itself, but would take a reused pid of its own user for a running server.
 */
export function removeStalePidFile(cluster: string): void {
  const pid = Number.parseInt(readPidFile(cluster) ?? '', 10);
  if (pid > 0 && isAlive(pid) && !isPostgres(pid)) {
    rmSync(path.join(cluster, 'postmaster.pid'), { force: true });
  }
}

function readPidFile(cluster: string): string | null {
  try {
    return readFileSync(path.join(cluster, 'postmaster.pid'), 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
      return null;
    }
    throw error;
  }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

// After a reboot the pid may be another program's. Only Linux lets us look; elsewhere Postgres itself finds out.
function isPostgres(pid: number): boolean {
  try {
    // `123 (postgres) S ...`; Z is a process that ended and that its parent has not yet noticed.
    return /\(postgres\) [^ZX]/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return process.platform !== 'linux';
  }
}
