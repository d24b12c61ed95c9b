import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { migrate, openStore, startEmbeddedPostgres, type EmbeddedPostgres } from '@ecr-audit/store';
import type { BackendCase } from './backends.ts';
import { startRedis } from './redis-server.ts';

const unsafeButFast = { fsync: 'off', synchronous_commit: 'off' };

/** A backend on a Postgres of its own, which nobody else minds being restarted. Closing its place stops the server. */
export function restartablePostgres(withRedis: boolean): BackendCase & { readonly restart: () => Promise<void> } {
  const directory = mkdtempSync(path.join(tmpdir(), 'pg-restart-'));
  // Root starts Postgres as another user, who has to pass through.
  chmodSync(directory, 0o755);
  const start = async (): Promise<EmbeddedPostgres> =>
    await startEmbeddedPostgres({ directory: path.join(directory, 'data'), settings: unsafeButFast });
  let server: EmbeddedPostgres | null = null;
  return {
    title: 'restartable',
    isSkipped: false,
    open: async () => {
      server = await start();
      const redis = withRedis ? await startRedis() : null;
      const store = await openStore(server.url);
      await migrate(store);
      return {
        database: { url: server.url, store, drop: async () => await store.close() },
        redisUrl: redis?.url,
        namespace: 'restart',
        restartRedis: null,
        close: async () => {
          await store.close();
          await redis?.stop();
          await server?.stop();
          rmSync(directory, { recursive: true, force: true });
        },
      };
    },
    restart: async () => {
      await server?.stop();
      server = await start();
    },
  };
}
