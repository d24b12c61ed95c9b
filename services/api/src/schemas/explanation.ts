import { z } from '@hono/zod-openapi';
import { limitSchema, reasonFields, reasonSchema, residualOrNullSchema } from './access.ts';

const decisionSchema = z.enum(['allowed', 'explicitDeny', 'implicitDeny', 'conditional', 'unknown']);
const gateNameSchema = z.enum(['identity', 'permissionsBoundary', 'session', 'scp', 'rcp', 'resource']);

const ownerSchema = z
  .object({
    kind: z.enum(['aws', 'account', 'principal', 'group', 'organization', 'asker']),
    id: z.string().nullable(),
  })
  .openapi('PolicyOwner', {
    description: 'Who can change a policy: an account id, an ARN or the id of the organization.',
  });

const attachmentSchema = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('direct') }),
    z.object({ kind: z.literal('inline') }),
    z.object({ kind: z.literal('group'), group: z.string(), isInline: z.boolean() }),
    z.object({ kind: z.literal('boundary') }),
    z.object({ kind: z.literal('session') }),
    z.object({
      kind: z.enum(['scp', 'rcp']),
      level: z.enum(['root', 'ou', 'account']),
      id: z.string(),
      name: z.string(),
    }),
    z.object({ kind: z.literal('repository'), repository: z.string() }),
    z.object({ kind: z.literal('registry'), accountId: z.string(), region: z.string().nullable() }),
  ])
  .openapi('PolicyAttachment', { description: 'How a policy comes to have a say.' });

const policyFields = { owner: ownerSchema, attachment: attachmentSchema };

const statementSchema = z
  .object({
    ...reasonFields,
    ...policyFields,
    sid: z.string().nullable(),
    index: z.int(),
    names: z.enum(['direct', 'role', 'account']).nullable(),
    isNotPrincipal: z.boolean(),
    condition: z.string().nullable().openapi({ description: 'What is left open; null where it applies in any case.' }),
    residual: residualOrNullSchema,
    writtenCondition: z.string().nullable().openapi({ description: 'The whole condition, met or not.' }),
    decides: z.boolean(),
  })
  .openapi('ExplainedStatement');

const gateSchema = z
  .object({
    gate: gateNameSchema,
    label: z.string(),
    verdict: z.enum(['allows', 'allowsConditionally', 'noAllow', 'denies', 'deniesConditionally', 'notRead']),
    decides: z.boolean(),
    lacksAllow: z.boolean(),
    policies: z.array(z.object({ policy: reasonFields.policy, policyType: reasonFields.policyType, ...policyFields })),
    statements: z.array(statementSchema),
    unmet: z.array(statementSchema),
    unread: z.array(z.object({ what: z.string(), why: z.string().nullable() })),
  })
  .openapi('ExplainedGate', { description: 'What one kind of policy says.' });

export const explanationSchema = z
  .object({
    principal: z.string(),
    principalKind: z.enum(['user', 'role', 'session', 'federatedUser', 'root', 'service', 'external']),
    action: z.string(),
    needs: z.enum(['all', 'any']).nullable(),
    resource: z.string(),
    region: z.string().nullable(),
    decision: decisionSchema,
    residual: residualOrNullSchema,
    condition: z.string().nullable().openapi({ description: 'The residual in words.' }),
    openKeys: z
      .array(z.string())
      .openapi({ description: 'Condition keys that decide more when the question states them.' }),
    given: z.array(z.object({ key: z.string(), values: z.array(z.string()).nullable(), isAsked: z.boolean() })),
    similarRepositories: z.array(z.string()),
    reasons: z.array(reasonSchema),
    limits: z.array(limitSchema),
    actions: z.array(
      z.object({
        action: z.string(),
        resource: z.string(),
        decision: decisionSchema,
        condition: z.string().nullable(),
        isSameAccount: z.boolean(),
        gates: z.array(gateSchema),
        absentGates: z.array(z.object({ gate: gateNameSchema, reason: z.string() })),
      }),
    ),
    assumptions: z.array(z.string()),
  })
  .openapi('Explanation');
