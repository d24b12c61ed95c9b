import type { Sql } from '../sql.ts';

/** The end of a row that has none: the largest bigint. As text, because plans should know it. */
export function stillValid(sql: Sql): ReturnType<Sql['unsafe']> {
  return sql`9223372036854775807`;
}
