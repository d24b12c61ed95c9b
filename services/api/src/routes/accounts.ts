import { createRoute, z } from '@hono/zod-openapi';
import { listAccounts } from '@ecr-audit/store';
import type { Api, ApiDependencies } from '../api.ts';
import { respond } from '../http/respond.ts';
import { readCursor, writeCursor } from '../paging/cursor.ts';
import { readPage } from '../paging/page.ts';
import { resolveAsOf } from '../resolve-as-of.ts';
import { asOfBody, asOfSchema, nextCursorSchema } from '../schemas/as-of.ts';
import { accountCoverageSchema } from '../schemas/coverage.ts';
import { pageQuery, targetQuery } from '../schemas/list-query.ts';
import { responses } from '../schemas/responses.ts';
import { accountIdSchema } from '../schemas/text.ts';

const accountSchema = z
  .object({
    accountId: accountIdSchema,
    name: z.string(),
    path: z.string().openapi({ description: 'Names of the organizational units down to the account.' }),
    coverage: z.array(accountCoverageSchema),
  })
  .openapi('Account');

const answer = z.object({ asOf: asOfSchema, items: z.array(accountSchema), nextCursor: nextCursorSchema });
const route = createRoute({
  method: 'get',
  path: '/v1/accounts',
  operationId: 'listAccounts',
  tags: ['Accounts'],
  summary: 'The accounts of a target, by id, and how much of each could be read',
  request: { query: z.strictObject({ ...pageQuery, ...targetQuery }) },
  responses: responses('Accounts.', answer),
});

export function addAccountRoutes(api: Api, { store }: ApiDependencies): void {
  api.openapi(route, async (context) => {
    const { limit, cursor, target } = context.req.valid('query');
    const position = readCursor('accounts', cursor, accountIdSchema);
    const asOf = await resolveAsOf(store, { target, scanId: position?.scanId ?? null });
    const page = await readPage(limit, (rows) =>
      listAccounts(store.sql, asOf, {
        limit: rows,
        ...(position === null ? {} : { afterAccountId: position.after }),
      }),
    );
    const nextCursor =
      page.last === null ? null : writeCursor('accounts', { scanId: asOf.scanId, after: page.last.accountId });
    return respond(context, answer, { asOf: asOfBody(asOf), items: page.items, nextCursor });
  });
}
