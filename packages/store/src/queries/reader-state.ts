import type { Sql } from '../sql.ts';

/** The role that reads the views and nothing else; people put their own users into it. */
export const READER_ROLE = 'ecr_audit_reader';

/**
 * Whether that role is there and reads the views. `missing`: the owner of the database might not make it when it migrated.
 * `closed`: it was made since then, or views came since. `unknown`: the database is not migrated so far.
 */
export async function readerState(sql: Sql): Promise<'ready' | 'closed' | 'missing' | 'unknown'> {
  const [row] = await sql<{ hasViews: boolean; isThere: boolean; isClosed: boolean }[]>`
    select to_regclass('audit.findings') is not null as "hasViews", to_regrole(${READER_ROLE}) is not null as "isThere",
      exists (
        select from pg_class join pg_namespace space on space.oid = relnamespace
        where space.nspname = 'audit' and relkind = 'v' and to_regrole(${READER_ROLE}) is not null
          and not (has_schema_privilege(to_regrole(${READER_ROLE})::oid, space.oid, 'usage')
            and has_table_privilege(to_regrole(${READER_ROLE})::oid, pg_class.oid, 'select'))
      ) as "isClosed"`;
  if (row === undefined || !row.hasViews) {
    return 'unknown';
  }
  return !row.isThere ? 'missing' : row.isClosed ? 'closed' : 'ready';
}
