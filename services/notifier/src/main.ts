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
import { countNotifierEvent, measureOutbox } from './count-deliveries.ts';
import { deliverUntilStopped } from './deliver-outbox.ts';
import { help } from './help.ts';
import { interactionsFromEnvironment } from './interactions/interaction-settings.ts';
import { logInteraction } from './interactions/log-interaction.ts';
import { offersOf, startInteractions } from './interactions/start-interactions.ts';
import { logNotifierEvent } from './log-notifier-event.ts';
import { sinksFromEnvironment } from './sink-settings.ts';

const exitCodeUsage = 2;
const exitCodeFailed = 1;

const now = (): Date => new Date();

async function main(): Promise<void> {
  const { databaseUrl, logLevel, metricsHost, metricsPort } = readConfiguration({
    databaseUrl: settings.databaseUrl,
    logLevel: settings.logLevel,
    metricsHost: settings.metricsHost,
    metricsPort: settings.metricsPort,
  });
  const interactivity = interactionsFromEnvironment(process.env);
  const sinks = sinksFromEnvironment(process.env, { stream: process.stdout, now, offers: offersOf(interactivity) });
  const names = sinks.map(({ name }) => name);
  const log = createLogger('notifier', { level: logLevel });
  const onProblem = (problem: string, error?: unknown): void => log.error({ err: error }, problem);
  const closing = { onProblem };

  const store = await openStore(databaseUrl, { applicationName: 'ecr-audit-notifier' });
  onShutdown(async () => await store.close(), closing);
  await migrate(store);
  const metrics = createMetrics('notifier');
  measureOutbox(metrics, { store, sinks: names, now });
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
  const clicks =
    interactivity === null
      ? null
      : await startInteractions(interactivity, { store, now, onEvent: (event) => logInteraction(log, event) });
  onShutdown(async () => await clicks?.close(), closing);
  const stop = new AbortController();
  const delivering = deliverUntilStopped(store, sinks, {
    now,
    signal: stop.signal,
    onEvent: (event) => {
      logNotifierEvent(log, event);
      countNotifierEvent(metrics, event);
    },
  });
  onShutdown(async () => {
    log.info('stopping: deliveries under way are finished first');
    health?.stopping();
    stop.abort();
    await delivering;
  }, closing);
  log.info({ health: health?.url, interactions: clicks?.url, sinks: names }, 'ready');
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
