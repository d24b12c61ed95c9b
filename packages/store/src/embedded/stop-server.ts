import { rmdirSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { isAlive, type Postmaster } from './postmaster.ts';

const pollMs = 10;
// Each signal is rougher than the one before; what the last two lose, the next start recovers from the write-ahead log.
// https://www.postgresql.org/docs/current/server-shutdown.html
const steps: readonly { readonly signal: NodeJS.Signals; readonly waitMs: number }[] = [
  { signal: 'SIGINT', waitMs: 10_000 },
  { signal: 'SIGQUIT', waitMs: 3_000 },
  { signal: 'SIGKILL', waitMs: 3_000 },
];

/** Stops a server within 16 seconds, by force in the end, and removes its socket directory. */
export async function stopServer(postmaster: Postmaster): Promise<void> {
  for (const { signal, waitMs } of steps) {
    requestStop(postmaster, signal);
    const deadline = Date.now() + waitMs;
    while (isAlive(postmaster.pid) && Date.now() < deadline) {
      await wait(pollMs);
    }
    if (!isAlive(postmaster.pid)) {
      break;
    }
  }
  try {
    rmdirSync(postmaster.socketDirectory);
  } catch {
    // Somebody started a server anew, or the directory is gone: both are fine.
  }
}

/** Asks a server to stop and does not wait. Safe to call for one that is gone. */
export function requestStop(postmaster: Postmaster, signal: NodeJS.Signals = 'SIGINT'): void {
  try {
    process.kill(postmaster.pid, signal);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ESRCH') {
      return;
    }
    throw error;
  }
}
