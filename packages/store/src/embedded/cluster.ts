import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { StoreError } from '../errors.ts';
import { renameUnlessThere, unfinishedDirectory, type Binaries } from './binaries.ts';
import { makeServerDirectory } from './data-directory.ts';
import type { ServerUser } from './server-user.ts';

const initdbTimeoutMs = 120_000;

/** The environment of the server's processes: ours may hold AWS credentials, which are none of its business. */
export const serverEnvironment = { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };

/**
 * Returns the database cluster in `dataDirectory`, creating it where there is none.
 *
 * It is made beside its place and appears by one rename, so that a killed first start leaves nothing that looks like a
 * database, and two first starts need no lock. Throws `dataDirectoryDamaged` and `embeddedPostgresFailed`.
 */
export async function prepareCluster(
  dataDirectory: string,
  binaries: Binaries,
  user: ServerUser | null,
  onProgress: (message: string) => void,
): Promise<string> {
  const major = String(Number.parseInt(binaries.version, 10));
  const cluster = path.join(dataDirectory, `cluster-${major}`);
  if (!existsSync(cluster)) {
    refuseOtherVersion(dataDirectory, major);
    onProgress('creating the database');
    const unfinished = unfinishedDirectory(cluster);
    makeServerDirectory(unfinished, user);
    await initdb(unfinished, binaries, user);
    renameUnlessThere(unfinished, cluster);
  }
  refuseDamaged(cluster, major);
  return cluster;
}

async function initdb(cluster: string, binaries: Binaries, user: ServerUser | null): Promise<void> {
  const options = ['-D', cluster, '-U', 'postgres', '--auth=trust', '--encoding=UTF8', '--locale=C'];
  try {
    // The first checkpoint of the server writes everything to disk anyway, so initdb need not wait for it.
    await promisify(execFile)(
      path.join(binaries.directory, 'bin/initdb'),
      [...options, '--no-sync', '--no-instructions'],
      {
        ...user,
        cwd: path.dirname(cluster),
        env: serverEnvironment,
        timeout: initdbTimeoutMs,
      },
    );
  } catch (error) {
    rmSync(cluster, { recursive: true, force: true });
    const said = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : '';
    throw new StoreError(
      'embeddedPostgresFailed',
      `cannot create the database in \`${path.dirname(cluster)}\`: ${said === '' ? String(error) : said}`,
      { cause: error },
    );
  }
}

function refuseOtherVersion(dataDirectory: string, major: string): void {
  // Starting an empty database beside an old one would look as if all history were lost.
  const other = readdirSync(dataDirectory).find((name) => /^cluster-\d+$/.test(name));
  if (other === undefined) {
    return;
  }
  throw new StoreError(
    'dataDirectoryDamaged',
    `the data directory \`${dataDirectory}\` holds \`${other}\`, a database of another Postgres version than ${major}: move it away, or name another directory in \`ECR_AUDIT_DATA\``,
  );
}

function refuseDamaged(cluster: string, major: string): void {
  const file = path.join(cluster, 'PG_VERSION');
  const found = existsSync(file) ? readFileSync(file, 'utf8').trim() : 'nothing';
  if (found === major) {
    return;
  }
  throw new StoreError(
    'dataDirectoryDamaged',
    `\`${file}\` is damaged: expected \`${major}\`, found \`${found}\`; restore \`${cluster}\`, or move it away to start with an empty database`,
  );
}
