import { Redis } from 'ioredis';
import { addressOf, unreachable } from './backend/redis.ts';

// A server that is there answers at once; nobody waits longer for a diagnosis.
const connectTimeoutMs = 5_000;

export interface RedisDescription {
  /** As the server tells it, `7.2.4`; null where it does not. */
  readonly version: string | null;
  /** What is thrown away when memory ends: anything but `noeviction` loses jobs. Null where the server does not tell. */
  readonly maxmemoryPolicy: string | null;
  /** False on a replica. */
  readonly isWritable: boolean;
}

/**
 * Tells what kind of Redis answers, and changes nothing. INFO and not CONFIG GET, which managed servers refuse.
 *
 * Throws `queueUnreachable`.
 */
export async function inspectRedis(redisUrl: string): Promise<RedisDescription> {
  const redis = new Redis(addressOf(redisUrl), {
    lazyConnect: true,
    connectTimeout: connectTimeoutMs,
    commandTimeout: connectTimeoutMs,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
  });
  let lastError: unknown = null;
  redis.on('error', (error: Error) => {
    lastError = error;
  });
  try {
    await redis.connect();
    const facts = factsIn(await redis.info());
    return {
      version: facts.get('redis_version') ?? null,
      maxmemoryPolicy: facts.get('maxmemory_policy') ?? null,
      isWritable: facts.get('role') !== 'slave',
    };
  } catch (error) {
    throw unreachable(lastError ?? error);
  } finally {
    redis.disconnect();
  }
}

/** https://redis.io/docs/latest/commands/info/ */
function factsIn(info: string): ReadonlyMap<string, string> {
  return new Map(
    info
      .split(/\r?\n/)
      .map((line) => line.split(':'))
      .flatMap(([name, ...value]) =>
        name !== undefined && value.length > 0 ? [[name, value.join(':')] as const] : [],
      ),
  );
}
