import { z } from 'zod';

/*
 * What BatchImportFindings asks of a finding, from the API reference and not from the code under test.
 * https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_AwsSecurityFinding.html
 * https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_FindingProviderFields.html
 * https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_Resource.html
 */

const accountId = z.string().regex(/^\d{12}$/);
/** Pattern `.*\S.*`, counted in bytes: the strictest way to count characters. */
const text = (max: number): z.ZodType<string> =>
  z
    .string()
    .regex(/\S/)
    .refine((value) => Buffer.byteLength(value) <= max, `at most ${max}`);
const time = z.iso.datetime({ offset: false, precision: 3 });

const resource = z.strictObject({
  Type: text(256),
  Id: text(2048),
  Region: text(16).optional(),
  Partition: z.enum(['aws', 'aws-cn', 'aws-us-gov']).optional(),
});

export const importableFinding = z.strictObject({
  SchemaVersion: z.literal('2018-10-08'),
  Id: text(512),
  ProductArn: text(2048),
  ProductName: text(128),
  CompanyName: text(128),
  GeneratorId: text(512),
  AwsAccountId: accountId,
  CreatedAt: time,
  UpdatedAt: time,
  FirstObservedAt: time,
  LastObservedAt: time,
  RecordState: z.enum(['ACTIVE', 'ARCHIVED']),
  Title: text(256),
  Description: text(1024),
  Remediation: z.strictObject({ Recommendation: z.strictObject({ Text: text(512) }) }),
  Resources: z.array(resource).min(1).max(32),
  ProductFields: z
    .record(text(128), text(2048))
    .refine((fields) => Object.keys(fields).length <= 50, 'at most 50 fields'),
  FindingProviderFields: z.strictObject({
    Severity: z.strictObject({
      Label: z.enum(['INFORMATIONAL', 'LOW', 'MEDIUM', 'HIGH', 'CRITICAL']),
      Original: text(64),
    }),
    Types: z
      .array(z.string().regex(/^(Software and Configuration Checks|TTPs|Effects|Unusual Behaviors)(\/[^/]+){0,2}$/))
      .min(1)
      .max(50),
  }),
});

export const FINDING_BYTES_MAX = 240_000;
export const BATCH_FINDINGS_MAX = 100;
export const BATCH_BYTES_MAX = 6_000_000;
