import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { SnapshotPart } from '@ecr-audit/access';
import { z } from 'zod';

/** Gives a new directory to some work, and takes it away afterwards. */
export async function inScratch<Result>(work: (directory: string) => Result | Promise<Result>): Promise<Result> {
  const directory = makeScratch();
  try {
    return await work(directory);
  } finally {
    removeScratch(directory);
  }
}

/** The same for work that does not wait. */
export function inScratchSync<Result>(work: (directory: string) => Result): Result {
  const directory = makeScratch();
  try {
    return work(directory);
  } finally {
    removeScratch(directory);
  }
}

// The server of an embedded Postgres refuses to run as root, so its user must get into the directory.
function makeScratch(): string {
  const directory = mkdtempSync(path.join(process.getuid?.() === 0 ? '/var/tmp' : '/tmp', 'ecr-audit-bench-'));
  chmodSync(directory, 0o755);
  return directory;
}

function removeScratch(directory: string): void {
  rmSync(directory, { recursive: true, force: true });
}

const partsSchema = z.array(z.object({ path: z.string(), content: z.string() }));

/** Hands the parts of a snapshot to another process: making them there would count as its memory. */
export function writeParts(file: string, parts: readonly SnapshotPart[]): string {
  writeFileSync(file, JSON.stringify(parts));
  return file;
}

export function readParts(file: string): SnapshotPart[] {
  return partsSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
}
