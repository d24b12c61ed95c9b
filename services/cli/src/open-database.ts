import path from 'node:path';
import { readConfiguration, settings } from '@ecr-audit/runtime';
import { defaultDataDirectory, migrate, openStore, startEmbeddedPostgres, type Store } from '@ecr-audit/store';
import type { CommandContext } from './context.ts';
import type { DatabaseOptions } from './options/database-options.ts';
import { userPath } from './terminal/paths.ts';

export interface OpenDatabase {
  readonly store: Store;
  readonly url: string;
}

/** Opens the database of `--database-url` or `DATABASE_URL`, else the embedded one; it is closed with the command. */
export async function openDatabase(context: CommandContext, options: DatabaseOptions): Promise<OpenDatabase> {
  const url = options.databaseUrl ?? readConfiguration({ url: settings.databaseUrlOptional }).url;
  // Not the data directory itself: the demo's database has its place there too.
  return url === undefined ? await openEmbedded(context, options.data, 'audit') : await open(context, url);
}

/** Starts, or joins, the embedded Postgres in a folder of the data directory. */
export async function openEmbedded(
  context: CommandContext,
  data: string | undefined,
  folder: string,
): Promise<OpenDatabase> {
  const { lifecycle, progress } = context;
  const directory = path.join(data === undefined ? defaultDataDirectory() : userPath(data), folder);
  progress.update('starting the database');
  const starting = startEmbeddedPostgres({ directory, onProgress: (message) => progress.update(message) });
  // Registered before it has started, so that Ctrl-C in between leaves no server behind.
  lifecycle.defer('always', async () => await (await starting).stop());
  return await open(context, (await starting).url);
}

async function open({ lifecycle }: CommandContext, url: string): Promise<OpenDatabase> {
  const store = await openStore(url, { applicationName: 'ecr-audit-cli' });
  // After Ctrl-C nobody waits for a running statement: the server rolls back what it loses.
  lifecycle.defer('properEnd', async () => await store.close());
  await migrate(store);
  return { store, url };
}
