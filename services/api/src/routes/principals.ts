import { createRoute, z } from '@hono/zod-openapi';
import {
  accessOfPrincipal,
  findPrincipal,
  listPrincipals,
  type AsOf,
  type Principal,
  type Store,
} from '@ecr-audit/store';
import { accessBody } from '../access-body.ts';
import type { Api, ApiDependencies } from '../api.ts';
import { defined } from '../defined.ts';
import { Problem } from '../http/problem.ts';
import { respond } from '../http/respond.ts';
import { readCursor, writeCursor } from '../paging/cursor.ts';
import { readPage } from '../paging/page.ts';
import { checkAccount, resolveAsOf } from '../resolve-as-of.ts';
import { accessFilter, accessQuery, accessSchema } from '../schemas/access.ts';
import { asOfBody, asOfSchema, nextCursorSchema } from '../schemas/as-of.ts';
import { accountQuery, namePrefixQuery, pageQuery, targetQuery } from '../schemas/list-query.ts';
import { principalIdSchema, principalKindSchema, principalSchema } from '../schemas/principal.ts';
import { responses } from '../schemas/responses.ts';
import { accountIdSchema, regionSchema, text } from '../schemas/text.ts';

const params = z.object({ id: principalIdSchema });
const arnLengthMax = 2048;
const actionLengthMax = 128;

const listAnswer = z.object({ asOf: asOfSchema, items: z.array(principalSchema), nextCursor: nextCursorSchema });
const listRoute = createRoute({
  method: 'get',
  path: '/v1/principals',
  operationId: 'listPrincipals',
  tags: ['Principals'],
  summary: 'The principals of a target, by unique id',
  request: {
    query: z.strictObject({
      ...pageQuery,
      ...targetQuery,
      accountId: accountQuery('Only principals of this account.'),
      kind: principalKindSchema.optional(),
      arn: text(arnLengthMax).optional().openapi({ description: 'The principal with exactly this ARN.' }),
      namePrefix: namePrefixQuery('principals'),
    }),
  },
  responses: responses('Principals.', listAnswer),
});

const oneAnswer = z.object({ asOf: asOfSchema, principal: principalSchema });
const oneRoute = createRoute({
  method: 'get',
  path: '/v1/principals/{id}',
  operationId: 'getPrincipal',
  tags: ['Principals'],
  summary: 'One principal, also one that is gone',
  request: { params, query: z.strictObject(targetQuery) },
  responses: responses('The principal.', oneAnswer),
});

const accessAnswer = z.object({
  asOf: asOfSchema,
  principal: principalSchema,
  items: z.array(accessSchema),
  nextCursor: nextCursorSchema,
});
const accessRoute = createRoute({
  method: 'get',
  path: '/v1/principals/{id}/access',
  operationId: 'listPrincipalAccess',
  tags: ['Access'],
  summary: 'What a principal can reach, by account, region, repository and action',
  request: {
    params,
    query: z.strictObject({
      ...pageQuery,
      ...targetQuery,
      ...accessQuery,
      accountId: accountQuery('Only registries of this account.'),
      region: regionSchema.optional(),
      repositoryNamePrefix: namePrefixQuery('repositories'),
    }),
  },
  responses: responses('What the principal can reach, and why.', accessAnswer),
});
const accessPosition = z.object({
  accountId: accountIdSchema,
  region: regionSchema,
  repositoryArn: text(arnLengthMax).or(z.literal('')),
  action: text(actionLengthMax),
});

export function addPrincipalRoutes(api: Api, { store }: ApiDependencies): void {
  const { sql } = store;

  api.openapi(listRoute, async (context) => {
    const { limit, cursor, target, ...filter } = context.req.valid('query');
    const position = readCursor('principals', cursor, principalIdSchema);
    const asOf = await resolveAsOf(store, { target, scanId: position?.scanId ?? null });
    await checkAccount(store, asOf, filter.accountId);
    const page = await readPage(limit, (rows) =>
      listPrincipals(sql, asOf, { ...defined({ ...filter, afterId: position?.after }), limit: rows }),
    );
    const nextCursor =
      page.last === null ? null : writeCursor('principals', { scanId: asOf.scanId, after: page.last.id });
    return respond(context, listAnswer, { asOf: asOfBody(asOf), items: page.items, nextCursor });
  });

  api.openapi(oneRoute, async (context) => {
    const { id } = context.req.valid('param');
    const { target } = context.req.valid('query');
    const asOf = await resolveAsOf(store, { target, scanId: null });
    const principal = await resolvePrincipal(store, asOf, id);
    return respond(context, oneAnswer, { asOf: asOfBody(asOf), principal });
  });

  api.openapi(accessRoute, async (context) => {
    const { id } = context.req.valid('param');
    const { limit, cursor, target, ...query } = context.req.valid('query');
    const position = readCursor('principalAccess', cursor, accessPosition);
    const asOf = await resolveAsOf(store, { target, scanId: position?.scanId ?? null });
    const principal = await resolvePrincipal(store, asOf, id);
    await checkAccount(store, asOf, query.accountId);
    const { accountId, region, repositoryNamePrefix } = query;
    const filter = defined({ accountId, region, repositoryNamePrefix, after: position?.after });
    const page = await readPage(limit, (rows) =>
      accessOfPrincipal(sql, asOf, { principalId: id, filter: { ...accessFilter(query), ...filter, limit: rows } }),
    );
    const { last } = page;
    const nextCursor =
      last === null
        ? null
        : writeCursor('principalAccess', {
            scanId: asOf.scanId,
            after: {
              accountId: last.accountId,
              region: last.region,
              repositoryArn: last.repository?.arn ?? '',
              action: last.action,
            },
          });
    return respond(context, accessAnswer, {
      asOf: asOfBody(asOf),
      principal,
      items: page.items.map(accessBody),
      nextCursor,
    });
  });
}

async function resolvePrincipal({ sql }: Store, asOf: AsOf, id: string): Promise<Principal> {
  const principal = await findPrincipal(sql, asOf, id);
  if (principal !== null) {
    return principal;
  }
  throw new Problem(
    'principalNotFound',
    `target \`${asOf.targetKey}\` has no principal \`${id}\`: expected an id that \`GET /v1/principals\` lists for the same \`target\`; \`?arn=\` finds it by ARN`,
  );
}
