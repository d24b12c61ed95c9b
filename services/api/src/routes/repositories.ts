import { createRoute, z } from '@hono/zod-openapi';
import {
  accessToRepository,
  findRepository,
  listRepositories,
  type AsOf,
  type Repository,
  type Store,
} from '@ecr-audit/store';
import type { Api, ApiDependencies } from '../api.ts';
import { accessBody } from '../access-body.ts';
import { Problem } from '../http/problem.ts';
import { respond } from '../http/respond.ts';
import { readCursor, writeCursor } from '../paging/cursor.ts';
import { readPage } from '../paging/page.ts';
import { checkAccount, resolveAsOf } from '../resolve-as-of.ts';
import { accessFilter, accessQuery, accessSchema } from '../schemas/access.ts';
import { asOfBody, asOfSchema, nextCursorSchema } from '../schemas/as-of.ts';
import { accountQuery, namePrefixQuery, pageQuery, targetQuery } from '../schemas/list-query.ts';
import { principalIdSchema, principalKindSchema } from '../schemas/principal.ts';
import { repositoryIdSchema, repositorySchema } from '../schemas/repository.ts';
import { responses } from '../schemas/responses.ts';
import { regionSchema, text } from '../schemas/text.ts';
import { defined } from '../defined.ts';

const params = z.object({ id: repositoryIdSchema });
const arnLengthMax = 2048;
const actionLengthMax = 128;

const listAnswer = z.object({ asOf: asOfSchema, items: z.array(repositorySchema), nextCursor: nextCursorSchema });
const listRoute = createRoute({
  method: 'get',
  path: '/v1/repositories',
  operationId: 'listRepositories',
  tags: ['Repositories'],
  summary: 'The repositories of a target, by ARN',
  request: {
    query: z.strictObject({
      ...pageQuery,
      ...targetQuery,
      accountId: accountQuery('Only repositories of this account.'),
      region: regionSchema.optional(),
      namePrefix: namePrefixQuery('repositories'),
    }),
  },
  responses: responses('Repositories.', listAnswer),
});

const oneAnswer = z.object({ asOf: asOfSchema, repository: repositorySchema });
const oneRoute = createRoute({
  method: 'get',
  path: '/v1/repositories/{id}',
  operationId: 'getRepository',
  tags: ['Repositories'],
  summary: 'One repository, also one that is gone',
  request: { params, query: z.strictObject(targetQuery) },
  responses: responses('The repository.', oneAnswer),
});

const accessAnswer = z.object({
  asOf: asOfSchema,
  repository: repositorySchema,
  items: z.array(accessSchema),
  nextCursor: nextCursorSchema,
});
const accessRoute = createRoute({
  method: 'get',
  path: '/v1/repositories/{id}/access',
  operationId: 'listRepositoryAccess',
  tags: ['Access'],
  summary: 'Who has access to a repository, by principal id and action',
  request: {
    params,
    query: z.strictObject({
      ...pageQuery,
      ...targetQuery,
      ...accessQuery,
      principalAccountId: accountQuery('Only principals of this account.'),
      principalKind: principalKindSchema.optional(),
      principalNamePrefix: namePrefixQuery('principals'),
    }),
  },
  responses: responses('Who has access, and why.', accessAnswer),
});
const accessPosition = z.object({ principalId: principalIdSchema, action: text(actionLengthMax) });

export function addRepositoryRoutes(api: Api, { store }: ApiDependencies): void {
  const { sql } = store;

  api.openapi(listRoute, async (context) => {
    const { limit, cursor, target, ...filter } = context.req.valid('query');
    const position = readCursor('repositories', cursor, text(arnLengthMax));
    const asOf = await resolveAsOf(store, { target, scanId: position?.scanId ?? null });
    await checkAccount(store, asOf, filter.accountId);
    const page = await readPage(limit, (rows) =>
      listRepositories(sql, asOf, { ...defined({ ...filter, afterArn: position?.after }), limit: rows }),
    );
    const nextCursor =
      page.last === null ? null : writeCursor('repositories', { scanId: asOf.scanId, after: page.last.arn });
    return respond(context, listAnswer, { asOf: asOfBody(asOf), items: page.items, nextCursor });
  });

  api.openapi(oneRoute, async (context) => {
    const { id } = context.req.valid('param');
    const { target } = context.req.valid('query');
    const asOf = await resolveAsOf(store, { target, scanId: null });
    const repository = await resolveRepository(store, asOf, id);
    return respond(context, oneAnswer, { asOf: asOfBody(asOf), repository });
  });

  api.openapi(accessRoute, async (context) => {
    const { id } = context.req.valid('param');
    const { limit, cursor, target, ...query } = context.req.valid('query');
    const position = readCursor('repositoryAccess', cursor, accessPosition);
    const asOf = await resolveAsOf(store, { target, scanId: position?.scanId ?? null });
    const repository = await resolveRepository(store, asOf, id);
    await checkAccount(store, asOf, query.principalAccountId);
    const { principalAccountId, principalKind, principalNamePrefix } = query;
    const filter = defined({ principalAccountId, principalKind, principalNamePrefix, after: position?.after });
    const page = await readPage(limit, (rows) =>
      accessToRepository(sql, asOf, { repositoryId: id, filter: { ...accessFilter(query), ...filter, limit: rows } }),
    );
    const { last } = page;
    const nextCursor =
      last === null
        ? null
        : writeCursor('repositoryAccess', {
            scanId: asOf.scanId,
            after: { principalId: last.principal.id, action: last.action },
          });
    return respond(context, accessAnswer, {
      asOf: asOfBody(asOf),
      repository,
      items: page.items.map(accessBody),
      nextCursor,
    });
  });
}

async function resolveRepository({ sql }: Store, asOf: AsOf, id: number): Promise<Repository> {
  const repository = await findRepository(sql, asOf, id);
  if (repository !== null) {
    return repository;
  }
  throw new Problem(
    'repositoryNotFound',
    `target \`${asOf.targetKey}\` has no repository \`${id}\`: expected an id that \`GET /v1/repositories\` lists for the same \`target\``,
  );
}
