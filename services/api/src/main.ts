import {
  ConfigurationError,
  createLogger,
  onShutdown,
  readConfiguration,
  settings,
  runProcess,
} from '@ecr-audit/runtime';
import { migrate, openStore, StoreError } from '@ecr-audit/store';
import { createApi } from './create-api.ts';
import { ApiError } from './errors.ts';
import { help } from './help.ts';
import { serveApi } from './serve-api.ts';

// A page takes milliseconds; who waits longer than this for one has gone, and the connection is needed.
const statementTimeoutMs = 15_000;

const exitCodeUsage = 2;
const exitCodeFailed = 1;

async function main(): Promise<void> {
  const { databaseUrl, host, port, logLevel } = settings;
  const configuration = readConfiguration({ databaseUrl, host, port, logLevel });
  const log = createLogger('api', { level: configuration.logLevel });
  const store = await openStore(configuration.databaseUrl, {
    applicationName: 'ecr-audit-api',
    statementTimeoutMs,
  });
  const closing = { onProblem: (problem: string, error?: unknown) => log.error({ err: error }, problem) };
  onShutdown(async () => await store.close(), closing);
  await migrate(store);
  const api = createApi({ store, logger: log, clock: () => performance.now() });
  const served = await serveApi({ api, host: configuration.host, port: configuration.port });
  onShutdown(async () => await served.close(), closing);
  log.info({ url: served.url }, 'listening');
}

function fail(error: unknown): never {
  if (error instanceof ConfigurationError || error instanceof StoreError || error instanceof ApiError) {
    process.stderr.write(`api: ${error.message}\n`);
  } else {
    createLogger('api').fatal({ err: error }, 'the API cannot start');
  }
  process.exit(error instanceof ConfigurationError ? exitCodeUsage : exitCodeFailed);
}

runProcess({ help, main, fail });
