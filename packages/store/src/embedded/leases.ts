import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { isAlive } from './postmaster.ts';

let leasesTaken = 0;

/** One user of a server. The server is stopped when the last lease of a living process is given back. */
export interface Lease {
  /** Gives the lease back; true when nobody else holds one. Synchronous, so that it can run while the process exits. */
  readonly release: () => boolean;
}

/** Records that this process uses the server of `dataDirectory`. */
export function takeLease(dataDirectory: string): Lease {
  const directory = path.join(dataDirectory, 'users');
  mkdirSync(directory, { recursive: true });
  leasesTaken += 1;
  const name = `${process.pid}-${leasesTaken}`;
  writeFileSync(path.join(directory, name), '');
  return {
    release: () => {
      rmSync(path.join(directory, name), { force: true });
      return livingLeases(directory) === 0;
    },
  };
}

// What a killed process left behind is swept here, so nothing else has to.
function livingLeases(directory: string): number {
  let living = 0;
  for (const name of readdirSync(directory)) {
    const pid = Number.parseInt(name, 10);
    if (pid > 0 && isAlive(pid)) {
      living += 1;
    } else {
      rmSync(path.join(directory, name), { force: true });
    }
  }
  return living;
}

/** Records that the server with this pid was started by us, and so may be stopped by us. */
export function recordManagedServer(dataDirectory: string, pid: number): void {
  writeFileSync(path.join(dataDirectory, 'server.pid'), String(pid));
}

/** False for a server that somebody started by hand on our data directory. */
export function isManagedServer(dataDirectory: string, pid: number): boolean {
  try {
    return readFileSync(path.join(dataDirectory, 'server.pid'), 'utf8') === String(pid);
  } catch {
    return false;
  }
}
