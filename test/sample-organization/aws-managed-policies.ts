import { readFileSync } from 'node:fs';
import { z } from 'zod';

const entry = z.strictObject({
  Arn: z.string(),
  PolicyName: z.string(),
  Path: z.string(),
  DefaultVersionId: z.string(),
  CreateDate: z.string(),
  UpdateDate: z.string(),
  Document: z.record(z.string(), z.unknown()),
});

type AwsManagedPolicy = z.infer<typeof entry>;

const file = new URL('./aws-managed-policies.json', import.meta.url);

/** AWS's own policies that somebody in the company carries, by name, with AWS's true documents. */
export const awsManagedPolicies: ReadonlyMap<string, AwsManagedPolicy> = new Map(
  z
    .array(entry)
    .parse(JSON.parse(readFileSync(file, 'utf8')))
    .map((policy) => [policy.PolicyName, policy]),
);
