import { z } from '@hono/zod-openapi';
import { residualOrNullSchema } from './access.ts';
import { principalRefSchema } from './principal.ts';
import { timeSchema } from './text.ts';

const kindSchema = z.enum(['gained', 'lost', 'widened', 'narrowed', 'altered']);

const sideSchema = z
  .object({
    decision: z.enum(['allowed', 'conditional', 'unknown', 'denied']),
    residual: residualOrNullSchema,
    condition: z.string().nullable().openapi({ description: 'The residual in words.' }),
  })
  .openapi('RehearsedSide');

const registrySchema = z.object({ accountId: z.string(), region: z.string() });

const changeSchema = z
  .object({
    kind: kindSchema.openapi({
      description:
        '`widened` and `narrowed`: a condition less or more. `altered`: another condition, neither wider nor narrower as far as can be told.',
    }),
    isCertain: z.boolean().openapi({ description: 'False where either side is `unknown`.' }),
    capabilities: z.array(z.enum(['pull', 'push', 'delete', 'administer', 'replicate'])),
    actions: z.array(z.string()),
    before: sideSchema,
    after: sideSchema,
    repositories: z
      .int()
      .nullable()
      .openapi({ description: 'The place of its list in `repositorySets`; null for actions of registries.' }),
    registries: z.array(registrySchema),
  })
  .openapi('RehearsedChange');

const stakeSchema = z
  .object({
    principal: principalRefSchema,
    repository: z.string().nullable(),
    accountId: z.string(),
    region: z.string(),
    action: z.string(),
    lastUsedAt: timeSchema,
    kind: z.enum(['lost', 'narrowed', 'altered']),
    isCertain: z.boolean(),
    loses: z.array(z.string()),
  })
  .openapi('UseAtStake', {
    description: 'A use that would not be possible any more, or only under another condition.',
  });

const useSchema = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('notKnown') }),
    z.object({
      kind: z.literal('known'),
      since: timeSchema,
      atStake: z.array(stakeSchema),
      unobserved: z.array(registrySchema).openapi({
        description: 'Registries whose events were not seen whole since then: there may be more use.',
      }),
    }),
  ])
  .openapi('RehearsedUse');

export const rehearsalSchema = z
  .object({
    changes: z.array(z.record(z.string(), z.string())),
    compared: z
      .object({ principals: z.int(), repositories: z.int() })
      .openapi({ description: 'How much was compared; the rest cannot differ.' }),
    gaps: z.int().openapi({ description: 'What could not be read into the snapshot may hold more that changes.' }),
    repositories: z.array(z.string()).openapi({ description: 'ARNs of those where anything changes.' }),
    repositorySets: z.array(z.array(z.int())).openapi({ description: 'Lists of places in `repositories`.' }),
    groups: z
      .array(z.object({ principals: z.array(principalRefSchema), changes: z.array(changeSchema) }))
      .openapi({ description: 'Principals for which everything changes alike, what matters most first.' }),
    use: useSchema,
  })
  .openapi('Rehearsal');
