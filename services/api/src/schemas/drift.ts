import { z } from '@hono/zod-openapi';
import { residualOrNullSchema } from './access.ts';
import { principalRefSchema } from './principal.ts';

const sideSchema = z.object({
  decision: z.enum(['allowed', 'conditional', 'unknown', 'denied']),
  residual: residualOrNullSchema,
  condition: z.string().nullable().openapi({ description: 'The residual in words.' }),
});

export const driftKinds = ['granted', 'revoked', 'widened', 'narrowed', 'altered'] as const;

export const driftItemSchema = z
  .object({
    kind: z.enum(driftKinds),
    isCertain: z.boolean().openapi({ description: 'False where something that was not read keeps it open.' }),
    lifecycle: z.string().nullable().openapi({ description: 'Whether its principals or repositories came or went.' }),
    principals: z.array(principalRefSchema),
    repositories: z.array(z.string()).openapi({ description: 'ARNs; empty for actions of a registry.' }),
    registries: z.array(z.object({ accountId: z.string(), region: z.string() })),
    capabilities: z.array(z.string()),
    actions: z.array(z.string()),
    before: sideSchema,
    after: sideSchema,
    differences: z.array(z.int()).openapi({ description: '`index` of the differences that made it.' }),
    together: z.boolean().openapi({ description: 'Whether none of them does it alone.' }),
    unread: z.array(z.string()).openapi({ description: 'What was not read.' }),
  })
  .openapi('DriftBetween', { description: 'Access that became other in the same way for the same reasons.' });

export const differenceBetweenSchema = z
  .object({
    index: z.int(),
    kind: z.string(),
    change: z.enum(['added', 'removed', 'changed']),
    subjects: z.array(z.string()).openapi({ description: 'What it is about: `role:ACCOUNT/NAME`, `policy:ARN`.' }),
    accountId: z.string().nullable(),
    region: z.string().nullable(),
    policy: z.string().nullable(),
    statements: z.array(z.record(z.string(), z.unknown())),
    before: z.string().nullable(),
    after: z.string().nullable(),
    concernsEcr: z.boolean(),
    cause: z
      .record(z.string(), z.unknown())
      .nullable()
      .openapi({ description: 'The calls that made it, with who stands behind them, or which explanation remains.' }),
  })
  .openapi('DifferenceBetween', { description: 'A fact of the configuration that is another in the later scan.' });

export const notComparedSchema = z.object({
  what: z.string(),
  accountId: z.string().nullable(),
  region: z.string().nullable(),
  resource: z.string().nullable(),
  unreadIn: z.enum(['before', 'after', 'both']),
});
