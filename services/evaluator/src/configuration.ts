import { queueSettings } from '@ecr-audit/jobs';
import {
  configurationFromEnvironment,
  loadConfigurationFile,
  readConfiguration,
  readSecret,
  settings,
  type AuditConfiguration,
  type Environment,
} from '@ecr-audit/runtime';

const ownSettings = {
  redisUrl: settings.redisUrl,
  namespace: queueSettings.namespace,
  lockMs: queueSettings.lockMs,
  stopMs: queueSettings.stopMs,
};

/** What an evaluator is told to do. Holds secrets. */
export interface EvaluatorConfiguration {
  readonly audit: AuditConfiguration;
  readonly databaseUrl: string;
  readonly redisUrl: string | undefined;
  readonly namespace: string | undefined;
  readonly lockMs: number;
  readonly stopMs: number;
}

/** Reads the configuration file, where one is named, and the environment. */
export async function readEvaluatorConfiguration(
  environment: Environment = process.env,
): Promise<EvaluatorConfiguration> {
  const named = environment[settings.configurationFile.variable] || undefined;
  const given =
    named === undefined
      ? // Without a file these are said by the environment alone, and must be right.
        readConfiguration(
          { ...ownSettings, databaseUrl: settings.databaseUrl, logLevel: settings.logLevel },
          environment,
        )
      : readConfiguration({ ...ownSettings, databaseUrl: settings.databaseUrlOptional }, environment);
  const audit =
    named === undefined ? configurationFromEnvironment(environment) : await loadConfigurationFile(named, environment);
  const { database, redis } = audit;
  const databaseUrl = given.databaseUrl ?? (database.url && (await readSecret(database.url, environment)));
  const { namespace, lockMs, stopMs } = given;
  return {
    audit,
    databaseUrl: databaseUrl ?? readConfiguration({ url: settings.databaseUrl }, environment).url,
    redisUrl: given.redisUrl ?? (redis.url === null ? undefined : await readSecret(redis.url, environment)),
    namespace,
    lockMs,
    stopMs,
  };
}
