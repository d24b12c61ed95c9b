import { activityWindowBefore, activityWindowDaysMax, createAwsSession, type AwsSession } from '@ecr-audit/aws';
import { readConfiguration, setting } from '@ecr-audit/runtime';
import type { Command } from 'commander';
import { z } from 'zod';
import { wholeNumber } from './read-options.ts';

/** Whose account is read, and where. */
export const credentialOptionsSchema = z.object({
  regions: z
    .string()
    .transform((text) => text.split(',').map((region) => region.trim()))
    .optional(),
  roleArn: z
    .string()
    .regex(
      /^arn:[a-z-]+:iam::\d{12}:role\/.+$/,
      'expected the ARN of a role, `arn:aws:iam::111122223333:role/ecr-audit`',
    )
    .optional(),
  externalId: z.string().min(1, 'expected the external id that the trust policy of the role asks for').optional(),
  profile: z.string().min(1, 'expected the name of a profile').optional(),
});

export type CredentialOptions = z.output<typeof credentialOptionsSchema>;

/** The options of a command that reads AWS itself. */
export const awsOptionsSchema = credentialOptionsSchema.extend({
  cloudtrail: z.boolean(),
  activityDays: wholeNumber(1, activityWindowDaysMax).optional(),
});

export type AwsOptions = z.output<typeof awsOptionsSchema>;

/** Adds whose account is read. */
export function addCredentialOptions(command: Command): Command {
  return command
    .option(
      '--regions <list>',
      'regions to read, as eu-west-1,us-east-1 (default: the region of the environment or profile)',
    )
    .option('--role-arn <arn>', 'auditor role to assume')
    .option('--external-id <id>', 'external id for that role')
    .option('--profile <name>', 'profile of the AWS configuration files');
}

/** Adds all options of a command that reads AWS itself. */
export function addAwsOptions(command: Command): Command {
  return addCredentialOptions(command)
    .option('--no-cloudtrail', 'leave activity out; it is recorded as a gap')
    .option(
      '--activity-days <n>',
      `days of CloudTrail events to read (default: ${activityWindowDaysMax}, the most there are)`,
    );
}

// The same variable as the collector's: only an endpoint that is not AWS allows more than AWS's limit.
const lookupEventsPerSecond = setting({
  variable: 'ECR_AUDIT_LOOKUP_EVENTS_PER_SECOND',
  expected: 'nothing, or LookupEvents requests a second in one account and region',
  schema: z.string().transform(Number).pipe(z.number().positive()).optional(),
});

/** Opens a session for the options. Throws an `AwsError`. */
export async function openAwsSession(options: CredentialOptions): Promise<AwsSession> {
  const { regions, profile, roleArn, externalId } = options;
  const rate = readConfiguration({ lookupEventsPerSecond }).lookupEventsPerSecond;
  return await createAwsSession({
    ...(regions === undefined ? {} : { regions }),
    ...(profile === undefined ? {} : { profile }),
    ...(roleArn === undefined ? {} : { roleArn }),
    ...(externalId === undefined ? {} : { externalId }),
    ...(rate === undefined ? {} : { lookupEventsPerSecond: rate }),
  });
}

/** The time of CloudTrail events to ask for; null where they are left out. */
export function activityWindowOf(options: AwsOptions, now: Date): ReturnType<typeof activityWindowBefore> | null {
  return options.cloudtrail ? activityWindowBefore(now, options.activityDays) : null;
}
