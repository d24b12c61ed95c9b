import { createRoute, z } from '@hono/zod-openapi';
import { RULES, SEVERITIES } from '@ecr-audit/access';
import type { Api } from '../api-environment.ts';
import { answerList } from '../formats/answer-list.ts';
import { listOf } from '../formats/list.ts';
import { readCursor } from '../paging/cursor.ts';
import { text, word } from '../schemas/text.ts';

const idLengthMax = 100;

const ruleSchema = z
  .object({
    id: z.string().openapi({ example: 'ECR-PUB-PUSH' }),
    kinds: z.array(z.string()).openapi({ description: 'What it reads: `state`, `difference` or `event`.' }),
    life: z.enum(['state', 'occurrence']).openapi({
      description: 'Whether a scan that does not show it any more says that it is over.',
    }),
    needs: z.string().nullable().openapi({ description: 'Without which it cannot judge, besides a snapshot.' }),
    severity: z.enum(SEVERITIES),
    outsideProduction: z.enum(SEVERITIES).openapi({ description: 'Where none of the repositories is production.' }),
    what: z.string(),
    why: z.string(),
    remedy: z.string(),
  })
  .openapi('Rule', { description: 'One thing that findings look for.' });

const list = listOf('rules', ruleSchema, {});
const route = createRoute({
  method: 'get',
  path: '/v1/rules',
  operationId: 'listRules',
  tags: ['Findings'],
  summary: 'What findings look for: every rule with its severity, its reason and what to do about it',
  request: {
    query: z.strictObject({
      ...list.query,
      severity: word(SEVERITIES).optional().openapi({ description: 'Only rules of this severity.' }),
    }),
  },
  responses: list.responses('Rules.'),
});

export function addRulesRoute(api: Api): void {
  api.openapi(route, async (context) => {
    const { severity, ...query } = context.req.valid('query');
    const rules = RULES.filter((rule) => severity === undefined || rule.severity === severity);
    return await answerList(context, list, {
      query,
      asOf: null,
      isKept: false,
      head: () => ({}),
      after: readCursor('rules', query.cursor, text(idLengthMax))?.after ?? null,
      read: async ({ after, limit }) => {
        const from = rules.findIndex(({ id }) => id === after) + 1;
        return await Promise.resolve(rules.slice(from, from + limit));
      },
      afterOf: ({ id }) => id,
      body: ({ id, kinds, life, needs, severity: grave, outsideProduction, what, why, remedy }) => ({
        id,
        kinds,
        life,
        needs: needs ?? null,
        severity: grave,
        outsideProduction,
        what,
        why,
        remedy,
      }),
    });
  });
}
