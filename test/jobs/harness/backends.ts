import { randomBytes } from 'node:crypto';
import { createTestDatabase, type TestDatabase } from '@ecr-audit/store/testing';
import { redisSource, startRedis } from './redis-server.ts';

/** Where the queues of a test live: always a database of its own, and Redis beside it for that backend. */
export interface QueuePlace {
  readonly database: TestDatabase;
  readonly redisUrl: string | undefined;
  /** Keeps two test files that share a Redis apart. */
  readonly namespace: string;
  /** Starts an empty Redis in the place of the one that there is; null where the queues are in Postgres. */
  readonly restartRedis: (() => Promise<void>) | null;
  close(): Promise<void>;
}

export interface BackendCase {
  /** Shown in the report; a backend that cannot run here says why. */
  readonly title: string;
  readonly isSkipped: boolean;
  open(): Promise<QueuePlace>;
}

const isRedisHere = redisSource() !== null;

/** Both backends of the queues, for `describe.each`-like loops: every guarantee must hold on each. */
export const backendCases: readonly BackendCase[] = [
  { title: 'Postgres', isSkipped: false, open: async () => await openPlace(false) },
  {
    title: isRedisHere ? 'Redis' : 'Redis: skipped, no redis-server and no REDIS_URL',
    isSkipped: !isRedisHere,
    open: async () => await openPlace(true),
  },
];

async function openPlace(withRedis: boolean): Promise<QueuePlace> {
  const database = await createTestDatabase();
  const redis = withRedis ? await startRedis() : null;
  return {
    database,
    redisUrl: redis?.url,
    namespace: `test-${randomBytes(4).toString('hex')}`,
    restartRedis: redis === null ? null : async () => await redis.restart(),
    close: async () => {
      await redis?.stop();
      await database.drop();
    },
  };
}
