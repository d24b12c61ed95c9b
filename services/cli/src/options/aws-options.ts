import {
  activityWindowBefore,
  activityWindowDaysMax,
  createAwsSession,
  openAwsFleet,
  type AwsFleet,
  type AwsSession,
  type AwsSessionOptions,
} from '@ecr-audit/aws';
import { readConfiguration, readSecret, setting } from '@ecr-audit/runtime';
import type { Command } from 'commander';
import { z } from 'zod';
import { addOrganizationOptions, organizationOptionsSchema } from './organization-options.ts';
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
export const awsOptionsSchema = credentialOptionsSchema.extend(organizationOptionsSchema.shape).extend({
  cloudtrail: z.boolean(),
  activityDays: wholeNumber(1, activityWindowDaysMax).optional(),
  calls: z.boolean().default(false),
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
  return addOrganizationOptions(addCredentialOptions(command))
    .option(
      '--calls',
      'tell the calls to AWS by operation, and how few could have done; always told with `--format json`',
    )
    .option('--no-cloudtrail', 'leave activity out; it is recorded as a gap')
    .option(
      '--activity-days <n>',
      `days of CloudTrail events to read (default: ${activityWindowDaysMax}, the most there are)`,
    );
}

// The same variables as the collector's. Only an endpoint that is not AWS allows more than AWS's limit.
const lookupEventsPerSecond = setting({
  variable: 'ECR_AUDIT_LOOKUP_EVENTS_PER_SECOND',
  expected: 'nothing, or LookupEvents requests a second in one account and region',
  schema: z.string().transform(Number).pipe(z.number().positive()).optional(),
});

const externalIdSetting = setting({
  variable: 'ECR_AUDIT_EXTERNAL_ID',
  expected: 'nothing, or the external id that the trust policy of the auditor role asks for',
  schema: z.string().min(2).optional(),
  isSecret: true,
});

/** Opens a session for the options. Throws an `AwsError`. */
export async function openAwsSession(options: CredentialOptions): Promise<AwsSession> {
  return await createAwsSession(await sessionOptions(options));
}

/** Opens the sessions of many accounts for the options. Throws an `AwsError`. */
export async function openFleet(options: AwsOptions): Promise<AwsFleet> {
  return await openAwsFleet({
    ...(await sessionOptions(options)),
    ...(options.roleName === undefined ? {} : { roleName: options.roleName }),
    ...(options.managementRoleArn === undefined ? {} : { managementRoleArn: options.managementRoleArn }),
  });
}

async function sessionOptions(
  options: CredentialOptions & { readonly externalIdFile?: string | undefined },
): Promise<AwsSessionOptions> {
  const { regions, profile, roleArn } = options;
  const environment = readConfiguration({ lookupEventsPerSecond, externalId: externalIdSetting });
  const externalId =
    options.externalIdFile === undefined
      ? (options.externalId ?? environment.externalId)
      : await readSecret({ kind: 'file', path: options.externalIdFile });
  return {
    ...(regions === undefined || asksForAllRegions(options) ? {} : { regions }),
    ...(profile === undefined ? {} : { profile }),
    ...(roleArn === undefined ? {} : { roleArn }),
    ...(externalId === undefined ? {} : { externalId }),
    ...(environment.lookupEventsPerSecond === undefined
      ? {}
      : { lookupEventsPerSecond: environment.lookupEventsPerSecond }),
  };
}

/** `--regions all`: every account tells which regions it can use. */
export function asksForAllRegions({ regions }: Pick<CredentialOptions, 'regions'>): boolean {
  return regions?.length === 1 && regions[0] === 'all';
}

/** The time of CloudTrail events to ask for; null where they are left out. */
export function activityWindowOf(options: AwsOptions, now: Date): ReturnType<typeof activityWindowBefore> | null {
  return options.cloudtrail ? activityWindowBefore(now, options.activityDays) : null;
}
