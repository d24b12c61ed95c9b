import { z } from '@hono/zod-openapi';
import { CAPABILITIES, findEcrAction, type PolicyType, type Residual } from '@ecr-audit/access';
import { validitySchema } from './access-time.ts';
import { principalRefSchema } from './principal.ts';
import { text, timeSchema, word } from './text.ts';

const residualSchema: z.ZodType<Residual> = z
  .lazy(() =>
    z.union([
      z.object({ all: z.array(residualSchema) }),
      z.object({ any: z.array(residualSchema) }),
      z.object({ not: residualSchema }),
      z.object({ operator: z.string(), key: z.string(), values: z.array(z.string()) }),
      z.object({ resource: z.string(), pattern: z.string() }),
      z.object({ unreadable: z.string() }),
    ]),
  )
  .openapi('Residual', { description: 'The condition under which the answer is "allowed".' });

// Not `.nullable()`: of a lazy schema the document then shows the reference alone, and null would not fit it.
export const residualOrNullSchema = z.union([residualSchema, z.null()]);

const policyTypes = [
  'identity',
  'permissionsBoundary',
  'session',
  'scp',
  'rcp',
  'repository',
  'registry',
  'default',
] as const satisfies PolicyType[];

export const reasonFields = {
  policyType: z.enum(policyTypes),
  policy: z.string(),
  statement: z.string().openapi({ description: 'Its Sid, or its index where it has none.' }),
  effect: z.enum(['Allow', 'Deny']),
  via: z.string(),
};

export const reasonSchema = z.object(reasonFields).openapi('Reason', { description: 'A statement that decided.' });

export const limitSchema = z
  .object({ code: z.string(), message: z.string() })
  .openapi('EvaluationLimit', { description: 'What the evaluator could not settle, or settled by a doubtful rule.' });

export const accessSchema = z
  .object({
    principal: principalRefSchema,
    repository: z
      .object({ id: z.int(), arn: z.string(), name: z.string() })
      .nullable()
      .openapi({ description: 'Null for actions of the registry that have no repository.' }),
    accountId: z.string().openapi({ description: 'Of the registry.' }),
    region: z.string(),
    action: z.string().openapi({ description: 'An action (`ecr:PutImage`) or a capability (`push`).' }),
    decision: z.enum(['allowed', 'conditional', 'unknown']),
    residual: residualOrNullSchema,
    condition: z.string().nullable().openapi({ description: 'The residual in words.' }),
    reasons: z.array(reasonSchema),
    limits: z.array(limitSchema),
    since: timeSchema.openapi({
      description: 'Time of the first snapshot that shows this decision under this residual.',
    }),
    validity: validitySchema.optional(),
  })
  .openapi('Access', { description: 'What one principal may do with one action. What is not listed is denied.' });

const capabilities = CAPABILITIES.map(({ name }) => name);
const actionExpected = `an action of private ECR such as \`ecr:PutImage\`, or a capability: ${capabilities.map((name) => `\`${name}\``).join(', ')}`;
const actionLengthMax = 128;

const actionSchema = text(actionLengthMax, actionExpected)
  .refine((value) => capabilities.some((name) => name === value) || findEcrAction(value) !== null, {
    error: `expected ${actionExpected}`,
  })
  // Actions are compared without regard to case, and stored in AWS's spelling.
  .transform((value) => findEcrAction(value)?.name ?? value);

/** The filters that both directions share. */
export const accessQuery = {
  action: actionSchema.optional().openapi({ type: 'string', description: `Only this one: ${actionExpected}.` }),
  by: word(['action', 'capability', 'all'])
    .optional()
    .openapi({ description: 'Only actions, or only capabilities. Everything where nothing is said.' }),
  decision: word(['allowed', 'conditional', 'unknown']).optional(),
};

/** The filters as the store takes them. */
export function accessFilter(query: {
  readonly action?: string | undefined;
  readonly by?: 'action' | 'capability' | 'all' | undefined;
  readonly decision?: 'allowed' | 'conditional' | 'unknown' | undefined;
}): { action?: string; by?: 'action' | 'capability'; decision?: 'allowed' | 'conditional' | 'unknown' } {
  const { action, by, decision } = query;
  return {
    ...(action === undefined ? {} : { action }),
    ...(by === undefined || by === 'all' ? {} : { by }),
    ...(decision === undefined ? {} : { decision }),
  };
}
