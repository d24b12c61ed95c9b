import { lstat, readdir, readFile, realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';

import type { SnapshotPart } from '@ecr-audit/access';

import { AwsError } from './errors.ts';
import { sortedBy } from './snapshot-json.ts';
import { isSnapshotFolder, isSnapshotPath } from './snapshot-paths.ts';

// The details of an account of 20,000 roles are about 60 MB; a file beyond this is not one of ours, or a trap.
export const snapshotFileBytesMax = 256 * 1024 * 1024;

const unzip = promisify(gunzip);

/**
 * Reads every known file of a snapshot directory, sorted by path, `.gz` decompressed. Other files are passed over.
 *
 * Throws an `AwsError` for a directory that is missing or no snapshot, and for a file that cannot be read, is too
 * large, or is a link that leaves the directory.
 */
export async function readSnapshotDirectory(directory: string): Promise<SnapshotPart[]> {
  const root = await rootOf(directory);
  const files = await listFiles(root, '');
  if (!files.includes('snapshot.json')) {
    throw new AwsError(
      'notASnapshot',
      `\`${directory}\` is not a snapshot: expected a file snapshot.json in it; make a snapshot with \`ecr-audit collect --out DIR\``,
    );
  }
  const parts: SnapshotPart[] = [];
  for (const file of files) {
    const path = withoutGz(file);
    if (parts.some((part) => part.path === path)) {
      throw new AwsError(
        'snapshotFileUnreadable',
        `\`${join(directory, path)}\` is there twice, plain and as .gz: keep one of them`,
      );
    }
    parts.push({ path, content: await readText(root, file) });
  }
  return sortedBy(parts, (part) => part.path);
}

async function rootOf(directory: string): Promise<string> {
  try {
    const root = await realpath(directory);
    if ((await stat(root)).isDirectory()) {
      return root;
    }
  } catch (error) {
    throw new AwsError(
      'snapshotDirectoryMissing',
      `cannot open snapshot directory \`${directory}\`: ${systemReason(error)}; make a snapshot with \`ecr-audit collect --out DIR\``,
      { cause: error },
    );
  }
  throw new AwsError(
    'snapshotDirectoryMissing',
    `\`${directory}\` is not a directory: expected a directory that \`ecr-audit collect --out DIR\` wrote`,
  );
}

/** Lists the known files below a folder, by their path from the root. */
async function listFiles(root: string, folder: string): Promise<readonly string[]> {
  const names = await readdir(join(root, folder)).catch((error: unknown) => {
    throw unreadable(join(root, folder), systemReason(error), error);
  });
  const files: string[] = [];
  for (const name of names.toSorted()) {
    const path = folder === '' ? name : `${folder}/${name}`;
    if (isSnapshotPath(withoutGz(path))) {
      files.push(path);
    } else if (isSnapshotFolder(path) && (await isFolderWithin(root, path))) {
      files.push(...(await listFiles(root, path)));
    }
  }
  return files;
}

async function isFolderWithin(root: string, path: string): Promise<boolean> {
  const real = await realWithin(root, path);
  return (await lstat(real)).isDirectory();
}

async function readText(root: string, path: string): Promise<string> {
  const real = await realWithin(root, path);
  const { size, isFile } = await stat(real).then((found) => ({ size: found.size, isFile: found.isFile() }));
  if (!isFile) {
    throw unreadable(join(root, path), 'it is not a file', null);
  }
  if (size > snapshotFileBytesMax) {
    throw tooLarge(join(root, path));
  }
  try {
    const bytes = await readFile(real);
    const plain = path.endsWith('.gz') ? await unzip(bytes, { maxOutputLength: snapshotFileBytesMax }) : bytes;
    return new TextDecoder('utf-8', { fatal: true }).decode(plain);
  } catch (error) {
    throw isTooLarge(error) ? tooLarge(join(root, path)) : unreadable(join(root, path), systemReason(error), error);
  }
}

/** Resolves links and refuses one that leaves the directory: a snapshot may come from somebody else. */
async function realWithin(root: string, path: string): Promise<string> {
  const real = await realpath(join(root, path)).catch((error: unknown) => {
    throw unreadable(join(root, path), systemReason(error), error);
  });
  if (!real.startsWith(root.endsWith(sep) ? root : root + sep)) {
    throw unreadable(join(root, path), 'it is a link that leaves the snapshot directory', null);
  }
  return real;
}

function withoutGz(path: string): string {
  return path.endsWith('.gz') ? path.slice(0, -3) : path;
}

function unreadable(path: string, reason: string, cause: unknown): AwsError {
  return new AwsError('snapshotFileUnreadable', `cannot read \`${path}\`: ${reason}`, { cause });
}

function tooLarge(path: string): AwsError {
  return new AwsError(
    'snapshotFileTooLarge',
    `\`${path}\` is too large: expected at most ${snapshotFileBytesMax / 1024 / 1024} MB`,
  );
}

function isTooLarge(error: unknown): boolean {
  return codeOf(error) === 'ERR_BUFFER_TOO_LARGE';
}

/** Says in words why the system refused; its own text would repeat the path. */
export function systemReason(error: unknown): string {
  const code = codeOf(error);
  const reasons: Readonly<Record<string, string>> = {
    ENOENT: 'it does not exist',
    ENOTDIR: 'a part of the path is not a directory',
    EACCES: 'permission denied',
    EPERM: 'not permitted',
    ELOOP: 'its links go in a circle',
    ENOSPC: 'no space is left on the disk',
    EROFS: 'the file system is read-only',
    ERR_ENCODING_INVALID_ENCODED_DATA: 'expected text in UTF-8',
    Z_DATA_ERROR: 'expected gzip data, and they are damaged',
    Z_BUF_ERROR: 'expected gzip data, and they end too early',
  };
  return reasons[code] ?? (code === '' ? 'it failed' : code);
}

function codeOf(error: unknown): string {
  const code: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, 'code') : undefined;
  return typeof code === 'string' ? code : '';
}
