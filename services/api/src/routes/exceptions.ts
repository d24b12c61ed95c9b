import { createRoute, z } from '@hono/zod-openapi';
import { addException, approveBaseline, listBaselines, listExceptions, withdrawException } from '@ecr-audit/store';
import type { Api } from '../api-environment.ts';
import type { ApiDependencies } from '../api.ts';
import { accountsOf, checkAllowed } from '../auth/accounts-of.ts';
import { actorOf } from '../auth/actor.ts';
import { defined } from '../defined.ts';
import { Problem } from '../http/problem.ts';
import { respond } from '../http/respond.ts';
import { readCursor, writeCursor } from '../paging/cursor.ts';
import { readPage } from '../paging/page.ts';
import { resolveAsOf, resolveScan } from '../resolve-as-of.ts';
import { nextCursorSchema } from '../schemas/as-of.ts';
import { baselineSchema, exceptionSchema } from '../schemas/exception.ts';
import { fingerprintSchema, statusSchema } from '../schemas/finding.ts';
import { pageQuery, targetQuery } from '../schemas/list-query.ts';
import { responses } from '../schemas/responses.ts';
import { accountIdSchema, scanIdSchema, text, word } from '../schemas/text.ts';
import { checkFinding, findingNotFound } from './findings.ts';

const nameMax = 200;
const reasonMax = 1_000;
const untilExpected = 'expected an ISO time that is still to come, such as 2027-03-31T00:00:00Z';
const idExpected = 'expected the id of an exception, a UUID, as `GET /v1/exceptions` lists it';
const exceptionId = z.uuid({ error: idExpected }).openapi({ example: '4c1f7a52-9f2b-4d3e-8a61-0b7c5e2d9f10' });

const listAnswer = z.object({ items: z.array(exceptionSchema), nextCursor: nextCursorSchema });
const listRoute = createRoute({
  method: 'get',
  path: '/v1/exceptions',
  operationId: 'listExceptions',
  tags: ['Findings'],
  summary: 'What was approved, by whom, why and until when',
  request: {
    query: z.strictObject({
      ...pageQuery,
      ...targetQuery,
      state: word(['open', 'unmatched', 'all'])
        .default('open')
        .openapi({ description: '`open`: in force. `unmatched`: in force, but no finding is left.' }),
    }),
  },
  responses: responses('Exceptions.', listAnswer),
});

const addBody = z
  .strictObject({
    fingerprint: fingerprintSchema,
    reason: text(reasonMax).openapi({ example: 'The partner pulls until the contract ends.' }),
    until: z.iso.datetime({ offset: true, error: untilExpected }).openapi({ example: '2099-03-31T00:00:00Z' }),
    approvedBy: text(nameMax).optional().openapi({ description: 'Whom the caller speaks for.' }),
  })
  .openapi('ExceptionRequest');
const addAnswer = z.object({ exception: exceptionSchema, findingStatus: statusSchema, isNew: z.boolean() });
const addRoute = createRoute({
  method: 'post',
  path: '/v1/exceptions',
  operationId: 'addException',
  tags: ['Findings'],
  summary: 'Approve what a finding is about, as it stands now, for some time',
  description: 'More rights, repositories or principals, a condition less or a graver severity make it active again.',
  request: {
    query: z.strictObject(targetQuery),
    body: { required: true, content: { 'application/json': { schema: addBody } } },
  },
  responses: responses('The exception.', addAnswer),
});

const withdrawAnswer = z.object({ exception: exceptionSchema });
const withdrawRoute = createRoute({
  method: 'delete',
  path: '/v1/exceptions/{id}',
  operationId: 'withdrawException',
  tags: ['Findings'],
  summary: 'Withdraw an exception; its finding is active again',
  request: { params: z.object({ id: exceptionId }), query: z.strictObject({}) },
  responses: responses('The exception as it was.', withdrawAnswer),
});

const baselinesAnswer = z.object({ items: z.array(baselineSchema) });
const baselinesRoute = createRoute({
  method: 'get',
  path: '/v1/baselines',
  operationId: 'listBaselines',
  tags: ['Findings'],
  summary: 'The scans that were approved, as what access is compared with',
  request: {
    query: z.strictObject({
      ...targetQuery,
      history: word(['true', 'false']).default('false').openapi({ description: 'Also those that were replaced.' }),
    }),
  },
  responses: responses('Baselines.', baselinesAnswer),
});

