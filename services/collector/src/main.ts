import { AwsError, callerIdentity, createAwsSession } from '@ecr-audit/aws';
import { JobsError, openQueues } from '@ecr-audit/jobs';
import { ConfigurationError, createLogger, onShutdown, readConfiguration, runProcess } from '@ecr-audit/runtime';
import { migrate, openStore, StoreError } from '@ecr-audit/store';
import { collectorSettings } from './configuration.ts';
import { help } from './help.ts';
import { logJobEvent } from './log-job-event.ts';
import { startCollector } from './start-collector.ts';

const exitCodeUsage = 2;
const exitCodeFailed = 1;

async function main(): Promise<void> {
  const configuration = readConfiguration(collectorSettings);
  const { databaseUrl, redisUrl, queueNamespace, jobLockMs, regions, roleArn, externalId, schedule } = configuration;
  const log = createLogger('collector', { level: configuration.logLevel });
  const closing = { onProblem: (problem: string, error?: unknown) => log.error({ err: error }, problem) };

  const store = await openStore(databaseUrl, { applicationName: 'ecr-audit-collector' });
  onShutdown(async () => await store.close(), closing);
  await migrate(store);
  const queues = await openQueues({
    databaseUrl,
    redisUrl,
    namespace: queueNamespace,
    timing: { lockMs: jobLockMs },
    onError: (error) => log.warn({ err: error }, 'the queues are away'),
  });
  onShutdown(async () => await queues.close(), closing);
  const session = await createAwsSession({
    regions,
    ...(roleArn === undefined ? {} : { roleArn }),
    ...(externalId === undefined ? {} : { externalId }),
    lookupEventsPerSecond: configuration.lookupEventsPerSecond,
  });
  const caller = await callerIdentity(session);
  const collector = await startCollector({
    store,
    queues,
    session,
    caller,
    schedule,
    now: () => new Date(),
    onEvent: (event) => logJobEvent(log, event),
  });
  onShutdown(async () => {
    log.info('stopping: jobs under way are finished first');
    await collector.close();
    session.close();
  }, closing);
  log.info({ target: collector.target, queues: queues.backend.kind, schedule }, 'ready');
}

function fail(error: unknown): never {
  const isExpected =
    error instanceof ConfigurationError ||
    error instanceof StoreError ||
    error instanceof JobsError ||
    error instanceof AwsError;
  if (isExpected) {
    process.stderr.write(`collector: ${error.message}\n`);
  } else {
    createLogger('collector').fatal({ err: error }, 'the collector cannot start');
  }
  process.exit(error instanceof ConfigurationError ? exitCodeUsage : exitCodeFailed);
}

runProcess({ help, main, fail });
