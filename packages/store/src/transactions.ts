import type postgres from 'postgres';
import { StoreError } from './errors.ts';
import type { Sql, SqlTypes } from './sql.ts';

/** Runs transactions, at most so many at a time, each on a connection that nothing else uses meanwhile. */
export interface Transactions {
  readonly run: <Result>(work: (sql: Sql) => Promise<Result>) => Promise<Result>;
  readonly close: (timeoutSeconds: number) => Promise<void>;
}

interface Connection {
  readonly sql: postgres.Sql<SqlTypes>;
  isAlive: boolean;
  /** Tells the running transaction that the connection is gone. A promise would collect a listener a transaction. */
  onGone: (() => void) | null;
}

/**
 * Transactions over clients of one connection each, which `open` makes and which report their end.
 *
 * Not `sql.begin` of postgres.js 3.4.9: where the server dies inside of it, the rollback goes to a socket that is gone
 * (porsager/postgres issues 1154 and 1208). Here a dead connection gets no further statement, the loss is a typed error that
 * says `retryable`, and a commit that the server turned into a rollback is an error, too.
 */
export function transactions(
  open: (onClose: () => void) => postgres.Sql<SqlTypes>,
  transactionsMax: number,
): Transactions {
  const connections = new Set<Connection>();
  const idle: Connection[] = [];
  const waiting: (() => void)[] = [];
  let running = 0;

  const connect = (): Connection => {
    const sql = open(() => {
      connection.isAlive = false;
      connection.onGone?.();
    });
    const connection: Connection = { sql, isAlive: true, onGone: null };
    connections.add(connection);
    return connection;
  };
  const takeIdle = (): Connection | undefined => {
    for (let found = idle.pop(); found !== undefined; found = idle.pop()) {
      if (found.isAlive) {
        return found;
      }
      discard(found);
    }
    return undefined;
  };
  const discard = (connection: Connection): void => {
    connections.delete(connection);
    void connection.sql.end({ timeout: 0 });
  };

  const run = async <Result>(work: (sql: Sql) => Promise<Result>): Promise<Result> => {
    if (running < transactionsMax) {
      running += 1;
    }
    // Whoever ends hands its place over, so `running` stays as it is.
    else {
      await new Promise<void>((resolve) => waiting.push(resolve));
    }
    const connection = takeIdle() ?? connect();
    try {
      return await runOn(connection, work);
    } finally {
      if (connection.isAlive) {
        idle.push(connection);
      } else {
        discard(connection);
      }
      const next = waiting.shift();
      if (next === undefined) {
        running -= 1;
      } else {
        next();
      }
    }
  };
  const close = async (timeoutSeconds: number): Promise<void> => {
    await Promise.all([...connections].map(({ sql }) => sql.end({ timeout: timeoutSeconds })));
  };
  return { run, close };
}

async function runOn<Result>(connection: Connection, work: (sql: Sql) => Promise<Result>): Promise<Result> {
  // postgres.js never settles a statement that is sent between the error of a socket and its close, so nobody waits longer
  // than for the close.
  const { promise: lost, reject } = Promise.withResolvers<never>();
  connection.onGone = (): void => reject(connectionLost());
  try {
    return await Promise.race([commitOrRollBack(connection, work), lost]);
  } catch (error) {
    throw connection.isAlive || error instanceof StoreError ? error : connectionLost(error);
  } finally {
    connection.onGone = null;
  }
}

async function commitOrRollBack<Result>(connection: Connection, work: (sql: Sql) => Promise<Result>): Promise<Result> {
  const { sql } = connection;
  try {
    await sql`begin`;
    const result = await work(guarded(connection));
    refuseDead(connection);
    const { command } = await sql`commit`;
    // A transaction that failed and whose error was swallowed answers `commit` with a rollback, and no error.
    if (command !== 'COMMIT') {
      throw new Error('the transaction was rolled back: a statement in it had failed');
    }
    return result;
  } catch (error) {
    if (connection.isAlive) {
      await sql`rollback`.catch(() => {
        connection.isAlive = false;
      });
    }
    throw error;
  }
}

// INVARIANT: no statement of a transaction runs outside of it. postgres.js would connect again after a loss, and run the next
// statement on the new connection, where nothing holds it back.
function guarded(connection: Connection): Sql {
  return new Proxy(connection.sql, {
    apply: (target, self, parameters): unknown => {
      refuseDead(connection);
      return Reflect.apply(target, self, parameters);
    },
    get: (target, name): unknown => {
      refuseDead(connection);
      return Reflect.get(target, name);
    },
  });
}

function refuseDead(connection: Connection): void {
  if (!connection.isAlive) {
    throw connectionLost();
  }
}

function connectionLost(cause?: unknown): StoreError {
  return new StoreError(
    'databaseUnreachable',
    'the connection to the database was lost in a transaction, of which nothing is kept: try again',
    { retryable: true, cause },
  );
}
