import { createRoute, z } from '@hono/zod-openapi';
import type { AccessViews } from '../access-list/access-views.ts';
import { everyRow, firstRows } from '../access-list/listed-rows.ts';
import { positionOf } from '../access-list/unfold.ts';
import { withUse } from '../access-list/unused.ts';
import { wantedPlaces } from '../access-list/wanted-places.ts';
import type { Api } from '../api-environment.ts';
import type { ApiDependencies } from '../api.ts';
import { wantedAccounts } from '../auth/accounts-of.ts';
import { defined } from '../defined.ts';
import { answerList } from '../formats/answer-list.ts';
import { asOfHead, listOf } from '../formats/list.ts';
import { invalidQuery } from '../http/problem.ts';
import { readCursor } from '../paging/cursor.ts';
import { checkAccount, resolveAsOf } from '../resolve-as-of.ts';
import type { Reports } from '../reports/reports.ts';
import { accessFilter, accessQuery } from '../schemas/access.ts';
import { asOfBody } from '../schemas/as-of.ts';
import { accountQuery, externalQuery, namePatternQuery, targetQuery } from '../schemas/list-query.ts';
import { capabilitySchema, listedAccessCells, listedAccessSchema } from '../schemas/listed-access.ts';
import { principalIdSchema, principalKindSchema } from '../schemas/principal.ts';
import { accountIdSchema, regionSchema, text, word } from '../schemas/text.ts';
import { timeQuery } from '../schemas/time-query.ts';
import { periodSince } from '../schemas/use-period.ts';

const arnLengthMax = 2048;
const actionLengthMax = 128;
const timeLengthMax = 40;

const list = listOf('access', listedAccessSchema, asOfHead, listedAccessCells);
const route = createRoute({
  method: 'get',
  path: '/v1/access',
  operationId: 'listAccess',
  tags: ['Access'],
  summary: 'Who may do what where, of a whole target: by principal, then repository and action',
  description:
    'What each principal may do with registries comes before what it may do with repositories. Named repositories leave the former out.',
  request: {
    query: z.strictObject({
      ...list.query,
      ...targetQuery,
      ...accessQuery,
      capability: capabilitySchema.optional().openapi({ example: 'push', description: 'Only this capability.' }),
      accountId: accountQuery('Only registries of this account.'),
      region: regionSchema.optional(),
      repository: namePatternQuery('repositories').openapi({
        description: 'Only repositories with such a name, in which `*` stands for any characters; or with this ARN.',
      }),
      principal: text(arnLengthMax).optional().openapi({ description: 'Only the principal with this id or ARN.' }),
      principalName: namePatternQuery('principals'),
      principalType: principalKindSchema.optional(),
      principalAccountId: accountQuery('Only principals of this account.'),
      external: externalQuery,
      unusedSince: timeQuery(
        'Only where the right was not used since then, which asks for `capability` or `action`. Unused is only what would have shown in a window that was wholly seen. Rights of root users and service-linked roles, which no policy of theirs takes away, are left out.',
      ),
      use: word(['unused', 'notKnown', 'either']).optional().openapi({
        description:
          'With `unusedSince`: what certainly was not used, where nothing else is said; or that of which it is not known.',
      }),
    }),
  },
  responses: list.responses('Access, and why.'),
});
const position = z.object({
  principalId: principalIdSchema,
  repositoryArn: text(arnLengthMax).or(z.literal('')),
  accountId: accountIdSchema,
  region: regionSchema,
  action: text(actionLengthMax),
  period: z.object({ from: text(timeLengthMax), until: text(timeLengthMax) }).nullable(),
});

export function addAccessRoute(
  api: Api,
  { store, now }: ApiDependencies,
  { views, reports }: { readonly views: AccessViews; readonly reports: Reports },
): void {
  api.openapi(route, async (context) => {
    const { limit: pageLimit, cursor, format, fields, target, ...query } = context.req.valid('query');
    const { accountId, region, repository, principal, principalName, principalType, principalAccountId } = query;
    const known = readCursor('access', cursor, position);
    const asOf = await resolveAsOf(store, { target, scanId: known?.scanId ?? null });
    const accountIds = await wantedAccounts(context, store, asOf, accountId);
    await checkAccount(store, asOf, principalAccountId);
    const places = await views.of(asOf);
    const filter = {
      ...accessFilter({ ...query, action: oneAction(query) }),
      ...defined({
        principal,
        principalName,
        principalKind: principalType,
        principalAccountId,
        isExternal: query.external,
      }),
      ...wantedPlaces(places, { accountIds, region, repository }),
    };
    const since = query.unusedSince?.(now());
    const period = known?.after.period ?? (since === undefined ? null : periodSince(since, now()));
    const right = period === null ? null : namedRight(filter.action);
    if (period === null && query.use !== undefined) {
      throw invalidQuery('use', 'expected `unusedSince` beside it');
    }
    const unused =
      period === null || right === null
        ? null
        : await reports.of({ kind: 'unusedRight', job: { scanId: asOf.scanId, period, right } });
    const refine = unused === null ? null : withUse(places, unused, query.use ?? 'unused');
    const question = { asOf, places, filter, refine };
    const from = known?.after ?? null;
    return await answerList(context, list, {
      query: { limit: pageLimit, cursor, format, fields },
      asOf,
      isKept: period === null,
      head: () => ({ asOf: asOfBody(asOf) }),
      after: from,
      read: ({ after, limit }) => firstRows(store, { ...question, after }, limit),
      all: () => everyRow(store, { ...question, after: from }),
      afterOf: (cell) => ({ ...positionOf(cell), period }),
      body: (cell) => cell,
    });
  });
}

function namedRight(right: string | undefined): string {
  if (right === undefined) {
    throw invalidQuery('unusedSince', 'expected `capability` or `action` beside it');
  }
  return right;
}

/** Both parameters may name a capability, which is an action to the store. */
function oneAction({
  action,
  capability,
}: {
  readonly action?: string | undefined;
  readonly capability?: string | undefined;
}): string | undefined {
  if (action !== undefined && capability !== undefined) {
    throw invalidQuery('capability', 'expected either `action` or `capability`');
  }
  return action ?? capability;
}
