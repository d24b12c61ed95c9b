import { parseSchedule, queueSettings, type Schedule } from '@ecr-audit/jobs';
import { setting, settings } from '@ecr-audit/runtime';
import { z } from 'zod';

const lookupEventsPerSecondMax = 1_000;

/** The environment of the collector. AWS credentials are the SDK's business: it reads its own variables and files. */
export const collectorSettings = {
  databaseUrl: settings.databaseUrl,
  redisUrl: settings.redisUrl,
  logLevel: settings.logLevel,
  queueNamespace: queueSettings.namespace,
  jobLockMs: queueSettings.lockMs,
  regions: setting({
    variable: 'ECR_AUDIT_REGIONS',
    expected: 'nothing, or regions such as `eu-west-1,us-east-1`; without it the region of the AWS environment',
    schema: z
      .string()
      .default('')
      .transform((text) =>
        text
          .split(',')
          .map((region) => region.trim())
          .filter((region) => region !== ''),
      ),
  }),
  roleArn: setting({
    variable: 'ECR_AUDIT_ROLE_ARN',
    expected: 'nothing, or the ARN of the auditor role to assume',
    schema: z
      .string()
      .regex(/^arn:[a-z-]+:iam::\d{12}:role\/.+$/)
      .optional(),
  }),
  externalId: setting({
    variable: 'ECR_AUDIT_EXTERNAL_ID',
    expected: 'nothing, or the external id that the trust policy of the auditor role asks for',
    schema: z.string().min(2).optional(),
    isSecret: true,
  }),
  schedule: setting({
    variable: 'ECR_AUDIT_SCHEDULE',
    expected: 'nothing, an interval such as `6h`, or a cron expression such as `0 3 * * *` (UTC)',
    schema: z.string().optional().transform(scheduleOrIssue),
  }),
  lookupEventsPerSecond: setting({
    variable: 'ECR_AUDIT_LOOKUP_EVENTS_PER_SECOND',
    expected: `a number above 0 and up to ${lookupEventsPerSecondMax}; AWS allows 2 in an account and region`,
    schema: z.string().default('2').transform(Number).pipe(z.number().positive().max(lookupEventsPerSecondMax)),
  }),
} as const;

function scheduleOrIssue(text: string | undefined, context: z.RefinementCtx): Schedule | null {
  if (text === undefined) {
    return null;
  }
  try {
    return parseSchedule(text);
  } catch (error) {
    context.addIssue(error instanceof Error ? error.message : String(error));
    return z.NEVER;
  }
}
