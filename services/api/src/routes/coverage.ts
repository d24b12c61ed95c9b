import { createRoute, z } from '@hono/zod-openapi';
import { listCoverageWithGaps } from '@ecr-audit/store';
import type { Api } from '../api-environment.ts';
import type { ApiDependencies } from '../api.ts';
import { wantedAccounts } from '../auth/accounts-of.ts';
import { defined } from '../defined.ts';
import { answerList } from '../formats/answer-list.ts';
import { asOfHead, listOf } from '../formats/list.ts';
import { readCursor } from '../paging/cursor.ts';
import { resolveAsOf } from '../resolve-as-of.ts';
import { asOfBody } from '../schemas/as-of.ts';
import { coverageFields, gapFields } from '../schemas/coverage.ts';
import { accountQuery, targetQuery } from '../schemas/list-query.ts';
import { accountIdSchema, regionSchema, text, timeSchema, word } from '../schemas/text.ts';

const nameLengthMax = 200;

const placeSchema = z
  .object({
    accountId: accountIdSchema,
    ...coverageFields,
    readAt: timeSchema.nullable().openapi({ description: 'Null where it was not read.' }),
    gapsTotal: z.int().openapi({ description: 'How much could not be read, of which `gaps` are the first.' }),
    gaps: z.array(z.object(gapFields)).openapi({
      description: 'What could not be read, and why. One that limits neither account nor region stands with each.',
    }),
  })
  .openapi('PlaceCoverage');

const list = listOf('coverage', placeSchema, asOfHead);
const route = createRoute({
  method: 'get',
  path: '/v1/coverage',
  operationId: 'listCoverage',
  tags: ['Accounts'],
  summary: 'How much of each account, region and source the latest scan could read, and what it could not',
  request: {
    query: z.strictObject({
      ...list.query,
      ...targetQuery,
      accountId: accountQuery('Only this account.'),
      region: regionSchema.optional(),
      source: word(['iam', 'ecr', 'cloudtrail', 'organization']).optional(),
      status: word(['complete', 'partial', 'notReadable']).optional(),
    }),
  },
  responses: list.responses('Coverage.'),
});
const position = z.object({
  accountId: text(nameLengthMax),
  region: text(nameLengthMax).nullable(),
  source: text(nameLengthMax),
});

export function addCoverageRoute(api: Api, { store }: ApiDependencies): void {
  api.openapi(route, async (context) => {
    const { limit: pageLimit, cursor, format, fields, target, accountId, ...filter } = context.req.valid('query');
    const known = readCursor('coverage', cursor, position);
    const asOf = await resolveAsOf(store, { target, scanId: known?.scanId ?? null });
    const accountIds = await wantedAccounts(context, store, asOf, accountId);
    return await answerList(context, list, {
      query: { limit: pageLimit, cursor, format, fields },
      asOf,
      isKept: true,
      head: () => ({ asOf: asOfBody(asOf) }),
      after: known?.after ?? null,
      read: ({ after, limit }) =>
        listCoverageWithGaps(store.sql, asOf, {
          ...defined({ ...filter, after: after ?? undefined }),
          accountIds,
          limit,
        }),
      afterOf: ({ accountId, region, source }) => ({ accountId, region, source }),
      body: (coverage) => coverage,
    });
  });
}
