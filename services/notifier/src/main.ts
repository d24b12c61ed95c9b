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
import { deliverUntilStopped } from './deliver-outbox.ts';
import { help } from './help.ts';
import { logNotifierEvent } from './log-notifier-event.ts';
import { streamSink } from './sink.ts';

const exitCodeUsage = 2;
const exitCodeFailed = 1;

async function main(): Promise<void> {
  const { databaseUrl, logLevel, metricsHost, metricsPort } = readConfiguration({
    databaseUrl: settings.databaseUrl,
    logLevel: settings.logLevel,
    metricsHost: settings.metricsHost,
    metricsPort: settings.metricsPort,
  });
  const log = createLogger('notifier', { level: logLevel });
  const onProblem = (problem: string, error?: unknown): void => log.error({ err: error }, problem);
  const closing = { onProblem };

  const store = await openStore(databaseUrl, { applicationName: 'ecr-audit-notifier' });
  onShutdown(async () => await store.close(), closing);
  await migrate(store);
  const metrics = createMetrics('notifier');
  const health =
    metricsPort === undefined
      ? null
      : await startHealthServer({
          host: metricsHost,
          port: metricsPort,
          metrics,
          onProblem,
          checks: { postgres: async () => void (await describeDatabase(store.sql)) },
        });
  onShutdown(async () => await health?.close(), closing);
  const stop = new AbortController();
  const delivering = deliverUntilStopped(store, streamSink(process.stdout), {
    signal: stop.signal,
    onEvent: (event) => logNotifierEvent(log, event),
  });
  onShutdown(async () => {
    log.info('stopping: the delivery under way is finished first');
    health?.stopping();
    stop.abort();
    await delivering;
  }, closing);
  log.info({ health: health?.url }, 'ready');
  await delivering;
}

function fail(error: unknown): never {
  if (error instanceof ConfigurationError || error instanceof StoreError) {
    process.stderr.write(`notifier: ${error.message}\n`);
  } else {
    createLogger('notifier').fatal({ err: error }, 'the notifier cannot start');
  }
  process.exit(error instanceof ConfigurationError ? exitCodeUsage : exitCodeFailed);
}

runProcess({ help, main, fail });
