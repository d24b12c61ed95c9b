import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { StoreError } from './errors.ts';
import type { Store } from './open-store.ts';
import type { Sql } from './sql.ts';

const shippedDirectory = path.join(import.meta.dirname, '../migrations');
// Any constant does, as long as nobody else on the server locks it.
const migrationLock = 7_246_201_501;
// Another process may be migrating before us; a migration that rewrites a large table takes minutes.
const migrationTimeout = '15min';

interface Migration {
  readonly name: string;
  readonly text: string;
  readonly checksum: string;
}

/**
 * Brings the database to the schema shipped here and says which migrations that took, in order.
 *
 * All of them run in one transaction under one lock, so it may be called by every process at its start.
 * Throws `migrationChanged`, `migrationUnknown` and `migrationOutOfOrder`, and changes nothing then.
 */
export async function migrate(
  store: Store,
  options: { readonly directory?: string } = {},
): Promise<{ readonly applied: readonly string[] }> {
  const shipped = readMigrations(options.directory ?? shippedDirectory);
  return store.sql.begin(async (sql) => {
    await sql`select set_config('statement_timeout', ${migrationTimeout}, true)`;
    await sql`select pg_advisory_xact_lock(${migrationLock}::bigint)`;
    const pending = pendingMigrations(shipped, await appliedMigrations(sql));
    for (const migration of pending) {
      await sql.unsafe(migration.text).simple();
      await sql`insert into audit.migration (name, checksum) values (${migration.name}, ${migration.checksum})`;
    }
    return { applied: pending.map(({ name }) => name) };
  });
}

function readMigrations(directory: string): Migration[] {
  return readdirSync(directory)
    .filter((name) => name.endsWith('.sql'))
    .toSorted()
    .map((file) => {
      const text = readFileSync(path.join(directory, file), 'utf8');
      const checksum = createHash('sha256').update(text).digest('hex');
      return { name: path.basename(file, '.sql'), text, checksum };
    });
}

async function appliedMigrations(sql: Sql): Promise<{ name: string; checksum: string }[]> {
  await sql`create schema if not exists audit`;
  await sql`
    create table if not exists audit.migration (
      name text collate "C" primary key,
      checksum text not null,
      applied_at timestamptz not null default now()
    )`;
  return sql<{ name: string; checksum: string }[]>`select name, checksum from audit.migration order by name`;
}

function pendingMigrations(
  shipped: readonly Migration[],
  applied: readonly { name: string; checksum: string }[],
): Migration[] {
  for (const { name, checksum } of applied) {
    const migration = shipped.find((candidate) => candidate.name === name);
    if (migration === undefined) {
      throw new StoreError(
        'migrationUnknown',
        `the database has migration \`${name}\`, which this version does not know: run the newer ecr-audit that made it`,
      );
    }
    if (migration.checksum !== checksum) {
      throw new StoreError(
        'migrationChanged',
        `migration \`${name}\` differs from the one that the database has: restore its file, and put the change into a new migration`,
      );
    }
  }
  const last = applied.at(-1)?.name ?? '';
  const pending = shipped.filter(({ name }) => !applied.some((done) => done.name === name));
  const early = pending.find(({ name }) => name < last);
  if (early !== undefined) {
    throw new StoreError(
      'migrationOutOfOrder',
      `migration \`${early.name}\` comes before \`${last}\`, which the database already has: give it the next number`,
    );
  }
  return pending;
}
