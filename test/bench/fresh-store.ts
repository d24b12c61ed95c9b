import { migrate, openStore, startEmbeddedPostgres, type Store } from '@ecr-audit/store';
import { inScratch } from './scratch.ts';

/** Does some work on an empty database with the settings that ecr-audit runs with. Its memory is not this process's. */
export async function withFreshStore<Result>(work: (store: Store) => Promise<Result>): Promise<Result> {
  return await inScratch(async (directory) => {
    const postgres = await startEmbeddedPostgres({ directory });
    try {
      const store = await openStore(postgres.url);
      try {
        await migrate(store);
        return await work(store);
      } finally {
        await store.close();
      }
    } finally {
      await postgres.stop();
    }
  });
}
