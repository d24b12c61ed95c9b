import { stringify } from 'yaml';
import type { AuditConfiguration } from './audit-configuration.ts';
import type { SecretReference } from './secret-reference.ts';

/**
 * The configuration as a file that says the same, with nothing left to defaults and the environment. Secrets are told by
 * their place, so it may be shown.
 */
export function configurationText(configuration: AuditConfiguration, format: 'yaml' | 'json'): string {
  const content = contentOf(configuration);
  return format === 'json' ? `${JSON.stringify(content, null, 2)}\n` : stringify(content, { lineWidth: 0 });
}

function contentOf({ organization, schedules, database, redis, http, alerts, ...rest }: AuditConfiguration): object {
  const { managementRoleArn, externalId, ...audited } = organization;
  const { metricsPort, ...served } = http;
  const { link, quietHours, ...alerting } = alerts;
  return {
    version: 1,
    organization: {
      ...audited,
      ...(managementRoleArn === null ? {} : { managementRoleArn }),
      ...(externalId === null ? {} : { externalId: placeOf(externalId) }),
    },
    selection: rest.selection,
    schedules: Object.fromEntries(Object.entries(schedules).map(([source, schedule]) => [source, schedule ?? 'off'])),
    retention: rest.retention,
    database: database.url === null ? {} : { url: placeOf(database.url) },
    redis: redis.url === null ? {} : { url: placeOf(redis.url) },
    limits: rest.limits,
    http: { ...served, ...(metricsPort === null ? {} : { metricsPort }) },
    alerts: { ...alerting, ...(link === null ? {} : { link }), ...(quietHours === null ? {} : { quietHours }) },
    api: rest.api,
    findings: rest.findings,
    logLevel: rest.logLevel,
  };
}

function placeOf(reference: SecretReference): object {
  return reference.kind === 'file' ? { fromFile: reference.path } : { fromEnvironment: reference.variable };
}
