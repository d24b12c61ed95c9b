import { z } from '@hono/zod-openapi';
import type { OverPermissionFinding } from '@ecr-audit/access';
import { principalKindSchema } from './principal.ts';
import { timeSchema } from './text.ts';

export const overPermissionFindings = [
  'neverUses',
  'neverPushes',
  'neverDeletes',
  'neverAdministers',
  'outsideNeverUses',
  'cannotUse',
] as const satisfies OverPermissionFinding[];

const confidenceSchema = z.enum(['low', 'medium', 'high']);

const rightSchema = z
  .object({
    right: z.string(),
    granted: z.int().openapi({ description: 'On how many repositories; the next three come to as many.' }),
    used: z.int(),
    unused: z.int(),
    notKnown: z.int(),
    confidence: confidenceSchema.nullable().openapi({ description: 'The lowest of what is called unused.' }),
    window: z
      .object({ from: timeSchema, until: timeSchema })
      .nullable()
      .openapi({ description: 'The shortest window of what is called unused.' }),
    reasons: z.array(z.string()).openapi({ description: 'Why something is not known.' }),
  })
  .openapi('RightUse');

export const principalUseSchema = z
  .object({
    principal: z.object({
      id: z.string(),
      arn: z.string(),
      kind: principalKindSchema,
      accountId: z.string().nullable(),
      name: z.string(),
    }),
    findings: z.array(z.enum(overPermissionFindings)),
    lastUsedAt: timeSchema.nullable().openapi({ description: 'Null where no use was seen.' }),
    unusedOnProduction: z.int().openapi({
      description: 'On how many repositories of production it holds push, administer or delete without using it.',
    }),
    capabilities: z.array(rightSchema),
    unusable: z.array(
      z.object({
        capability: z.string(),
        reason: z.string(),
        missing: z.array(z.string()),
        repositories: z.int(),
      }),
    ),
  })
  .openapi('PrincipalUse');

export const goneSchema = z
  .object({
    key: z.string(),
    accountId: z.string().nullable(),
    arn: z.string().nullable(),
    events: z.int(),
    lastUsedAt: timeSchema,
    replacedBy: z.string().nullable().openapi({ description: 'The id of the principal that has its ARN now.' }),
  })
  .openapi('GoneUser');

export const policyInVainSchema = z
  .object({
    kind: z.enum(['idle', 'oneSided']).openapi({
      description: '`idle` adds nothing to anybody; `oneSided` is allowed by one account, and not by the other.',
    }),
    of: z.enum(['identity', 'repository']),
    policy: z.string(),
    statement: z.string().nullable(),
    owners: z.array(z.string()).openapi({ description: 'From whom it can be taken.' }),
    fromAll: z.boolean().openapi({ description: 'Whether it can be taken from all of them at once.' }),
    because: z.array(z.string()),
    coveredBy: z.array(z.string()),
    isOnlyEcr: z.boolean().openapi({ description: 'Whether it says nothing of other services.' }),
    actions: z.array(z.string()),
    principals: z.array(z.string()),
    repositories: z.array(z.string()),
  })
  .openapi('PolicyInVain');
