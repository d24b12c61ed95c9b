import { createRoute, z } from '@hono/zod-openapi';
import {
  accessToRepository,
  countRepositories,
  findRepository,
  listRepositories,
  scanTimes,
  type AsOf,
  type Repository,
  type Store,
} from '@ecr-audit/store';
import type { Context } from 'hono';
import type { Api, ApiEnvironment } from '../api-environment.ts';
import type { ApiDependencies } from '../api.ts';
import { accessBody, timedAccess } from '../access-body.ts';
import { isAllowed, wantedAccounts } from '../auth/accounts-of.ts';
import { answerList } from '../formats/answer-list.ts';
import { asOfHead, countedHead, listOf } from '../formats/list.ts';
import { Problem } from '../http/problem.ts';
import { respond } from '../http/respond.ts';
import { readCursor } from '../paging/cursor.ts';
import { checkAccount, resolveAsOf } from '../resolve-as-of.ts';
import { resolveAsOfTime } from '../resolve-as-of-time.ts';
import { accessFilter, accessQuery, accessSchema } from '../schemas/access.ts';
import { listedAccessCells } from '../schemas/listed-access.ts';
import { answerTimeBody, answerTimeSchema, atQuery } from '../schemas/access-time.ts';
import { asOfBody, asOfSchema } from '../schemas/as-of.ts';
import { accountQuery, namePatternQuery, namePrefixQuery, targetQuery } from '../schemas/list-query.ts';
import { principalIdSchema, principalKindSchema } from '../schemas/principal.ts';
import { repositoryIdSchema, repositorySchema } from '../schemas/repository.ts';
import { responses } from '../schemas/responses.ts';
import { regionSchema, text, word } from '../schemas/text.ts';
import { defined } from '../defined.ts';

const params = z.object({ id: repositoryIdSchema });
const arnLengthMax = 2048;
const actionLengthMax = 128;

const list = listOf('repositories', repositorySchema, countedHead);
const listRoute = createRoute({
  method: 'get',
  path: '/v1/repositories',
  operationId: 'listRepositories',
  tags: ['Repositories'],
  summary: 'The repositories of a target, by ARN',
  request: {
    query: z.strictObject({
      ...list.query,
      ...targetQuery,
      accountId: accountQuery('Only repositories of this account.'),
      region: regionSchema.optional(),
      namePrefix: namePrefixQuery('repositories'),
      name: namePatternQuery('repositories'),
      sort: word(['arn', '-arn']).optional().openapi({ description: 'By ARN, with a minus downwards.' }),
    }),
  },
  responses: list.responses('Repositories.'),
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

const accessList = listOf(
  'repository-access',
  accessSchema,
  { ...asOfHead, time: answerTimeSchema.optional(), repository: repositorySchema },
  listedAccessCells,
);
const accessRoute = createRoute({
  method: 'get',
  path: '/v1/repositories/{id}/access',
  operationId: 'listRepositoryAccess',
  tags: ['Access'],
  summary: 'Who has access to a repository, by principal id and action',
  request: {
    params,
    query: z.strictObject({
      ...accessList.query,
      ...targetQuery,
      ...accessQuery,
      at: atQuery,
      principalAccountId: accountQuery('Only principals of this account.'),
      principalKind: principalKindSchema.optional(),
      principalNamePrefix: namePrefixQuery('principals'),
    }),
  },
  responses: accessList.responses('Who has access, and why.'),
});
const accessPosition = z.object({ principalId: principalIdSchema, action: text(actionLengthMax) });

export function addRepositoryRoutes(api: Api, { store, now }: ApiDependencies): void {
  const { sql } = store;

  api.openapi(listRoute, async (context) => {
    const {
      limit: pageLimit,
      cursor,
      format,
      fields,
      target,
      sort,
      accountId,
      ...selection
    } = context.req.valid('query');
    const position = readCursor('repositories', cursor, text(arnLengthMax));
    const asOf = await resolveAsOf(store, { target, scanId: position?.scanId ?? null });
    const accountIds = await wantedAccounts(context, store, asOf, accountId);
    const order = sort === '-arn' ? 'down' : 'up';
    const selected = { ...defined(selection), accountIds };
    return await answerList(context, list, {
      query: { limit: pageLimit, cursor, format, fields },
      asOf,
      isKept: true,
      head: async () => ({ asOf: asOfBody(asOf), total: await countRepositories(sql, asOf, selected) }),
      after: position?.after ?? null,
      read: ({ after, limit }) =>
        listRepositories(sql, asOf, { ...selected, order, limit, ...(after === null ? {} : { afterArn: after }) }),
      afterOf: ({ arn }) => arn,
      body: (repository) => repository,
    });
  });

  api.openapi(oneRoute, async (context) => {
    const { id } = context.req.valid('param');
    const { target } = context.req.valid('query');
    const asOf = await resolveAsOf(store, { target, scanId: null });
    const repository = await resolveRepository(context, store, asOf, id);
    return respond(context, oneAnswer, { asOf: asOfBody(asOf), repository });
  });

  api.openapi(accessRoute, async (context) => {
    const { id } = context.req.valid('param');
    const { limit: pageLimit, cursor, format, fields, target, at: given, ...query } = context.req.valid('query');
    const position = readCursor('repository-access', cursor, accessPosition);
    const wanted = { target, scanId: position?.scanId ?? null };
    const at = given?.(now());
    const { asOf } =
      at === undefined
        ? { asOf: await resolveAsOf(store, wanted) }
        : await resolveAsOfTime(store, { ...wanted, at, now: now() });
    const repository = await resolveRepository(context, store, asOf, id);
    await checkAccount(store, asOf, query.principalAccountId);
    const { principalAccountId, principalKind, principalNamePrefix } = query;
    const filter = defined({ principalAccountId, principalKind, principalNamePrefix });
    return await answerList(context, accessList, {
      query: { limit: pageLimit, cursor, format, fields },
      asOf,
      isKept: at === undefined,
      head: async () => ({
        asOf: asOfBody(asOf),
        time: at === undefined ? undefined : answerTimeBody(at, await scanTimes(sql, asOf), repository),
        repository,
      }),
      after: position?.after ?? null,
      read: async ({ after, limit }) => {
        const last = after === null ? {} : { after };
        const cells = await accessToRepository(sql, asOf, {
          repositoryId: id,
          filter: { ...accessFilter(query), ...filter, ...last, limit },
        });
        return at === undefined ? cells.map(accessBody) : await timedAccess(sql, asOf, cells);
      },
      afterOf: ({ principal, action }) => ({ principalId: principal.id, action }),
      body: (cell) => cell,
    });
  });
}

async function resolveRepository(
  context: Context<ApiEnvironment>,
  { sql }: Store,
  asOf: AsOf,
  id: number,
): Promise<Repository> {
  const repository = await findRepository(sql, asOf, id);
  if (repository !== null && isAllowed(context, repository.accountId)) {
    return repository;
  }
  throw new Problem(
    'repositoryNotFound',
    `target \`${asOf.targetKey}\` has no repository \`${id}\`: expected an id that \`GET /v1/repositories\` lists for the same \`target\``,
  );
}
