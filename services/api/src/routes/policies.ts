import { createRoute, z } from '@hono/zod-openapi';
import { POWERS } from '@ecr-audit/access';
import { isNamedLike } from '../access-list/name-pattern.ts';
import type { Api } from '../api-environment.ts';
import type { ApiDependencies } from '../api.ts';
import { answerList } from '../formats/answer-list.ts';
import { asOfHead, listOf } from '../formats/list.ts';
import { readCursor } from '../paging/cursor.ts';
import { placedAfter } from '../paging/in-memory.ts';
import type { RankedPolicy } from '../reports/ranked-policies.ts';
import type { Reports } from '../reports/reports.ts';
import { resolveAsOf } from '../resolve-as-of.ts';
import { asOfBody } from '../schemas/as-of.ts';
import { namePatternQuery, targetQuery } from '../schemas/list-query.ts';
import { text, word } from '../schemas/text.ts';

const arnLengthMax = 2048;

const saySchema = z
  .object({
    actions: z.array(z.string()),
    resources: z.array(z.string()).openapi({ description: 'As written; `not:PATTERN` for what is left out.' }),
    explicit: z.boolean().openapi({ description: 'Whether a pattern that begins with `ecr:` names any of them.' }),
    conditional: z.boolean(),
    withoutEffect: z.array(z.string()).openapi({ description: 'Those that none of the resources can be asked for.' }),
  })
  .openapi('PolicySays');

const freed = z.array(z.string());
const policySchema = z
  .object({
    arn: z.string(),
    name: z.string(),
    version: z.string().nullable(),
    allows: z.array(saySchema),
    denies: z.array(saySchema),
    isWhole: z.boolean().openapi({ description: 'False where something of it cannot be read, and may say more.' }),
    problems: z.array(z.record(z.string(), z.unknown())),
    principals: z.int().openapi({ description: 'How many users and roles hold it, themselves or through a group.' }),
    boundaries: z.int().openapi({ description: 'How many have it as their permissions boundary.' }),
    freed: z
      .object({ ecr: freed, push: freed, administer: freed, delete: freed, pull: freed })
      .openapi({ description: 'ARNs of those who would have nothing of it left without this policy.' }),
  })
  .openapi('ManagedPolicy');

const list = listOf('policies', policySchema, asOfHead);
const route = createRoute({
  method: 'get',
  path: '/v1/policies',
  operationId: 'listPolicies',
  tags: ['Access'],
  summary: 'Which managed policies bring rights of ECR, to whom, and who would be freed without',
  description:
    'Each holder is evaluated without each of its policies. The first answer about a scan takes some seconds.',
  request: {
    query: z.strictObject({
      ...list.query,
      ...targetQuery,
      by: word(POWERS).optional().openapi({ description: 'What they are ranked by; `ecr` is any right of it.' }),
      name: namePatternQuery('policies'),
      arn: text(arnLengthMax).optional(),
      awsManaged: word(['true', 'false']).optional(),
    }),
  },
  responses: list.responses('Policies, the one first that frees most.'),
});

export function addPoliciesRoute(api: Api, { store }: ApiDependencies, reports: Reports): void {
  api.openapi(route, async (context) => {
    const query = context.req.valid('query');
    const { target, by = 'ecr', name, arn, awsManaged } = query;
    const known = readCursor('policies', query.cursor, z.int().min(0));
    const asOf = await resolveAsOf(store, { target, scanId: known?.scanId ?? null });
    const report = await reports.of({ kind: 'policies', job: { scanId: asOf.scanId, by } });
    const items = report.items.filter(
      (policy) =>
        (name === undefined || isNamedLike(policy.name, name)) &&
        (arn === undefined || policy.arn === arn) &&
        (awsManaged === undefined || String(policy.arn.includes(':iam::aws:')) === awsManaged),
    );
    return await answerList(context, list, {
      query,
      asOf,
      isKept: true,
      head: () => ({ asOf: asOfBody(asOf) }),
      after: known?.after ?? null,
      read: (page) => placedAfter(items, page),
      afterOf: ({ index }) => index,
      body: ({ item }) => policyBody(item),
    });
  });
}

function policyBody(policy: RankedPolicy) {
  const { arn, name, version, allows, denies, isWhole, problems, principals, boundaries, freed: without } = policy;
  return {
    arn,
    name,
    version,
    allows,
    denies,
    isWhole,
    problems: problems.map((problem) => ({ ...problem })),
    principals,
    boundaries,
    freed: without,
  };
}
