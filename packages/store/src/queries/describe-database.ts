import type { Sql } from '../sql.ts';

export interface DatabaseDescription {
  /** As the server tells it, `18.4`. */
  readonly version: string;
  /** False on a replica, and where writing is turned off. */
  readonly isWritable: boolean;
}

/** Tells what kind of server answers, and changes nothing. */
export async function describeDatabase(sql: Sql): Promise<DatabaseDescription> {
  const [row] = await sql<{ version: string; is_writable: boolean }[]>`
    select
      current_setting('server_version') as version,
      not pg_is_in_recovery() and current_setting('transaction_read_only') = 'off' as is_writable`;
  if (row === undefined) {
    throw new Error('the server gave no row for one');
  }
  return { version: row.version, isWritable: row.is_writable };
}
