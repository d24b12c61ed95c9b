import { createPostgresBackend, runMigrations, withBackend } from 'bullmq';
import { Pool } from 'pg';
import { JobsError } from '../errors.ts';
import { bindBackend, type Backend } from './backend.ts';
import { queuePoolOf } from './postgres-pool.ts';

/** The schema of BullMQ's own tables. BullMQ uses this name, and no other, when it is given a pool. */
const schema = 'bullmq';

// Each worker holds one connection that listens for new jobs; three workers may share a process with the producers.
const connectionsMax = 10;
const connectTimeoutMs = 10_000;

/** BullMQ on Postgres. Brings BullMQ's tables up to date, one process at a time (BullMQ takes an advisory lock). */
export async function openPostgresBackend(options: {
  readonly databaseUrl: string;
  readonly namespace: string;
  readonly onError: (error: Error) => void;
}): Promise<Backend> {
  const pool = new Pool({
    connectionString: options.databaseUrl,
    options: `-c search_path=${schema}`,
    application_name: 'ecr-audit-jobs',
    max: connectionsMax,
    connectionTimeoutMillis: connectTimeoutMs,
    // Without it BullMQ would have to ask every 10 s, because it could not see that a listening connection is gone.
    keepAlive: true,
  });
  // An idle connection that drops is replaced by the pool; without a listener the process would end.
  pool.on('error', options.onError);
  try {
    await migrate(pool);
  } catch (error) {
    await pool.end();
    throw unreachable(error);
  }
  return bindBackend('postgres', withBackend(createPostgresBackend), {
    value: queuePoolOf(pool, options.onError),
    close: async () => await pool.end(),
    namespace: options.namespace,
    onError: options.onError,
  });
}

async function migrate(pool: Pool): Promise<void> {
  const client = await pool.connect();
  try {
    await runMigrations(client, schema);
  } finally {
    client.release();
  }
}

function unreachable(cause: unknown): JobsError {
  const detail = cause instanceof Error ? cause.message : String(cause);
  return new JobsError(
    'queueUnreachable',
    `cannot open the job queues in Postgres: ${detail}; check that the server of \`DATABASE_URL\` runs and that its user may create the schema \`${schema}\``,
    { retryable: true, cause },
  );
}
