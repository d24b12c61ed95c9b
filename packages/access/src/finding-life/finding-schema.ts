import { z } from 'zod';
import { type Finding, SEVERITIES } from '../findings/finding.ts';

const texts = z.array(z.string());

export const findingScopeSchema = z.object({
  repositories: texts,
  rights: texts,
  conditions: texts,
  principals: z.exactOptional(texts),
  toCome: z.exactOptional(texts),
});

const reasonSchema = z.object({
  policyType: z.enum(['identity', 'permissionsBoundary', 'session', 'scp', 'rcp', 'repository', 'registry', 'default']),
  policy: z.string(),
  statement: z.string(),
  effect: z.enum(['Allow', 'Deny']),
  via: z.string(),
});

/** A finding as JSON says it: in files, in the database and in answers. */
export const findingSchema = z.object({
  ruleId: z.string(),
  severity: z.enum(SEVERITIES),
  accountId: z.string().nullable(),
  region: z.string().nullable(),
  resource: z.string(),
  principal: z.object({ id: z.string(), arn: z.string().nullable() }).nullable(),
  fingerprint: z.string().min(1),
  title: z.string(),
  what: z.string(),
  why: z.string(),
  remedy: z.string(),
  repositories: z.object({ count: z.number(), inProduction: z.number(), examples: texts }),
  scope: findingScopeSchema,
  reasons: z.array(reasonSchema),
  doubts: texts,
}) satisfies z.ZodType<Finding>;
