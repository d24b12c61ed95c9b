import { createRedisBackend, withBackend } from 'bullmq';
import { Redis } from 'ioredis';
import { JobsError } from '../errors.ts';
import { bindBackend, type Backend } from './backend.ts';

const connectTimeoutMs = 10_000;
const reconnectMsMax = 5_000;

/** BullMQ on Redis. The first connection must succeed; one that is lost later is made again for as long as it takes. */
export async function openRedisBackend(options: {
  readonly redisUrl: string;
  readonly namespace: string;
  readonly onError: (error: Error) => void;
}): Promise<Backend> {
  let hasConnected = false;
  const redis = new Redis(addressOf(options.redisUrl), {
    lazyConnect: true,
    connectTimeout: connectTimeoutMs,
    // A worker waits for its server instead of failing its jobs; BullMQ insists on it.
    maxRetriesPerRequest: null,
    retryStrategy: (times) => (hasConnected ? Math.min(times * 100, reconnectMsMax) : null),
  });
  let lastError: unknown = null;
  redis.on('error', (error: Error) => {
    lastError = error;
    if (hasConnected) {
      options.onError(error);
    }
  });
  try {
    await redis.connect();
    await redis.ping();
  } catch (error) {
    redis.disconnect();
    throw unreachable(lastError ?? error);
  }
  hasConnected = true;
  return bindBackend('redis', withBackend(createRedisBackend), {
    value: redis,
    close: async () => {
      redis.disconnect();
      await Promise.resolve();
    },
    namespace: options.namespace,
    onError: options.onError,
  });
}

/** ioredis takes a Unix socket by its path, and a server by its URL. */
export function addressOf(redisUrl: string): string {
  return redisUrl.startsWith('unix://') ? decodeURIComponent(redisUrl.slice('unix://'.length)) : redisUrl;
}

export function unreachable(cause: unknown): JobsError {
  const detail = cause instanceof Error ? cause.message : String(cause);
  return new JobsError(
    'queueUnreachable',
    `cannot open the job queues in Redis: ${detail}; check \`REDIS_URL\`, or leave it out to keep the queues in Postgres`,
    { retryable: true, cause },
  );
}
