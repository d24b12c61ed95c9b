import type { Backend } from './backend/backend.ts';
import { openPostgresBackend } from './backend/postgres.ts';
import { openRedisBackend } from './backend/redis.ts';
import { queueNames, type QueueName } from './payloads.ts';
import { timingDefault, type Timing } from './timing.ts';

const namespaceDefault = 'ecr-audit';

/** The queues of one process. Close the workers first, then the queues. */
export interface Queues {
  readonly backend: Backend;
  readonly timing: Timing;
  readonly onError: (error: Error) => void;
  close(): Promise<void>;
}

/**
 * Opens the queues: in Redis when `redisUrl` is given, else in the schema `bullmq` of the database.
 *
 * `onError` hears of lost connections, which mend themselves. Throws `queueUnreachable` when the server cannot be
 * reached now.
 */
export async function openQueues(options: {
  readonly redisUrl?: string | undefined;
  readonly databaseUrl: string;
  /** Processes work together when theirs is the same. */
  readonly namespace?: string | undefined;
  readonly timing?: Partial<Timing>;
  readonly onError: (error: Error) => void;
}): Promise<Queues> {
  const { redisUrl, databaseUrl, namespace = namespaceDefault, onError } = options;
  const backend =
    redisUrl === undefined
      ? await openPostgresBackend({ databaseUrl, namespace, onError })
      : await openRedisBackend({ redisUrl, namespace, onError });
  return {
    backend,
    timing: { ...timingDefault, ...backoffFor(options.timing ?? {}), ...options.timing },
    onError,
    close: async () => await backend.close(),
  };
}

/** Who waits less for a worker that is gone waits less before the next try, too. */
function backoffFor({ lockMs = timingDefault.lockMs }: Partial<Timing>): Pick<Timing, 'backoffMs'> {
  return { backoffMs: Math.min(timingDefault.backoffMs, lockMs) };
}

/** How many jobs each queue holds, by state, for metrics. */
export async function queueDepths(
  queues: Queues,
): Promise<readonly { readonly queue: QueueName; readonly state: string; readonly jobs: number }[]> {
  const depths = await Promise.all(
    queueNames.map(async (queue) =>
      Object.entries(await queues.backend.counts(queue)).map(([state, jobs]) => ({ queue, state, jobs })),
    ),
  );
  return depths.flat();
}
