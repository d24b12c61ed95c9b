import type { PgPool, PgPoolClient, PgQueryResult } from 'bullmq';
import type { Pool } from 'pg';

// Shutdown by an administrator, by a crash, server starting: class 57; class 08 is "connection exception".
// https://www.postgresql.org/docs/current/errcodes-appendix.html
const awayCodes = new Set([
  '57P01',
  '57P02',
  '57P03',
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  // The file of a unix socket is gone while the server restarts.
  'ENOENT',
]);
// What node-postgres says, without a code, of a connection that ended or that was not made in time.
const awayMessages = ['Connection terminated', 'timeout exceeded when trying to connect'];

/**
 * The pool as BullMQ sees it: errors that mean "the server is away" look like a refused connection.
 *
 * BullMQ waits and asks again only after a refused connection. A restarting Postgres answers otherwise (`57P01`,
 * `57P03`, a connection that ends, a socket file that is gone); BullMQ would then ask in a tight loop, and would
 * leave the result of a finished job to the stalled check, which runs the job a second time.
 */
export function queuePoolOf(pool: Pool, onError: (error: Error) => void): PgPool {
  let isAway = false;
  const guarded = async <T>(operation: () => Promise<T>): Promise<T> => {
    try {
      const result = await operation();
      isAway = false;
      return result;
    } catch (error) {
      if (!(error instanceof Error) || !isServerAway(error)) {
        throw error;
      }
      // Every worker asks several times a second; one line says as much as a thousand.
      if (!isAway) {
        onError(error);
      }
      isAway = true;
      throw Object.assign(new Error(`Postgres is away: ${error.message}`, { cause: error }), {
        code: 'ECONNREFUSED',
      });
    }
  };
  const queuePool: PgPool = {
    query: async <R>(text: string, params: readonly unknown[] = []): Promise<PgQueryResult<R>> =>
      await guarded(async () => {
        const result = await pool.query(text, [...params]);
        return result;
      }),
    connect: async () => {
      const client: unknown = await guarded(async () => await pool.connect());
      // BullMQ means node-postgres' client by this type; only the overloads of `on` are written differently.
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion
      return client as PgPoolClient;
    },
    end: async () => await pool.end(),
    // The owner of the pool listens to it; every queue and worker listening too would report one loss many times.
    on: () => queuePool,
    removeAllListeners: () => queuePool,
  };
  return queuePool;
}

function isServerAway(error: Error): boolean {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return (
    awayCodes.has(code) || code.startsWith('08') || awayMessages.some((message) => error.message.includes(message))
  );
}
