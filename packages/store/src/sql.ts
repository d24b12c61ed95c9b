import type postgres from 'postgres';

/** How our connections read Postgres types that postgres.js would leave as text or as a `Date`. */
export interface SqlTypes extends Record<string, unknown> {
  readonly bigint: number;
  readonly timestamp: string;
}

/** What every statement runs on: the pool, or a transaction. */
export type Sql = postgres.ISql<SqlTypes>;

/** A part of a statement. */
export type Fragment = ReturnType<Sql['unsafe']>;

/** The pool. */
export interface Pool extends Sql {
  /**
   * Runs `work` in a transaction on a connection of its own: committed when it returns, rolled back when it throws.
   *
   * A connection that dies rejects like any other failure, and nothing is written then.
   */
  begin<Result>(work: (sql: Sql) => Promise<Result>): Promise<Result>;
}
