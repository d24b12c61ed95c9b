import { parseSchedule, queueSettings } from '@ecr-audit/jobs';
import {
  ConfigurationError,
  configurationFromEnvironment,
  loadConfigurationFile,
  readConfiguration,
  readSecret,
  setting,
  settings,
  type AuditConfiguration,
  type Environment,
} from '@ecr-audit/runtime';
import { z } from 'zod';
import type { CollectorSchedules } from './schedules.ts';

const awsTimeoutSecondsMax = 600;

const ownSettings = {
  configurationFile: settings.configurationFile,
  namespace: queueSettings.namespace,
  lockMs: queueSettings.lockMs,
  stopMs: queueSettings.stopMs,
  awsTimeoutMs: setting({
    variable: 'ECR_AUDIT_AWS_TIMEOUT_SECONDS',
    expected: `whole seconds from 1 to ${awsTimeoutSecondsMax}: how long an answer of AWS is waited for`,
    // LookupEvents in us-east-1 was seen to take 35 s at worst.
    schema: z
      .string()
      .regex(/^\d{1,3}$/)
      .default('60')
      .transform(Number)
      .pipe(z.int().min(1).max(awsTimeoutSecondsMax))
      .transform((seconds) => seconds * 1_000),
  }),
  roleArn: setting({
    variable: 'ECR_AUDIT_ROLE_ARN',
    expected: 'nothing, or the ARN of the auditor role to assume',
    schema: z
      .string()
      .regex(/^arn:[a-z-]+:iam::\d{12}:role\/.+$/)
      .optional(),
  }),
};

// Without a file these are said by the environment alone, and must be right.
const withoutFileSettings = {
  databaseUrl: settings.databaseUrl,
  redisUrl: settings.redisUrl,
  logLevel: settings.logLevel,
};

const scheduleVariables = {
  access: 'ECR_AUDIT_SCHEDULE',
  activity: 'ECR_AUDIT_ACTIVITY_SCHEDULE',
  lastAccessed: 'ECR_AUDIT_LAST_ACCESSED_SCHEDULE',
  maintenance: 'ECR_AUDIT_MAINTENANCE_SCHEDULE',
} as const;

/** What a collector is told to do. Holds secrets. */
export interface CollectorConfiguration {
  readonly audit: AuditConfiguration;
  readonly databaseUrl: string;
  readonly redisUrl: string | undefined;
  readonly namespace: string | undefined;
  readonly lockMs: number;
  readonly stopMs: number;
  readonly awsTimeoutMs: number;
  readonly roleArn: string | undefined;
  readonly externalId: string | undefined;
  /** Null where neither a file nor a variable says when: schedules that exist stay. */
  readonly schedules: CollectorSchedules | null;
}

/** Reads the configuration file, where one is named, and the environment. AWS credentials are the SDK's own business. */
export async function readCollectorConfiguration(
  environment: Environment = process.env,
): Promise<CollectorConfiguration> {
  const named = environment[settings.configurationFile.variable] || undefined;
  const given =
    named === undefined
      ? readConfiguration({ ...ownSettings, ...withoutFileSettings }, environment)
      : readConfiguration(
          { ...ownSettings, databaseUrl: settings.databaseUrlOptional, redisUrl: settings.redisUrl },
          environment,
        );
  const audit =
    named === undefined ? configurationFromEnvironment(environment) : await loadConfigurationFile(named, environment);
  const { database, redis, organization } = audit;
  const secretOf = async (reference: Parameters<typeof readSecret>[0] | null): Promise<string | undefined> =>
    reference === null ? undefined : await readSecret(reference, environment);
  const databaseUrl = given.databaseUrl ?? (await secretOf(database.url));
  return {
    audit,
    databaseUrl: databaseUrl ?? readConfiguration({ url: settings.databaseUrl }, environment).url,
    redisUrl: given.redisUrl ?? (await secretOf(redis.url)),
    namespace: given.namespace,
    lockMs: given.lockMs,
    stopMs: given.stopMs,
    awsTimeoutMs: given.awsTimeoutMs,
    roleArn: given.roleArn,
    externalId: await secretOf(organization.externalId),
    schedules: named !== undefined || saysWhen(environment) ? checkedSchedules(audit) : null,
  };
}

function saysWhen(environment: Environment): boolean {
  return Object.values(scheduleVariables).some((variable) => (environment[variable] ?? '') !== '');
}

function checkedSchedules({ schedules }: AuditConfiguration): CollectorSchedules {
  const sources = ['access', 'activity', 'lastAccessed', 'maintenance'] as const;
  const checked: { -readonly [Source in keyof CollectorSchedules]: CollectorSchedules[Source] } = {};
  const problems: string[] = [];
  for (const source of sources) {
    const expression = schedules[source];
    if (expression !== null) {
      checked[source] = expression;
      problems.push(...problemsWith(expression, source));
    }
  }
  if (problems.length > 0) {
    throw new ConfigurationError(problems);
  }
  return checked;
}

function problemsWith(expression: string, source: keyof typeof scheduleVariables): readonly string[] {
  try {
    parseSchedule(expression);
    return [];
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return [`\`schedules.${source}\` (\`${scheduleVariables[source]}\`) cannot be used: ${detail}`];
  }
}
