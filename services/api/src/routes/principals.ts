import { createRoute, z } from '@hono/zod-openapi';
import {
  accessOfPrincipal,
  countPrincipals,
  findPrincipal,
  listPrincipals,
  scanTimes,
  type AsOf,
  type Principal,
  type Store,
} from '@ecr-audit/store';
import { accessBody, timedAccess } from '../access-body.ts';
import type { Context } from 'hono';
import type { Api, ApiEnvironment } from '../api-environment.ts';
import type { ApiDependencies } from '../api.ts';
import { isAllowed, wantedAccounts } from '../auth/accounts-of.ts';
import { defined } from '../defined.ts';
import { answerList } from '../formats/answer-list.ts';
import { asOfHead, countedHead, listOf } from '../formats/list.ts';
import { Problem } from '../http/problem.ts';
import { respond } from '../http/respond.ts';
import { readCursor } from '../paging/cursor.ts';
import { resolveAsOf } from '../resolve-as-of.ts';
import { resolveAsOfTime } from '../resolve-as-of-time.ts';
import { accessFilter, accessQuery, accessSchema } from '../schemas/access.ts';
import { listedAccessCells } from '../schemas/listed-access.ts';
import { answerTimeBody, answerTimeSchema, atQuery } from '../schemas/access-time.ts';
import { asOfBody, asOfSchema } from '../schemas/as-of.ts';
import { accountQuery, externalQuery, namePatternQuery, namePrefixQuery, targetQuery } from '../schemas/list-query.ts';
import { principalIdSchema, principalKindSchema, principalSchema } from '../schemas/principal.ts';
import { responses } from '../schemas/responses.ts';
import { accountIdSchema, regionSchema, text, word } from '../schemas/text.ts';

const params = z.object({ id: principalIdSchema });
const arnLengthMax = 2048;
const actionLengthMax = 128;

const list = listOf('principals', principalSchema, countedHead);
const listPosition = z.object({ id: principalIdSchema, arn: text(arnLengthMax) });
const listRoute = createRoute({
  method: 'get',
  path: '/v1/principals',
  operationId: 'listPrincipals',
  tags: ['Principals'],
  summary: 'The principals of a target',
  request: {
    query: z.strictObject({
      ...list.query,
      ...targetQuery,
      accountId: accountQuery('Only principals of this account.'),
      kind: principalKindSchema.optional(),
      arn: text(arnLengthMax).optional().openapi({ description: 'The principal with exactly this ARN.' }),
      namePrefix: namePrefixQuery('principals'),
      name: namePatternQuery('principals'),
      external: externalQuery,
      sort: word(['id', 'arn']).optional().openapi({ description: 'By unique id where nothing is said.' }),
    }),
  },
  responses: list.responses('Principals.'),
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

const accessList = listOf(
  'principal-access',
  accessSchema,
  { ...asOfHead, time: answerTimeSchema.optional(), principal: principalSchema },
  listedAccessCells,
);
const accessRoute = createRoute({
  method: 'get',
  path: '/v1/principals/{id}/access',
  operationId: 'listPrincipalAccess',
  tags: ['Access'],
  summary: 'What a principal can reach, by account, region, repository and action',
  request: {
    params,
    query: z.strictObject({
      ...accessList.query,
      ...targetQuery,
      ...accessQuery,
      at: atQuery,
      accountId: accountQuery('Only registries of this account.'),
      region: regionSchema.optional(),
      repositoryNamePrefix: namePrefixQuery('repositories'),
    }),
  },
  responses: accessList.responses('What the principal can reach, and why.'),
});
const accessPosition = z.object({
  accountId: accountIdSchema,
  region: regionSchema,
  repositoryArn: text(arnLengthMax).or(z.literal('')),
  action: text(actionLengthMax),
});

export function addPrincipalRoutes(api: Api, { store, now }: ApiDependencies): void {
  const { sql } = store;

  api.openapi(listRoute, async (context) => {
    const {
      limit: pageLimit,
      cursor,
      format,
      fields,
      target,
      sort: by,
      external,
      accountId,
      ...rest
    } = context.req.valid('query');
    const position = readCursor('principals', cursor, listPosition);
    const asOf = await resolveAsOf(store, { target, scanId: position?.scanId ?? null });
    const accountIds = await wantedAccounts(context, store, asOf, accountId);
    const selected = { ...defined({ ...rest, isExternal: external }), accountIds };
    return await answerList(context, list, {
      query: { limit: pageLimit, cursor, format, fields },
      asOf,
      isKept: true,
      head: async () => ({ asOf: asOfBody(asOf), total: await countPrincipals(sql, asOf, selected) }),
      after: position?.after ?? null,
      read: ({ after, limit }) =>
        listPrincipals(sql, asOf, {
          ...selected,
          limit,
          ...defined({ by, afterId: after?.id, afterArn: after?.arn }),
        }),
      afterOf: ({ id, arn }) => ({ id, arn }),
      body: (principal) => principal,
    });
  });

  api.openapi(oneRoute, async (context) => {
    const { id } = context.req.valid('param');
    const { target } = context.req.valid('query');
    const asOf = await resolveAsOf(store, { target, scanId: null });
    const principal = await resolvePrincipal(context, store, asOf, id);
    return respond(context, oneAnswer, { asOf: asOfBody(asOf), principal });
  });

  api.openapi(accessRoute, async (context) => {
    const { id } = context.req.valid('param');
    const { limit: pageLimit, cursor, format, fields, target, at: given, ...query } = context.req.valid('query');
    const position = readCursor('principal-access', cursor, accessPosition);
    const wanted = { target, scanId: position?.scanId ?? null };
    const at = given?.(now());
    const { asOf } =
      at === undefined
        ? { asOf: await resolveAsOf(store, wanted) }
        : await resolveAsOfTime(store, { ...wanted, at, now: now() });
    const principal = await resolvePrincipal(context, store, asOf, id);
    const accountIds = await wantedAccounts(context, store, asOf, query.accountId);
    const { region, repositoryNamePrefix } = query;
    const filter = { ...defined({ region, repositoryNamePrefix }), accountIds };
    return await answerList(context, accessList, {
      query: { limit: pageLimit, cursor, format, fields },
      asOf,
      isKept: at === undefined,
      head: async () => ({
        asOf: asOfBody(asOf),
        time: at === undefined ? undefined : answerTimeBody(at, await scanTimes(sql, asOf), principal),
        principal,
      }),
      after: position?.after ?? null,
      read: async ({ after, limit }) => {
        const last = after === null ? {} : { after };
        const cells = await accessOfPrincipal(sql, asOf, {
          principalId: id,
          filter: { ...accessFilter(query), ...filter, ...last, limit },
        });
        return at === undefined ? cells.map(accessBody) : await timedAccess(sql, asOf, cells);
      },
      afterOf: ({ accountId: account, region: place, repository, action }) => ({
        accountId: account,
        region: place,
        repositoryArn: repository?.arn ?? '',
        action,
      }),
      body: (cell) => cell,
    });
  });
}

async function resolvePrincipal(
  context: Context<ApiEnvironment>,
  { sql }: Store,
  asOf: AsOf,
  id: string,
): Promise<Principal> {
  const principal = await findPrincipal(sql, asOf, id);
  if (principal !== null && isAllowed(context, principal.accountId)) {
    return principal;
  }
  throw new Problem(
    'principalNotFound',
    `target \`${asOf.targetKey}\` has no principal \`${id}\`: expected an id that \`GET /v1/principals\` lists for the same \`target\`; \`?arn=\` finds it by ARN`,
  );
}
