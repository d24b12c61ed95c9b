import {
  ConfigurationError,
  createLogger,
  createMetrics,
  onShutdown,
  readConfiguration,
  settings,
  runProcess,
  startHealthServer,
} from '@ecr-audit/runtime';
import { describeDatabase, migrate, openStore, StoreError } from '@ecr-audit/store';
import { createApi } from './create-api.ts';
import { ApiError } from './errors.ts';
import { help } from './help.ts';
import { serveApi } from './serve-api.ts';

// A page takes milliseconds; who waits longer than this for one has gone, and the connection is needed.
const statementTimeoutMs = 15_000;

const exitCodeUsage = 2;
const exitCodeFailed = 1;

async function main(): Promise<void> {
  const { databaseUrl, host, port, logLevel, metricsHost, metricsPort } = settings;
  const configuration = readConfiguration({ databaseUrl, host, port, logLevel, metricsHost, metricsPort });
  const log = createLogger('api', { level: configuration.logLevel });
  const store = await openStore(configuration.databaseUrl, {
    applicationName: 'ecr-audit-api',
    statementTimeoutMs,
  });
  const onProblem = (problem: string, error?: unknown): void => log.error({ err: error }, problem);
  const closing = { onProblem };
  onShutdown(async () => await store.close(), closing);
  await migrate(store);
  // A port of its own: whoever may reach the API need not see how the process is, and the probes need no API.
  const health =
    configuration.metricsPort === undefined
      ? null
      : await startHealthServer({
          host: configuration.metricsHost,
          port: configuration.metricsPort,
          metrics: createMetrics('api'),
          onProblem,
          checks: { postgres: async () => void (await describeDatabase(store.sql)) },
        });
  onShutdown(async () => await health?.close(), closing);
  const api = createApi({ store, logger: log, clock: () => performance.now() });
  const served = await serveApi({ api, host: configuration.host, port: configuration.port });
  onShutdown(async () => {
    health?.stopping();
    await served.close();
  }, closing);
  log.info({ url: served.url, health: health?.url }, 'listening');
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
