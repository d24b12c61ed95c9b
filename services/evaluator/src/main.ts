import { JobsError, openQueues } from '@ecr-audit/jobs';
import { ConfigurationError, createLogger, onShutdown, runProcess } from '@ecr-audit/runtime';
import { migrate, openStore, StoreError } from '@ecr-audit/store';
import { readEvaluatorConfiguration } from './configuration.ts';
import { help } from './help.ts';
import { logJobEvent } from './log-job-event.ts';
import { startEvaluator } from './start-evaluator.ts';
import { evaluatorMetrics, serveHealth } from './watch-evaluator.ts';

const exitCodeUsage = 2;
const exitCodeFailed = 1;

async function main(): Promise<void> {
  const { audit, databaseUrl, redisUrl, namespace, lockMs, stopMs } = await readEvaluatorConfiguration();
  const log = createLogger('evaluator', { level: audit.logLevel });
  const onProblem = (problem: string, error?: unknown): void => log.error({ err: error }, problem);
  const closing = { onProblem };

  const store = await openStore(databaseUrl, { applicationName: 'ecr-audit-evaluator' });
  onShutdown(async () => await store.close(), closing);
  await migrate(store);
  const queues = await openQueues({
    databaseUrl,
    redisUrl,
    namespace,
    timing: { lockMs, stopMs },
    onError: (error) => log.warn({ err: error }, 'the queues are away'),
  });
  onShutdown(async () => await queues.close(), closing);
  const { metrics, onEvent, onScan } = evaluatorMetrics({ store, queues });
  const { metricsHost: host, metricsPort: port } = audit.http;
  const health = port === null ? null : await serveHealth({ host, port, store, queues, metrics, onProblem });
  onShutdown(async () => await health?.close(), closing);

  const evaluator = await startEvaluator({
    store,
    queues,
    retention: audit.retention,
    judging: { findings: audit.findings, alerts: audit.alerts },
    now: () => new Date(),
    onEvent: (event) => {
      onEvent(event);
      logJobEvent(log, event);
    },
    onOutcome: (scanId, outcome) => {
      log.info({ scanId, ...outcome }, 'scan evaluated');
      void onScan(scanId).catch((error: unknown) => onProblem('the scan could not be counted', error));
    },
    onForgotten: (forgotten) => log.info(forgotten, 'old scans and events forgotten'),
  });
  onShutdown(async () => {
    log.info({ stopMs }, 'stopping: the job under way is finished first, or given back');
    health?.stopping();
    await evaluator.close();
  }, closing);
  log.info({ queues: queues.backend.kind, health: health?.url }, 'ready');
}

function fail(error: unknown): never {
  const isExpected = error instanceof ConfigurationError || error instanceof StoreError || error instanceof JobsError;
  if (isExpected) {
    process.stderr.write(`evaluator: ${error.message}\n`);
  } else {
    createLogger('evaluator').fatal({ err: error }, 'the evaluator cannot start');
  }
  process.exit(error instanceof ConfigurationError ? exitCodeUsage : exitCodeFailed);
}

runProcess({ help, main, fail });
