import { accessSync, chmodSync, chownSync, constants, mkdirSync, realpathSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { StoreError } from '../errors.ts';
import type { ServerUser } from './server-user.ts';

/** The directory of the standalone database: `ECR_AUDIT_DATA`, or the place that the system gives to such data. */
export function defaultDataDirectory(
  env: Readonly<Record<string, string | undefined>> = process.env,
  isRoot: boolean = process.getuid?.() === 0,
): string {
  if (env['ECR_AUDIT_DATA']) {
    return path.resolve(env['ECR_AUDIT_DATA']);
  }
  if (isRoot) {
    return '/var/lib/ecr-audit';
  }
  // The XDG specification asks to ignore a relative path.
  const dataHome = env['XDG_DATA_HOME'];
  if (dataHome && path.isAbsolute(dataHome)) {
    return path.join(dataHome, 'ecr-audit');
  }
  return path.join(env['HOME'] || homedir(), '.local/share/ecr-audit');
}

/** Creates the directory where it is missing and returns its real path. Throws `dataDirectoryUnusable`. */
export function prepareDataDirectory(directory: string, user: ServerUser | null): string {
  try {
    makeDirectories(path.resolve(directory), user === null ? 0o700 : 0o711);
    const real = realpathSync(directory);
    accessSync(real, constants.R_OK | constants.W_OK | constants.X_OK);
    if (user !== null) {
      letPass(real);
    }
    return real;
  } catch (error) {
    if (error instanceof StoreError) {
      throw error;
    }
    throw new StoreError(
      'dataDirectoryUnusable',
      `cannot use the data directory \`${directory}\`: expected a directory that this user may write; name another one in \`ECR_AUDIT_DATA\``,
      { cause: error },
    );
  }
}

// Node's own recursive form never ends where the system answers ENOENT below a directory that is there, as /proc does.
function makeDirectories(directory: string, mode: number): void {
  if (isDirectory(directory)) {
    return;
  }
  makeDirectories(path.dirname(directory), mode);
  try {
    mkdirSync(directory, { mode });
  } catch (error) {
    // Another process may have been quicker.
    if (!isDirectory(directory)) {
      throw error;
    }
  }
}

function isDirectory(directory: string): boolean {
  return statSync(directory, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

/** Creates a directory that only the server's user may enter. One that exists is left as it is. */
export function makeServerDirectory(directory: string, user: ServerUser | null): void {
  try {
    mkdirSync(directory, { mode: 0o700 });
  } catch (error) {
    // Changing the owner of what is there would let a symlink in a public directory hand out any directory.
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') {
      return;
    }
    throw error;
  }
  if (user !== null) {
    chownSync(directory, user.uid, user.gid);
  }
}

/** True when every user may pass through each directory on the way to `directory`, itself included. */
export function isPassable(directory: string): boolean {
  return closedAncestor(directory) === null;
}

// The server runs as another user than root, so it needs to pass. Only the data directory itself is ours to open.
function letPass(directory: string): void {
  const mode = statSync(directory).mode & 0o7777;
  if ((mode & 0o001) === 0) {
    chmodSync(directory, mode | 0o011);
  }
  const closed = closedAncestor(directory);
  if (closed !== null) {
    throw new StoreError(
      'dataDirectoryUnusable',
      `cannot use the data directory \`${directory}\`: Postgres does not run as root, and other users may not pass through \`${closed}\`; name a directory below /var/lib in \`ECR_AUDIT_DATA\``,
    );
  }
}

function closedAncestor(directory: string): string | null {
  for (let current = directory; ; current = path.dirname(current)) {
    if ((statSync(current).mode & 0o001) === 0) {
      return current;
    }
    if (current === path.dirname(current)) {
      return null;
    }
  }
}
