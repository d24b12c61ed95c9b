import {
  configurationFromEnvironment,
  loadConfigurationFile,
  readConfiguration,
  readSecret,
  settings,
  type AuditConfiguration,
  type Environment,
} from '@ecr-audit/runtime';
import { checkMayBeOpen } from './auth/loopback.ts';

/** What the API is told to do. Holds secrets. */
export interface ApiConfiguration {
  readonly audit: AuditConfiguration;
  readonly databaseUrl: string;
}

/**
 * Reads the configuration file, where one is named, and the environment.
 *
 * Throws `ConfigurationError`, also where nobody would have to log in and others than this machine reach the API.
 */
export async function readApiConfiguration(environment: Environment = process.env): Promise<ApiConfiguration> {
  const named = environment[settings.configurationFile.variable] || undefined;
  const { databaseUrlOptional, databaseUrl, host, port, logLevel, metricsHost, metricsPort } = settings;
  const given =
    named === undefined
      ? // Without a file these are said by the environment alone, and must be right.
        readConfiguration({ databaseUrl, host, port, logLevel, metricsHost, metricsPort }, environment)
      : readConfiguration({ databaseUrl: databaseUrlOptional }, environment);
  const audit =
    named === undefined ? configurationFromEnvironment(environment) : await loadConfigurationFile(named, environment);
  const { database, http, api } = audit;
  if (api.authentication === 'off') {
    checkMayBeOpen(http.host);
  }
  const url = given.databaseUrl ?? (database.url && (await readSecret(database.url, environment)));
  return { audit, databaseUrl: url ?? readConfiguration({ url: databaseUrl }, environment).url };
}
