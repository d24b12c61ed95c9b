import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import { expect, it } from 'vitest';
import type { Api, ApiEnvironment } from '../api-environment.ts';
import { jsonResponse } from '../http/respond.ts';
import { responses } from '../schemas/responses.ts';
import { accountsOf } from './accounts-of.ts';
import { grantedAccounts, type Identity } from './caller.ts';
import { routesOf } from './routes-of.ts';

function apiWith(operationId: string): Api {
  const api: Api = new OpenAPIHono<ApiEnvironment>();
  api.openapi(
    createRoute({ method: 'get', path: '/v1/new', operationId, responses: responses('Yes.', z.unknown()) }),
    (context): Response => jsonResponse(context, accountsOf(context)),
  );
  return api;
}

it('a route that does not say who may ask it keeps the API from being made', () => {
  expect(() => routesOf(apiWith('listSecrets'))).toThrow('`get /v1/new` says not who may ask it');
  expect(() => routesOf(apiWith('constructor'))).toThrow('says not who may ask it');
});

it('and so do rights of routes that are gone', () => {
  expect(() => routesOf(apiWith('listRepositories'))).toThrow('has rights of routes that are not there: ');
});

it('a route that anybody may ask cannot ask whose accounts it may show', async () => {
  const api = apiWith('getHealth');
  api.onError((error) => new Response(error.message, { status: 500 }));
  expect((await api.request('/v1/new')).status).toBe(500);
});

const shop = '111111111111';
const tools = '222222222222';
const one = (scope: Identity['grants'][number]['scope'], accounts: readonly string[] | null) => ({ scope, accounts });

it.each<[string, Identity['grants'], ReturnType<typeof grantedAccounts>]>([
  ['nothing', [], null],
  ['too little', [one('read', null)], null],
  ['enough', [one('operate', null)], { accounts: null }],
  ['more than enough', [one('admin', [shop])], { accounts: [shop] }],
  ['two sets of accounts', [one('admin', [tools]), one('operate', [shop, tools])], { accounts: [shop, tools] }],
  ['much of little, and little of much', [one('read', null), one('operate', [shop])], { accounts: [shop] }],
  ['some accounts, and all', [one('operate', [shop]), one('admin', null)], { accounts: null }],
])('%s', (_title, grants, expected) => {
  expect(grantedAccounts({ kind: 'oidc', id: 'a', name: 'a', grants }, 'operate')).toEqual(expected);
});
