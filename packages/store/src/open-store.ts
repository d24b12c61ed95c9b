import postgres from 'postgres';
import { connectionTarget, type ConnectionTarget } from './connection-target.ts';
import { StoreError } from './errors.ts';
import type { Pool, SqlTypes } from './sql.ts';
import { transactions } from './transactions.ts';

// A worker runs a handful of statements at a time, and Postgres allows 100 connections for all processes together.
const connectionsMaxDefault = 8;
// On top of these: an evaluation holds its connection for a minute, and must not starve the short questions.
const transactionsMax = 4;
const connectTimeoutSeconds = 10;
const closeTimeoutSeconds = 5;
// Questions of the API answer in milliseconds; what runs for a minute has lost its plan or its reader.
const statementTimeoutMsDefault = 60_000;
// `nulls not distinct` came with Postgres 15.
const serverVersionMin = 150_000;

const oidInt8 = 20;
const oidTimestamptz = 1184;

/** An open connection pool. */
export interface Store {
  readonly sql: Pool;
  /** Waits for running statements for some seconds, then closes. May be called twice. */
  close(): Promise<void>;
}

export interface OpenStoreOptions {
  readonly connectionsMax?: number;
  readonly statementTimeoutMs?: number;
  /** Shown in `pg_stat_activity`. */
  readonly applicationName?: string;
}

/**
 * Opens a pool on `databaseUrl` and checks that the server answers.
 *
 * Throws `databaseUrlInvalid`, `databaseUnreachable` (retryable unless the server refused the login) and `databaseTooOld`.
 * Times are read as ISO text in UTC, `bigint` as a number.
 */
export async function openStore(databaseUrl: string, options: OpenStoreOptions = {}): Promise<Store> {
  const target = connectionTarget(databaseUrl);
  const sql = openPool(target, options, {});
  const inTransaction = transactions(
    (onclose) => openPool(target, { ...options, connectionsMax: 1 }, { max_lifetime: null, onclose }),
    transactionsMax,
  );
  try {
    const [row] = await sql<{ version: number }[]>`select current_setting('server_version_num')::int as version`;
    if (row === undefined || row.version < serverVersionMin) {
      throw new StoreError(
        'databaseTooOld',
        `the server at \`${target.description}\` is too old: expected Postgres 15 or newer, found \`${row?.version ?? 'none'}\``,
      );
    }
  } catch (error) {
    await sql.end({ timeout: 0 });
    throw error instanceof StoreError ? error : unreachable(target, error);
  }
  return {
    sql: Object.assign(sql, { begin: inTransaction.run }),
    close: async () => {
      await Promise.all([sql.end({ timeout: closeTimeoutSeconds }), inTransaction.close(closeTimeoutSeconds)]);
    },
  };
}

function openPool(
  target: ConnectionTarget,
  options: OpenStoreOptions,
  more: { readonly max_lifetime?: null; readonly onclose?: () => void },
): postgres.Sql<SqlTypes> {
  const { connectionsMax = connectionsMaxDefault, statementTimeoutMs = statementTimeoutMsDefault } = options;
  return postgres(target.url, {
    ...(target.socketDirectory === null ? {} : { host: target.socketDirectory }),
    max: connectionsMax,
    connect_timeout: connectTimeoutSeconds,
    onnotice: () => {},
    // The types of arrays. A connection that dies while it asks for them ends the process, and we need none: lists go in as
    // JSON, and come out as rows.
    fetch_types: false,
    ...more,
    connection: {
      TimeZone: 'UTC',
      application_name: options.applicationName ?? 'ecr-audit',
      statement_timeout: statementTimeoutMs,
      // Compiling a plan takes longer than our questions: a page of access 150 ms instead of 5.
      jit: 'off',
      // A plan for any parameters begins with all principals where one repository is asked about: 140 ms instead of 10.
      plan_cache_mode: 'force_custom_plan',
    },
    types: {
      bigint: { to: oidInt8, from: [oidInt8], serialize: String, parse: parseBigint },
      timestamp: { to: oidTimestamptz, from: [oidTimestamptz], serialize: String, parse: parseTimestamp },
    },
  });
}

function parseBigint(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) {
    throw new RangeError(`\`${text}\` is too large for a number`);
  }
  return value;
}

function parseTimestamp(text: string): string {
  return new Date(text).toISOString();
}

function unreachable(target: ConnectionTarget, cause: unknown): StoreError {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  const { description, database } = target;
  switch (code) {
    case '28P01':
    case '28000':
      return new StoreError(
        'databaseUnreachable',
        `the server at \`${description}\` refused the login: check user and password in \`DATABASE_URL\``,
        { cause },
      );
    case '3D000':
      return new StoreError(
        'databaseUnreachable',
        `the server at \`${description}\` has no database \`${database}\`: create it, or name another one in \`DATABASE_URL\``,
        { cause },
      );
    default:
      return new StoreError(
        'databaseUnreachable',
        `cannot reach the database at \`${description}\` (${code === '' ? 'no answer' : code}): start the server, or correct \`DATABASE_URL\``,
        { cause, retryable: true },
      );
  }
}
