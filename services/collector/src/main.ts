import { AwsError } from '@ecr-audit/aws';
import { JobsError, openQueues } from '@ecr-audit/jobs';
import { ConfigurationError, createLogger, onShutdown, runProcess } from '@ecr-audit/runtime';
import { migrate, openStore, StoreError } from '@ecr-audit/store';
import { readCollectorConfiguration } from './configuration.ts';
import { CollectorError } from './errors.ts';
import { help } from './help.ts';
import { logJobEvent } from './log-job-event.ts';
import { openReach } from './open-reach.ts';
import { resolveTarget } from './resolve-target.ts';
import { startCollector } from './start-collector.ts';
import { collectorMetrics, serveHealth } from './watch-collector.ts';

const exitCodeUsage = 2;
const exitCodeFailed = 1;

async function main(): Promise<void> {
  const configuration = await readCollectorConfiguration();
  const { audit, databaseUrl, redisUrl, namespace, lockMs, stopMs, schedules } = configuration;
  const log = createLogger('collector', { level: audit.logLevel });
  const onProblem = (problem: string, error?: unknown): void => log.error({ err: error }, problem);
  const closing = { onProblem };

  const store = await openStore(databaseUrl, { applicationName: 'ecr-audit-collector' });
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
  const reach = await openReach(configuration);
  onShutdown(() => reach.close(), closing);
  const { metrics, onEvent, ...heard } = collectorMetrics({ reach, queues });
  const { metricsHost: host, metricsPort: port } = audit.http;
  const health = port === null ? null : await serveHealth({ host, port, store, queues, metrics, onProblem });
  onShutdown(async () => await health?.close(), closing);

  const target = await resolveTarget(reach, audit);
  const collector = await startCollector({
    store,
    queues,
    reach,
    target,
    scope: audit.organization.accounts === 'own' ? 'own' : 'members',
    schedules,
    accountsAtATime: audit.limits.accountsAtATime,
    now: () => new Date(),
    onEvent: (event) => {
      onEvent(event);
      logJobEvent(log, event);
    },
    ...heard,
    onProblem,
  });
  onShutdown(async () => {
    log.info({ stopMs }, 'stopping: jobs under way are finished first, or given back');
    health?.stopping();
    await collector.close();
  }, closing);
  log.info({ target: target.key, queues: queues.backend.kind, schedules, health: health?.url }, 'ready');
}

function fail(error: unknown): never {
  const isExpected =
    error instanceof ConfigurationError ||
    error instanceof StoreError ||
    error instanceof JobsError ||
    error instanceof AwsError ||
    error instanceof CollectorError;
  if (isExpected) {
    process.stderr.write(`collector: ${error.message}\n`);
  } else {
    createLogger('collector').fatal({ err: error }, 'the collector cannot start');
  }
  process.exit(error instanceof ConfigurationError ? exitCodeUsage : exitCodeFailed);
}

runProcess({ help, main, fail });
