import { ConfigurationError, createLogger, onShutdown, readConfiguration, settings } from '@ecr-audit/runtime';
import { migrate, openStore, StoreError } from '@ecr-audit/store';
import { createApi } from './create-api.ts';
import { ApiError } from './errors.ts';
import { serveApi } from './serve-api.ts';

// A page takes milliseconds; who waits longer than this for one has gone, and the connection is needed.
const statementTimeoutMs = 15_000;

const { databaseUrl, host, port, logLevel } = settings;

try {
  const configuration = readConfiguration({ databaseUrl, host, port, logLevel });
  const logger = createLogger('api', { level: configuration.logLevel });
  const store = await openStore(configuration.databaseUrl, {
    applicationName: 'ecr-audit api',
    statementTimeoutMs,
  });
  const onProblem = (problem: string, error?: unknown): void => logger.error({ err: error }, problem);
  onShutdown(() => store.close(), { onProblem });
  await migrate(store);
  const api = createApi({ store, logger, clock: () => performance.now() });
  const served = await serveApi({ api, host: configuration.host, port: configuration.port });
  onShutdown(() => served.close(), { onProblem });
  logger.info({ url: served.url }, 'listening');
} catch (error) {
  if (!(error instanceof ConfigurationError || error instanceof StoreError || error instanceof ApiError)) {
    throw error;
  }
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}
