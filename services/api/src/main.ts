import {
  ConfigurationError,
  createLogger,
  createMetrics,
  onShutdown,
  runProcess,
  startHealthServer,
} from '@ecr-audit/runtime';
import { describeDatabase, migrate, openStore, StoreError } from '@ecr-audit/store';
import { startAuditTrail } from './auth/audit-trail.ts';
import { adviceForNobody, authenticationOf } from './auth/authentication-of.ts';
import { readApiConfiguration } from './configuration.ts';
import { createApi } from './create-api.ts';
import { ApiError } from './errors.ts';
import { help } from './help.ts';
import { startReports } from './reports/start-reports.ts';
import { serveApi } from './serve-api.ts';

// A page takes milliseconds; who waits longer than this for one has gone, and the connection is needed.
const statementTimeoutMs = 15_000;

const exitCodeUsage = 2;
const exitCodeFailed = 1;

const now = (): Date => new Date();
const clock = (): number => performance.now();

async function main(): Promise<void> {
  const { audit, databaseUrl } = await readApiConfiguration();
  const { host, apiPort, metricsHost, metricsPort } = audit.http;
  const log = createLogger('api', { level: audit.logLevel });
  const store = await openStore(databaseUrl, {
    applicationName: 'ecr-audit-api',
    statementTimeoutMs,
  });
  const onProblem = (problem: string, error?: unknown): void => log.error({ err: error }, problem);
  const closing = { onProblem };
  onShutdown(async () => await store.close(), closing);
  await migrate(store);
  // A port of its own: whoever may reach the API need not see how the process is, and the probes need no API.
  const health =
    metricsPort === null
      ? null
      : await startHealthServer({
          host: metricsHost,
          port: metricsPort,
          metrics: createMetrics('api'),
          onProblem,
          checks: { postgres: async () => void (await describeDatabase(store.sql)) },
        });
  onShutdown(async () => await health?.close(), closing);
  const reports = startReports({ databaseUrl });
  onShutdown(async () => await reports.close(), closing);
  const authentication = authenticationOf(audit.api);
  const trail = startAuditTrail({ store, now, onProblem });
  onShutdown(async () => await trail.close(), closing);
  const { origins } = audit.api;
  const api = createApi({ store, logger: log, clock, now, reports, authentication, trail, origins });
  const served = await serveApi({ api, host, port: apiPort });
  onShutdown(async () => {
    health?.stopping();
    await served.close();
  }, closing);
  log.info({ url: served.url, health: health?.url }, 'listening');
  const advice = await adviceForNobody(store, authentication, now());
  if (advice !== null) {
    log.warn(advice);
  }
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
