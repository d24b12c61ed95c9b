import { JobsError, openQueues, queueSettings } from '@ecr-audit/jobs';
import {
  ConfigurationError,
  createLogger,
  onShutdown,
  readConfiguration,
  settings,
  runProcess,
} from '@ecr-audit/runtime';
import { migrate, openStore, StoreError } from '@ecr-audit/store';
import { help } from './help.ts';
import { logJobEvent } from './log-job-event.ts';
import { startEvaluator } from './start-evaluator.ts';

const exitCodeUsage = 2;
const exitCodeFailed = 1;

async function main(): Promise<void> {
  const { databaseUrl, redisUrl, logLevel, namespace, lockMs } = readConfiguration({
    databaseUrl: settings.databaseUrl,
    redisUrl: settings.redisUrl,
    logLevel: settings.logLevel,
    namespace: queueSettings.namespace,
    lockMs: queueSettings.lockMs,
  });
  const log = createLogger('evaluator', { level: logLevel });
  const closing = { onProblem: (problem: string, error?: unknown) => log.error({ err: error }, problem) };

  const store = await openStore(databaseUrl, { applicationName: 'ecr-audit-evaluator' });
  onShutdown(async () => await store.close(), closing);
  await migrate(store);
  const queues = await openQueues({
    databaseUrl,
    redisUrl,
    namespace,
    timing: { lockMs },
    onError: (error) => log.warn({ err: error }, 'the queues are away'),
  });
  onShutdown(async () => await queues.close(), closing);
  const evaluator = await startEvaluator({
    store,
    queues,
    onEvent: (event) => logJobEvent(log, event),
    onOutcome: (scanId, outcome) => log.info({ scanId, ...outcome }, 'scan evaluated'),
  });
  onShutdown(async () => {
    log.info('stopping: the job under way is finished first');
    await evaluator.close();
  }, closing);
  log.info({ queues: queues.backend.kind }, 'ready');
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
