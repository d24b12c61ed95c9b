import { readdir } from 'node:fs/promises';
import path from 'node:path';

import type { ActivityBatch } from '@ecr-audit/access';

import { AwsError } from '../../errors.ts';
import { logFileWindows, type SeenFile } from './log-file-windows.ts';
import { type LogFileName, parseLogFileName } from './log-file-name.ts';
import { hashOfFile, recordsOfFile } from './read-log-file.ts';

/** A log file that was found, and its content by its hash. */
export interface LogFile extends LogFileName {
  /** Relative to the directory. */
  readonly path: string;
  readonly hash: string;
}

/** What reading a directory gives, in order: files with their events, then what all of them together show. */
export type LogFileReading =
  | { readonly kind: 'events'; readonly file: LogFile; readonly batch: ActivityBatch }
  | { readonly kind: 'read'; readonly file: LogFile; readonly hasReads: boolean }
  | { readonly kind: 'known'; readonly file: LogFile }
  | { readonly kind: 'broken'; readonly path: string; readonly message: string }
  /** No log file by its name: a digest, or something else. */
  | { readonly kind: 'ignored'; readonly path: string }
  | { readonly kind: 'windows'; readonly batch: ActivityBatch };

export interface LogFilesOptions {
  /** What is known of a file that was read to its end before; such a file is not read again. */
  readonly findImported: (file: {
    readonly name: string;
    readonly hash: string;
  }) => Promise<{ readonly hasReads: boolean } | null>;
  readonly signal?: AbortSignal;
}

interface PlaceFiles {
  readonly accountId: string;
  readonly region: string;
  readonly files: SeenFile[];
  hasReads: boolean;
}

/**
 * Reads a directory of log files as CloudTrail delivers them, in any folders, one after the other and none in memory whole.
 *
 * A file that is broken is named, and the others go on. What was seen follows from all files, so it comes last, and not at
 * all where `signal` ends the reading before. Throws `logDirectoryUnreadable`.
 */
export async function* readLogFiles(directory: string, options: LogFilesOptions): AsyncGenerator<LogFileReading> {
  const places = new Map<string, PlaceFiles>();
  for await (const found of filesBelow(directory, '')) {
    if (options.signal?.aborted === true) {
      return;
    }
    const name = parseLogFileName(path.basename(found));
    if (name === null) {
      yield { kind: 'ignored', path: found };
      continue;
    }
    const key = `${name.accountId}/${name.region}`;
    const { accountId, region, deliveredAtMs } = name;
    const place = places.get(key) ?? { accountId, region, files: [], hasReads: false };
    places.set(key, place);
    try {
      for await (const reading of readOne(directory, { ...name, path: found }, options)) {
        place.hasReads ||= reading.hasReads;
        yield reading;
      }
      place.files.push({ deliveredAtMs, isBroken: false });
    } catch (error) {
      if (!isOfFile(error)) {
        throw error;
      }
      place.files.push({ deliveredAtMs, isBroken: true });
      yield { kind: 'broken', path: found, message: error.message };
    }
  }
  for (const place of places.values()) {
    const windows = logFileWindows(place, place.files, { hasReads: place.hasReads });
    yield { kind: 'windows', batch: { events: [], ...windows } };
  }
}

async function* readOne(
  directory: string,
  found: LogFileName & { readonly path: string },
  { findImported }: LogFilesOptions,
): AsyncGenerator<Extract<LogFileReading, { file: LogFile }> & { readonly hasReads: boolean }> {
  const full = path.join(directory, found.path);
  const file = { ...found, hash: await hashOfFile(full) };
  const known = await findImported(file);
  if (known !== null) {
    yield { kind: 'known', file, hasReads: known.hasReads };
    return;
  }
  let hasReads = false;
  for await (const events of recordsOfFile(full)) {
    hasReads ||= events.some(isManagementRead);
    yield { kind: 'events', file, batch: { events, observed: [], holes: [] }, hasReads };
  }
  yield { kind: 'read', file, hasReads };
}

/** Reads of data events come from another selector of the trail. A quote within a text is escaped, so it is not taken for this. */
function isManagementRead(text: string): boolean {
  return /"readOnly"\s{0,8}:\s{0,8}true/.test(text) && /"managementEvent"\s{0,8}:\s{0,8}true/.test(text);
}

/** Paths below a folder, sorted, so that the files of a place come in the order of their time. Links are not followed. */
async function* filesBelow(directory: string, folder: string): AsyncGenerator<string> {
  const entries = await readdir(path.join(directory, folder), { withFileTypes: true }).catch((error: unknown) => {
    throw new AwsError(
      'logDirectoryUnreadable',
      `cannot read the directory \`${path.join(directory, folder)}\`: expected a directory with log files of CloudTrail`,
      { cause: error },
    );
  });
  for (const entry of entries.toSorted((left, right) => (left.name < right.name ? -1 : 1))) {
    const below = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) {
      yield* filesBelow(directory, below);
    } else {
      yield below;
    }
  }
}

/** A failure of the file itself, in its form or in reading it; what the caller throws while it keeps the events is not. */
function isOfFile(error: unknown): error is Error {
  if (error instanceof SyntaxError || error instanceof RangeError) {
    return true;
  }
  const code: unknown = error instanceof Error && 'code' in error ? error.code : null;
  return typeof code === 'string' && (code.startsWith('Z_') || /^(?:EIO|EACCES|ENOENT|EISDIR|EPERM)$/.test(code));
}
