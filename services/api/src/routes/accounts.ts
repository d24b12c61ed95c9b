import { createRoute, z } from '@hono/zod-openapi';
import { listAccounts } from '@ecr-audit/store';
import type { Api } from '../api-environment.ts';
import type { ApiDependencies } from '../api.ts';
import { wantedAccounts } from '../auth/accounts-of.ts';
import { answerList } from '../formats/answer-list.ts';
import { asOfHead, listOf } from '../formats/list.ts';
import { readCursor } from '../paging/cursor.ts';
import { resolveAsOf } from '../resolve-as-of.ts';
import { asOfBody } from '../schemas/as-of.ts';
import { accountCoverageSchema } from '../schemas/coverage.ts';
import { targetQuery } from '../schemas/list-query.ts';
import { accountIdSchema } from '../schemas/text.ts';

const accountSchema = z
  .object({
    accountId: accountIdSchema,
    name: z.string(),
    path: z.string().openapi({ description: 'Names of the organizational units down to the account.' }),
    coverage: z.array(accountCoverageSchema),
  })
  .openapi('Account');

const list = listOf('accounts', accountSchema, asOfHead);
const route = createRoute({
  method: 'get',
  path: '/v1/accounts',
  operationId: 'listAccounts',
  tags: ['Accounts'],
  summary: 'The accounts of a target, by id, and how much of each could be read',
  request: { query: z.strictObject({ ...list.query, ...targetQuery }) },
  responses: list.responses('Accounts.'),
});

export function addAccountRoutes(api: Api, { store }: ApiDependencies): void {
  api.openapi(route, async (context) => {
    const { target, ...query } = context.req.valid('query');
    const position = readCursor('accounts', query.cursor, accountIdSchema);
    const asOf = await resolveAsOf(store, { target, scanId: position?.scanId ?? null });
    const accountIds = await wantedAccounts(context, store, asOf, undefined);
    return await answerList(context, list, {
      query,
      asOf,
      isKept: true,
      head: () => ({ asOf: asOfBody(asOf) }),
      after: position?.after ?? null,
      read: ({ after, limit }) =>
        listAccounts(store.sql, asOf, { accountIds, limit, ...(after === null ? {} : { afterAccountId: after }) }),
      afterOf: ({ accountId }) => accountId,
      body: (account) => account,
    });
  });
}
