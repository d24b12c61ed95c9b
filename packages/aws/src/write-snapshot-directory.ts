import { renameSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, realpath, rename, rm, rmdir, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';

import type { SnapshotPart } from '@ecr-audit/access';

import { AwsError } from './errors.ts';
import { systemReason } from './read-snapshot-directory.ts';
import { isSnapshotFolder, isSnapshotPath } from './snapshot-paths.ts';

/**
 * Writes a snapshot directory, or replaces one.
 *
 * The parts are written beside it first and moved into place, so that a failure leaves what was there. A directory
 * that holds anything but a snapshot is refused. Throws an `AwsError`. `onTemporary` is told each directory that is in
 * the way if the process ends in the middle; removing one that is gone does no harm.
 */
export async function writeSnapshotDirectory(
  directory: string,
  parts: readonly SnapshotPart[],
  options: { readonly onTemporary?: (directory: string) => void } = {},
): Promise<void> {
  const strange = parts.find((part) => !isSnapshotPath(part.path));
  if (strange !== undefined) {
    throw new AwsError('snapshotWriteFailed', `\`${strange.path}\` is no file of a snapshot`);
  }
  const target = await realpath(directory).catch(() => resolve(directory));
  const state = await stateOf(target, directory);
  await writing(directory, async () => {
    await makeFolders(dirname(target));
    const fresh = await mkdtemp(join(dirname(target), `.${basename(target)}-new-`));
    options.onTemporary?.(fresh);
    try {
      await writeParts(fresh, parts);
      await moveIntoPlace(fresh, target, { state, ...options });
    } finally {
      await rm(fresh, { recursive: true, force: true });
    }
  });
}

// Node's own recursive form never ends where the system answers ENOENT below a folder that is there, as /proc does.
async function makeFolders(folder: string): Promise<void> {
  if (await isFolder(folder)) {
    return;
  }
  await makeFolders(dirname(folder));
  await mkdir(folder).catch(async (error: unknown) => {
    // Another process may have been quicker.
    if (!(await isFolder(folder))) {
      throw error;
    }
  });
}

async function isFolder(folder: string): Promise<boolean> {
  return await stat(folder).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

type TargetState = 'absent' | 'empty' | 'snapshot';

async function stateOf(target: string, shown: string): Promise<TargetState> {
  const names = await readdir(target).catch((error: unknown) => {
    const reason = systemReason(error);
    if (reason === systemReason({ code: 'ENOENT' })) {
      return null;
    }
    throw new AwsError('snapshotWriteFailed', `cannot write snapshot directory \`${shown}\`: ${reason}`, {
      cause: error,
    });
  });
  if (names === null) {
    return 'absent';
  }
  if (names.length === 0) {
    return 'empty';
  }
  const foreign = names.includes('snapshot.json') ? await firstForeign(target, '') : names.toSorted()[0];
  if (foreign !== undefined) {
    throw new AwsError(
      'snapshotDirectoryOccupied',
      `\`${shown}\` holds \`${foreign}\`, which is no file of a snapshot, and replacing the directory would lose it: name a new or empty directory`,
    );
  }
  return 'snapshot';
}

/** Gives the first entry that a snapshot does not have. */
async function firstForeign(root: string, folder: string): Promise<string | undefined> {
  for (const entry of await readdir(join(root, folder), { withFileTypes: true })) {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory() && isSnapshotFolder(path)) {
      const foreign = await firstForeign(root, path);
      if (foreign !== undefined) {
        return foreign;
      }
    } else if (!entry.isFile() || !isSnapshotPath(path.replace(/\.gz$/, ''))) {
      return path;
    }
  }
  return undefined;
}

async function writeParts(folder: string, parts: readonly SnapshotPart[]): Promise<void> {
  for (const part of parts) {
    const file = join(folder, part.path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, part.content, { flag: 'wx' });
  }
}

async function moveIntoPlace(
  fresh: string,
  target: string,
  options: { readonly state: TargetState; readonly onTemporary?: (directory: string) => void },
): Promise<void> {
  const { state } = options;
  if (state === 'snapshot') {
    const old = await mkdtemp(join(dirname(target), `.${basename(target)}-old-`));
    options.onTemporary?.(old);
    // Both at once, so that no signal is heard between them: then neither snapshot would be in its place.
    renameSync(target, join(old, 'snapshot'));
    try {
      renameSync(fresh, target);
    } catch (error) {
      renameSync(join(old, 'snapshot'), target);
      throw error;
    } finally {
      await rm(old, { recursive: true, force: true });
    }
    return;
  }
  if (state === 'empty') {
    await rmdir(target);
  }
  await rename(fresh, target);
}

async function writing(directory: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    throw error instanceof AwsError
      ? error
      : new AwsError(
          'snapshotWriteFailed',
          `cannot write snapshot directory \`${directory}\`: ${systemReason(error)}`,
          { cause: error },
        );
  }
}
