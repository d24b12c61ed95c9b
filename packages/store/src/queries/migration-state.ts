import { readdirSync } from 'node:fs';
import path from 'node:path';
import type { Sql } from '../sql.ts';

const shippedDirectory = path.join(import.meta.dirname, '../../migrations');

/** How the schema of the database relates to the one shipped here. */
export interface MigrationState {
  /** Migrations that `migrate` would apply. */
  readonly pending: readonly string[];
  /** Migrations of a newer version of ecr-audit. */
  readonly unknown: readonly string[];
}

/** Compares the migrations that the database has with those shipped here, and changes nothing. */
export async function migrationState(sql: Sql): Promise<MigrationState> {
  const shipped = readdirSync(shippedDirectory)
    .filter((name) => name.endsWith('.sql'))
    .map((file) => path.basename(file, '.sql'));
  const [table] = await sql<{ exists: boolean }[]>`select to_regclass('audit.migration') is not null as exists`;
  const rows = table?.exists === true ? await sql<{ name: string }[]>`select name from audit.migration` : [];
  const applied = new Set(rows.map(({ name }) => name));
  return {
    pending: shipped.filter((name) => !applied.has(name)).toSorted(),
    unknown: [...applied].filter((name) => !shipped.includes(name)).toSorted(),
  };
}
