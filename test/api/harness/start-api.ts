import { Writable } from 'node:stream';
import { createApi, type Api, type Reports } from '@ecr-audit/api';
import { createLogger } from '@ecr-audit/runtime';
import { openStore, type Store } from '@ecr-audit/store';
import { createTestDatabase } from '@ecr-audit/store/testing';

export interface TestApi {
  readonly api: Api;
  readonly store: Store;
  /** The URL of its database. */
  readonly databaseUrl: string;
  /** The lines of the log so far, parsed. */
  readonly log: readonly Readonly<Record<string, unknown>>[];
  stop(): Promise<void>;
}

/** An API on an empty database of its own. */
export async function startTestApi(options: { readonly isMigrated?: boolean } = {}): Promise<TestApi> {
  const database = await createTestDatabase(options);
  return { ...apiOn(database.store), databaseUrl: database.url, stop: () => database.drop() };
}

/** An API on a database that the test looks after. */
export async function apiOnDatabase(
  databaseUrl: string,
  options: { readonly reports?: Reports } = {},
): Promise<TestApi> {
  const store = await openStore(databaseUrl, { connectionsMax: 2 });
  const stop = async (): Promise<void> => {
    await options.reports?.close();
    await store.close();
  };
  return { ...apiOn(store, options), databaseUrl, stop };
}

function apiOn(store: Store, options: { readonly reports?: Reports } = {}): Pick<TestApi, 'api' | 'store' | 'log'> {
  const log: Readonly<Record<string, unknown>>[] = [];
  const destination = new Writable({
    write: (line: Buffer, _encoding, done) => {
      log.push(JSON.parse(line.toString('utf8')));
      done();
    },
  });
  const logger = createLogger('api', { level: 'debug', destination });
  let nowMs = 0;
  // A clock that ticks once a look makes the durations in the log those of the test's own.
  return {
    api: createApi({
      store,
      logger,
      clock: () => (nowMs += 1),
      authentication: 'off',
      now: () => new Date('2026-11-23T12:00:00Z'),
      ...options,
    }),
    store,
    log,
  };
}
