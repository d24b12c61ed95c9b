import { z } from '@hono/zod-openapi';
import { limitSchema, reasonFields, reasonSchema, residualOrNullSchema } from './access.ts';

const decisionSchema = z.enum(['allowed', 'explicitDeny', 'implicitDeny', 'conditional', 'unknown']);

const gateSchema = z
  .object({
    gate: z.enum(['identity', 'permissionsBoundary', 'session', 'scp', 'rcp', 'resource']),
    label: z.string(),
    verdict: z.enum(['allows', 'allowsConditionally', 'noAllow', 'denies', 'deniesConditionally', 'notRead']),
    statements: z.array(z.object({ ...reasonFields, condition: z.string().nullable() })),
  })
  .openapi('ExplainedGate', { description: 'What one kind of policy says.' });

export const explanationSchema = z
  .object({
    principal: z.string(),
    action: z.string(),
    resource: z.string(),
    region: z.string().nullable(),
    decision: decisionSchema,
    residual: residualOrNullSchema,
    condition: z.string().nullable().openapi({ description: 'The residual in words.' }),
    reasons: z.array(reasonSchema),
    limits: z.array(limitSchema),
    actions: z.array(
      z.object({
        action: z.string(),
        resource: z.string(),
        decision: decisionSchema,
        condition: z.string().nullable(),
        gates: z.array(gateSchema),
      }),
    ),
    assumptions: z.array(z.string()),
  })
  .openapi('Explanation');
