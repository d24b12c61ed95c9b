import { createRoute, z } from '@hono/zod-openapi';
import { isNamedLike } from '../access-list/name-pattern.ts';
import type { Api } from '../api-environment.ts';
import type { ApiDependencies } from '../api.ts';
import { answerList } from '../formats/answer-list.ts';
import { asOfHead, listOf } from '../formats/list.ts';
import { readCursor } from '../paging/cursor.ts';
import { placedAfter } from '../paging/in-memory.ts';
import type { PoliciesInVain } from '../reports/policies-in-vain.ts';
import type { Reports } from '../reports/reports.ts';
import { checkAccount, resolveAsOf } from '../resolve-as-of.ts';
import { asOfBody } from '../schemas/as-of.ts';
import { accountQuery, namePatternQuery, targetQuery } from '../schemas/list-query.ts';
import {
  goneSchema,
  overPermissionFindings,
  policyInVainSchema,
  principalUseSchema,
} from '../schemas/over-permission.ts';
import { principalKindSchema } from '../schemas/principal.ts';
import { text, timeSchema, word } from '../schemas/text.ts';
import { daysQuery, periodOf, periodUntil } from '../schemas/use-period.ts';

const patternLengthMax = 256;
const patternsMax = 20;
const goneMax = 200;
const timeLengthMax = 40;

const list = listOf('over-permission', principalUseSchema, {
  ...asOfHead,
  period: z.object({ from: timeSchema, until: timeSchema }).openapi({ description: 'Of the use that counts.' }),
  leftOut: z
    .object({ rootUsers: z.int(), serviceLinkedRoles: z.int() })
    .openapi({ description: 'Whose rights no policy of theirs can take away.' }),
  gone: z.object({
    total: z.int(),
    first: z.array(goneSchema).openapi({ description: 'Who used something and is not there any more.' }),
  }),
});
const route = createRoute({
  method: 'get',
  path: '/v1/over-permission',
  operationId: 'reportOverPermission',
  tags: ['Activity'],
  summary: 'What is granted and was not used, by principal, as far as use was seen',
  description:
    'Unused is only what would have shown in a window that was wholly seen; everything else is not known. `GET /v1/access?capability=push&unusedSince=90d` tells on which repositories. The first answer takes some seconds.',
  request: {
    query: z.strictObject({
      ...list.query,
      ...targetQuery,
      days: daysQuery,
      production: text(patternLengthMax * patternsMax)
        .transform((value) => value.split(','))
        .refine(
          (value) =>
            value.length <= patternsMax && value.every((each) => each !== '' && each.length <= patternLengthMax),
          {
            error: `expected at most ${patternsMax} names with commas between`,
          },
        )
        .optional()
        .openapi({
          type: 'string',
          example: '*-live,prod/*',
          description:
            'Names of repositories, accounts or organizational units that are production, with commas between; `*` stands for any characters. Names with the word prod, production, prd or live where none is given.',
        }),
      finding: word(overPermissionFindings).optional(),
      principalType: principalKindSchema.optional(),
      principalAccountId: accountQuery('Only principals of this account.'),
      principalName: namePatternQuery('principals'),
    }),
  },
  responses: list.responses('Principals, those first whose unused rights matter most.'),
});
const position = z.object({ until: text(timeLengthMax).pipe(z.iso.datetime()), index: z.int().min(0) });

const inVain = listOf('policies-in-vain', policyInVainSchema, {
  ...asOfHead,
  notKnown: z.object({ policies: z.int(), statements: z.int() }).openapi({
    description: 'Of how many it is not known, because something was not read.',
  }),
});
const inVainRoute = createRoute({
  method: 'get',
  path: '/v1/over-permission/policies',
  operationId: 'listPoliciesInVain',
  tags: ['Activity'],
  summary: 'Policies that add nothing to anybody, and statements that only one of two accounts allows',
  description:
    'Proved by evaluating everything without each of them. Each can be taken away alone; then ask again, for of two that cover each other one has to stay. The first answer about a scan may take minutes in a large organization.',
  request: { query: z.strictObject({ ...inVain.query, ...targetQuery, kind: word(['idle', 'oneSided']).optional() }) },
  responses: inVain.responses('Policies.'),
});

export function addOverPermissionRoutes(api: Api, { store, now }: ApiDependencies, reports: Reports): void {
  api.openapi(route, async (context) => {
    const query = context.req.valid('query');
    const { target, days, production = [], finding, principalType, principalAccountId, principalName } = query;
    const known = readCursor('over-permission', query.cursor, position);
    const asOf = await resolveAsOf(store, { target, scanId: known?.scanId ?? null });
    await checkAccount(store, asOf, principalAccountId);
    const period = known === null ? periodOf(days, now()) : periodUntil(days, known.after.until);
    const report = await reports.of({ kind: 'overPermission', job: { scanId: asOf.scanId, period, production } });
    const items = report.items.filter(
      ({ principal, findings }) =>
        (finding === undefined || findings.includes(finding)) &&
        (principalType === undefined || principal.kind === principalType) &&
        (principalAccountId === undefined || principal.accountId === principalAccountId) &&
        (principalName === undefined || isNamedLike(principal.name, principalName)),
    );
    return await answerList(context, list, {
      query,
      asOf,
      isKept: false,
      head: () => ({
        asOf: asOfBody(asOf),
        period: report.period,
        leftOut: report.leftOut,
        gone: { total: report.gone.length, first: report.gone.slice(0, goneMax) },
      }),
      after: known?.after ?? null,
      read: ({ after, limit }) => placedAfter(items, { after: after?.index ?? null, limit }),
      afterOf: ({ index }) => ({ until: period.until, index }),
      body: ({ item }) => item,
    });
  });

  api.openapi(inVainRoute, async (context) => {
    const query = context.req.valid('query');
    const known = readCursor('policies-in-vain', query.cursor, z.int().min(0));
    const asOf = await resolveAsOf(store, { target: query.target, scanId: known?.scanId ?? null });
    const report = await reports.of({ kind: 'policiesInVain', job: { scanId: asOf.scanId } });
    const items = policiesOf(report).filter(({ kind }) => query.kind === undefined || kind === query.kind);
    return await answerList(context, inVain, {
      query,
      asOf,
      isKept: true,
      head: () => ({
        asOf: asOfBody(asOf),
        notKnown: { policies: report.idleNotKnown, statements: report.oneSidedNotKnown.length },
      }),
      after: known?.after ?? null,
      read: (page) => placedAfter(items, page),
      afterOf: ({ index }) => index,
      body: ({ item }) => item,
    });
  });
}

function policiesOf({ idle, oneSided }: PoliciesInVain): z.output<typeof policyInVainSchema>[] {
  return [
    ...idle.map((each) => ({
      kind: 'idle' as const,
      of: each.kind,
      policy: each.policy,
      statement: null,
      owners: [...each.owners],
      fromAll: each.fromAll,
      because: [...each.reasons],
      coveredBy: [...each.by],
      isOnlyEcr: each.isOnlyEcr,
      actions: [],
      principals: [],
      repositories: [],
    })),
    ...oneSided.map((each) => ({
      kind: 'oneSided' as const,
      of: each.side,
      policy: each.policy,
      statement: each.statement,
      owners: [],
      fromAll: false,
      because: [each.missing],
      coveredBy: [],
      isOnlyEcr: true,
      actions: [...each.actions],
      principals: [...each.principals],
      repositories: [...each.repositories],
    })),
  ];
}
