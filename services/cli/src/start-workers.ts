import { callerIdentity } from '@ecr-audit/aws';
import { startCollector } from '@ecr-audit/collector';
import { logJobEvent, startEvaluator } from '@ecr-audit/evaluator';
import { openQueues, parseSchedule, type Queues } from '@ecr-audit/jobs';
import { deliverUntilStopped, logNotifierEvent, streamSink } from '@ecr-audit/notifier';
import type { Logger } from '@ecr-audit/runtime';
import type { CommandContext } from './context.ts';
import type { OpenDatabase } from './open-database.ts';
import { type CredentialOptions, openAwsSession } from './options/aws-options.ts';

export interface WorkersOptions extends CredentialOptions {
  readonly database: OpenDatabase;
  readonly redisUrl: string | undefined;
  readonly logger: Logger;
  readonly every?: string | undefined;
}

/** Starts the workers of the standalone mode; they end with the command. The one that reads AWS needs a schedule. */
export async function startWorkers(context: CommandContext, options: WorkersOptions): Promise<void> {
  const { database, redisUrl, logger, every } = options;
  const schedule = every === undefined ? null : parseSchedule(every);
  const queues = await openQueues({
    databaseUrl: database.url,
    redisUrl,
    onError: (error) => logger.warn({ err: error }, 'the queues are away'),
  });
  context.lifecycle.defer('properEnd', async () => await queues.close());
  startNotifier(context, database, logger);
  const evaluator = await startEvaluator({
    store: database.store,
    queues,
    onEvent: (event) => logJobEvent(logger, event),
    onOutcome: (scanId, outcome) => logger.info({ scanId, ...outcome }, 'scan evaluated'),
  });
  context.lifecycle.defer('properEnd', async () => await evaluator.close());
  if (schedule !== null) {
    await startScheduledCollector(context, { ...options, queues, schedule });
  }
}

async function startScheduledCollector(
  context: CommandContext,
  options: WorkersOptions & { readonly queues: Queues; readonly schedule: ReturnType<typeof parseSchedule> },
): Promise<void> {
  const { database, queues, schedule, logger } = options;
  const session = await openAwsSession(options);
  context.lifecycle.defer('properEnd', () => session.close());
  const collector = await startCollector({
    store: database.store,
    queues,
    session,
    caller: await callerIdentity(session),
    schedule,
    now: context.now,
    onEvent: (event) => logJobEvent(logger, event),
  });
  context.lifecycle.defer('properEnd', async () => await collector.close());
}

/** What happened goes to standard output, one line of JSON a message. */
function startNotifier({ lifecycle }: CommandContext, { store }: OpenDatabase, logger: Logger): void {
  const stopping = new AbortController();
  const running = deliverUntilStopped(store, streamSink(process.stdout), {
    signal: stopping.signal,
    onEvent: (event) => logNotifierEvent(logger, event),
  });
  lifecycle.defer('properEnd', async () => {
    stopping.abort();
    await running;
  });
}
