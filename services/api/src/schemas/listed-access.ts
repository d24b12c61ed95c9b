import { z } from '@hono/zod-openapi';
import { CAPABILITIES } from '@ecr-audit/access';
import { limitSchema, reasonSchema, residualOrNullSchema } from './access.ts';
import { principalKindSchema } from './principal.ts';
import { timeSchema, word } from './text.ts';

export const listedAccessSchema = z
  .object({
    // Its fields here and not by name, so that each is a column of its own.
    principal: z.object({
      id: z.string(),
      arn: z.string(),
      kind: principalKindSchema,
      accountId: z.string().nullable(),
      name: z.string(),
    }),
    repository: z
      .object({ id: z.int(), arn: z.string(), name: z.string() })
      .nullable()
      .openapi({ description: 'Null for actions of the registry that have no repository.' }),
    accountId: z.string().openapi({ description: 'Of the registry.' }),
    region: z.string(),
    action: z.string().openapi({ description: 'An action (`ecr:PutImage`) or a capability (`push`).' }),
    decision: z.enum(['allowed', 'conditional', 'unknown']),
    condition: z.string().nullable().openapi({ description: 'The residual in words.' }),
    residual: residualOrNullSchema,
    reasons: z.array(reasonSchema),
    limits: z.array(limitSchema),
    use: z
      .object({
        status: z.enum(['unused', 'notKnown']),
        from: timeSchema.nullable().openapi({ description: 'Of the window in which its use would have shown.' }),
        until: timeSchema.nullable(),
        confidence: z
          .enum(['low', 'medium', 'high'])
          .nullable()
          .openapi({ description: 'By the length of the window.' }),
        reason: z.string().nullable().openapi({ description: 'Why it is not known.' }),
      })
      .nullable()
      .openapi({ description: 'Null without `unusedSince`.' }),
  })
  .openapi('ListedAccess', { description: 'What one principal may do with one action. What is not listed is denied.' });

const reasonCell = z.array(
  z.object({ effect: z.string(), policyType: z.string(), policy: z.string(), statement: z.string() }),
);
const limitCell = z.array(z.object({ code: z.string() }));

/** As the command line writes them into CSV: JSON of the reasons was two thirds of a row. */
export const listedAccessCells = {
  reasons: (value: unknown): string =>
    reasonCell
      .parse(value)
      .map(({ effect, policyType, policy, statement }) => `${effect} ${policyType} ${policy} ${statement}`)
      .join('; '),
  limits: (value: unknown): string =>
    limitCell
      .parse(value)
      .map(({ code }) => code)
      .join('; '),
};

const [firstCapability, ...otherCapabilities] = CAPABILITIES.map(({ name }) => name);

export const capabilitySchema = word([firstCapability ?? 'pull', ...otherCapabilities]);
