import { POWERS } from '@ecr-audit/access';
import { z } from 'zod';
import { CliError } from '../errors.ts';
import { credentialOptionsSchema } from '../options/aws-options.ts';
import { databaseOptionsSchema } from '../options/database-options.ts';
import { oneOf } from '../options/read-options.ts';

const text = (expected: string): z.ZodType<string, string> => z.string().min(1, `expected ${expected}`);

/** The options of `policies`. */
export const policiesOptionsSchema = databaseOptionsSchema.extend(credentialOptionsSchema.shape).extend({
  snapshot: text('a snapshot directory').optional(),
  target: text('a target, such as `account:111122223333`').optional(),
  policies: text('a file').optional(),
  live: z.boolean().default(false),
  cache: text('a directory').optional(),
  changed: z.boolean().default(false),
  from: text('a snapshot directory, or the id of a scan').optional(),
  to: text('a snapshot directory, or the id of a scan').optional(),
  by: oneOf(...POWERS),
  all: z.boolean().default(false),
  failOnGaps: z.boolean().default(false),
  format: oneOf('table', 'json', 'ndjson', 'csv'),
});

export type PoliciesOptions = z.output<typeof policiesOptionsSchema>;

/** Throws `optionInvalid` for options that say nothing beside each other: what they ask would be left out silently. */
export function refusePoliciesMixture(options: PoliciesOptions): void {
  const { snapshot, policies, live, changed, cache, regions, roleArn, externalId, profile, from, to } = options;
  const ofAws = strayed({ cache, regions, 'role-arn': roleArn, 'external-id': externalId, profile });
  if (ofAws !== undefined && !live) {
    refuse(ofAws, 'without `--live`: AWS is not asked otherwise');
  }
  const ofChanges = strayed({ from, to });
  if (ofChanges !== undefined && !changed) {
    refuse(ofChanges, 'without `--changed`: it says between which snapshots');
  }
  const ofList = strayed({ policies, live, snapshot });
  if (ofList !== undefined && changed) {
    refuse(ofList, 'together with `--changed`: expected the two snapshots as `--from` and `--to`');
  }
  if (live && policies !== undefined) {
    refuse('policies', 'together with `--live`: expected one source of policies');
  }
}

/** The first that was given. */
function strayed(given: Readonly<Record<string, unknown>>): string | undefined {
  return Object.entries(given).find(([, value]) => value !== undefined && value !== false)?.[0];
}

function refuse(option: string, reason: string): never {
  throw new CliError('optionInvalid', `cannot use \`--${option}\` ${reason}`);
}
