import { createHash } from 'node:crypto';
import { existsSync, lstatSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { StoreError } from '../errors.ts';
import { isPassable, makeServerDirectory } from './data-directory.ts';
import type { ServerUser } from './server-user.ts';

// 107 bytes on Linux; macOS has 103, and a path that is good everywhere is easier to reason about.
const socketPathBytesMax = 103;
const socketName = '.s.PGSQL.5432';

/**
 * Makes the directory of the server's Unix socket and returns its path.
 *
 * The name follows from the data directory, so that a restarted server has the same URL. It lies in the temporary
 * directory because a data directory is often too long for a socket. Throws `socketPathTooLong`.
 */
export function makeSocketDirectory(
  dataDirectory: string,
  user: ServerUser | null,
  parents: readonly string[] = [tmpdir(), '/tmp'],
): string {
  const owner = user?.uid ?? process.getuid?.() ?? 0;
  const hash = createHash('sha256').update(`${owner}:${dataDirectory}`).digest('hex').slice(0, 12);
  for (const parent of parents) {
    const directory = path.join(parent, `ecr-audit-${hash}`);
    const fits = Buffer.byteLength(path.join(directory, socketName)) <= socketPathBytesMax;
    if (!fits || !existsSync(parent) || (user !== null && !isPassable(parent))) {
      continue;
    }
    makeServerDirectory(directory, user);
    refuseForeign(directory, owner);
    return directory;
  }
  throw new StoreError(
    'socketPathTooLong',
    `no temporary directory is fit for a Unix socket: expected at most ${socketPathBytesMax} bytes in a directory that every user may enter, found \`${parents.join('`, `')}\`; set \`TMPDIR\` to a short one`,
  );
}

// Anybody may create a name in the temporary directory. A server behind a foreign one could be anybody's.
function refuseForeign(directory: string, owner: number): void {
  const found = lstatSync(directory);
  if (!found.isDirectory() || found.uid !== owner || (found.mode & 0o077) !== 0) {
    throw new StoreError(
      'dataDirectoryUnusable',
      `the socket directory \`${directory}\` belongs to somebody else: expected a directory of user ${owner} with mode 700; remove it, or set \`TMPDIR\``,
    );
  }
}
