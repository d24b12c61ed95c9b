import {
  openReach,
  readCollectorConfiguration,
  resolveTarget,
  startCollector,
  type CollectorConfiguration,
} from '@ecr-audit/collector';
import { logJobEvent, startEvaluator } from '@ecr-audit/evaluator';
import { openQueues, parseSchedule, type Queues } from '@ecr-audit/jobs';
import {
  deliverUntilStopped,
  type InteractionEvent,
  interactionsFromEnvironment,
  logInteraction,
  logNotifierEvent,
  offersOf,
  sinksFromEnvironment,
  startInteractions,
} from '@ecr-audit/notifier';
import type { AuditConfiguration, Environment, Logger } from '@ecr-audit/runtime';
import type { CommandContext } from './context.ts';
import type { OpenDatabase } from './open-database.ts';
import type { CredentialOptions } from './options/aws-options.ts';

export interface WorkersOptions extends CredentialOptions {
  readonly database: OpenDatabase;
  readonly redisUrl: string | undefined;
  readonly logger: Logger;
  readonly every?: string | undefined;
  readonly config?: string | undefined;
}

/**
 * Starts the workers of the standalone mode; they end with the command. The one that reads AWS needs to know when, or a file.
 * Returns what the file and the environment say.
 */
export async function startWorkers(context: CommandContext, options: WorkersOptions): Promise<AuditConfiguration> {
  const { database, redisUrl, logger, every, config } = options;
  if (every !== undefined) {
    parseSchedule(every);
  }
  const configuration = await readCollectorConfiguration(environmentFor(options));
  const queues = await openQueues({
    databaseUrl: database.url,
    redisUrl,
    onError: (error) => logger.warn({ err: error }, 'the queues are away'),
  });
  context.lifecycle.defer('properEnd', async () => await queues.close());
  await startNotifier(context, database, logger);
  const evaluator = await startEvaluator({
    store: database.store,
    queues,
    retention: configuration.audit.retention,
    judging: { findings: configuration.audit.findings, alerts: configuration.audit.alerts },
    now: context.now,
    onEvent: (event) => logJobEvent(logger, event),
    onOutcome: (scanId, outcome) => logger.info({ scanId, ...outcome }, 'scan evaluated'),
  });
  context.lifecycle.defer('properEnd', async () => await evaluator.close());
  if (every !== undefined || config !== undefined) {
    await startStandaloneCollector(context, { ...options, queues, configuration });
  }
  return configuration.audit;
}

/** What the options say, in the words that a collector of its own would find in its environment. */
function environmentFor({ database, every, config, regions, roleArn, externalId }: WorkersOptions): Environment {
  const given = {
    DATABASE_URL: database.url,
    ECR_AUDIT_SCHEDULE: every,
    ECR_AUDIT_CONFIG: config,
    ECR_AUDIT_REGIONS: regions?.join(','),
    ECR_AUDIT_ROLE_ARN: roleArn,
    ECR_AUDIT_EXTERNAL_ID: externalId,
  };
  const said = Object.entries(given).filter((entry) => entry[1] !== undefined);
  return { ...process.env, ...Object.fromEntries(said) };
}

async function startStandaloneCollector(
  context: CommandContext,
  options: WorkersOptions & { readonly queues: Queues; readonly configuration: CollectorConfiguration },
): Promise<void> {
  const { database, queues, configuration, logger, profile } = options;
  const { audit, schedules } = configuration;
  const reach = await openReach(configuration, { profile });
  context.lifecycle.defer('properEnd', () => reach.close());
  const collector = await startCollector({
    store: database.store,
    queues,
    reach,
    target: await resolveTarget(reach, audit),
    scope: audit.organization.accounts === 'own' ? 'own' : 'members',
    schedules,
    accountsAtATime: audit.limits.accountsAtATime,
    now: context.now,
    onEvent: (event) => logJobEvent(logger, event),
    onProblem: (problem, error) => logger.error({ err: error }, problem),
  });
  context.lifecycle.defer('properEnd', async () => await collector.close());
}

/** What happened goes to standard output, one line of JSON a message, and where the environment says besides. */
async function startNotifier(
  { lifecycle, now }: CommandContext,
  { store }: OpenDatabase,
  logger: Logger,
): Promise<void> {
  const interactivity = interactionsFromEnvironment(process.env);
  const sinks = sinksFromEnvironment(process.env, { stream: process.stdout, now, offers: offersOf(interactivity) });
  if (interactivity !== null) {
    const onEvent = (event: InteractionEvent): void => logInteraction(logger, event);
    const clicks = await startInteractions(interactivity, { store, now, onEvent });
    logger.info({ interactions: clicks.url }, 'hears what people click in Slack');
    lifecycle.defer('properEnd', async () => await clicks.close());
  }
  const stopping = new AbortController();
  const running = deliverUntilStopped(store, sinks, {
    now,
    signal: stopping.signal,
    onEvent: (event) => logNotifierEvent(logger, event),
  });
  lifecycle.defer('properEnd', async () => {
    stopping.abort();
    await running;
  });
}