const approveBody = z
  .strictObject({
    scan: scanIdSchema.optional().openapi({ description: 'The latest one where none is named.' }),
    accountId: accountIdSchema.optional().openapi({ description: 'Only for this account.' }),
    reason: text(reasonMax).optional(),
    approvedBy: text(nameMax).optional().openapi({ description: 'Whom the caller speaks for.' }),
  })
  .openapi('BaselineRequest');
const approveAnswer = z.object({ baseline: baselineSchema });
const approveRoute = createRoute({
  method: 'post',
  path: '/v1/baselines',
  operationId: 'approveBaseline',
  tags: ['Findings'],
  summary: 'Agree to what a scan found: drift may be asked for since then',
  request: {
    query: z.strictObject(targetQuery),
    body: { required: true, content: { 'application/json': { schema: approveBody } } },
  },
  responses: responses('The baseline.', approveAnswer),
});

export function addExceptionRoutes(api: Api, { store, now }: ApiDependencies): void {
  const { sql } = store;

  api.openapi(listRoute, async (context) => {
    const { limit, cursor, target, state } = context.req.valid('query');
    const afterId = readCursor('exceptions', cursor, exceptionId)?.after;
    const filter = defined({
      targetKey: target,
      afterId,
      openAt: state === 'all' ? undefined : now().toISOString(),
      isUnmatched: state === 'unmatched' ? true : undefined,
    });
    const { items, last } = await readPage(
      limit,
      async (rows) => await listExceptions(sql, { ...filter, accountIds: accountsOf(context), limit: rows }),
    );
    const nextCursor = last === null ? null : writeCursor('exceptions', { scanId: null, after: last.id });
    return respond(context, listAnswer, { items, nextCursor });
  });

  api.openapi(addRoute, async (context) => {
    const { target } = context.req.valid('query');
    const { fingerprint, reason, until, approvedBy } = context.req.valid('json');
    const at = now().toISOString();
    if (Date.parse(until) <= Date.parse(at)) {
      throw new Problem('invalidRequest', `\`until\` of the body cannot be used: ${untilExpected}`, {
        errors: [{ in: 'body', field: 'until', message: untilExpected }],
      });
    }
    const asOf = await resolveAsOf(store, { target, scanId: null });
    await checkFinding(context, store, asOf, fingerprint);
    const added = await addException(store, {
      targetKey: asOf.targetKey,
      fingerprint,
      approvedBy: actorOf(context, approvedBy),
      reason,
      until: new Date(until).toISOString(),
      at,
      source: 'api',
    });
    if (added === null) {
      throw findingNotFound(asOf, fingerprint);
    }
    const { exception, finding, isNew } = added;
    return respond(context, addAnswer, { exception, findingStatus: finding.status, isNew });
  });

  api.openapi(withdrawRoute, async (context) => {
    const { id } = context.req.valid('param');
    const accountIds = accountsOf(context);
    const isMine = accountIds === null || (await listExceptions(sql, { id, accountIds, limit: 1 })).length > 0;
    const exception = isMine
      ? await withdrawException(store, { id, by: actorOf(context), at: now().toISOString() })
      : null;
    if (exception === null) {
      throw new Problem('exceptionNotFound', `there is no exception \`${id}\` in force: ${idExpected}`);
    }
    return respond(context, withdrawAnswer, { exception });
  });

  api.openapi(baselinesRoute, async (context) => {
    const { target = null, history } = context.req.valid('query');
    const accountIds = accountsOf(context);
    const items = await listBaselines(sql, { targetKey: target, isHistory: history === 'true' });
    return respond(context, baselinesAnswer, {
      items: items.filter(
        (each) => accountIds === null || (each.accountId !== null && accountIds.includes(each.accountId)),
      ),
    });
  });

  api.openapi(approveRoute, async (context) => {
    const { target } = context.req.valid('query');
    const { scan, accountId = null, reason = null, approvedBy } = context.req.valid('json');
    if (accountsOf(context) !== null) {
      checkAllowed(context, [accountId]);
    }
    const asOf =
      scan === undefined ? await resolveAsOf(store, { target, scanId: null }) : await resolveScan(store, scan);
    const baseline = await approveBaseline(sql, {
      scanId: asOf.scanId,
      accountId,
      by: actorOf(context, approvedBy),
      at: now().toISOString(),
      reason,
    });
    if (baseline === null) {
      throw new Problem('accountNotFound', `target \`${asOf.targetKey}\` has no account \`${accountId ?? ''}\``);
    }
    return respond(context, approveAnswer, { baseline });
  });
}
