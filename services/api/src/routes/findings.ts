import { createRoute, z } from '@hono/zod-openapi';
import { FINDING_STATUSES, SEVERITIES } from '@ecr-audit/access';
import {
  acknowledgeFinding,
  type AsOf,
  countFindings,
  findFindingStates,
  listFindingChanges,
  listFindings,
  type Store,
} from '@ecr-audit/store';
import type { Context } from 'hono';
import type { Api, ApiEnvironment } from '../api-environment.ts';
import type { ApiDependencies } from '../api.ts';
import { actorOf } from '../auth/actor.ts';
import { accountsOf, wantedAccounts } from '../auth/accounts-of.ts';
import { defined } from '../defined.ts';
import { Problem } from '../http/problem.ts';
import { respond } from '../http/respond.ts';
import { readCursor, writeCursor } from '../paging/cursor.ts';
import { readPage } from '../paging/page.ts';
import { resolveAsOf } from '../resolve-as-of.ts';
import { asOfBody, asOfSchema, nextCursorSchema } from '../schemas/as-of.ts';
import {
  changeBody,
  exceptionOfSchema,
  findingBody,
  findingChangeSchema,
  findingStateSchema,
  fingerprintSchema,
  severitySchema,
  statusSchema,
} from '../schemas/finding.ts';
import { accountQuery, pageQuery, targetQuery } from '../schemas/list-query.ts';
import { responses } from '../schemas/responses.ts';
import { text, timeSchema, word } from '../schemas/text.ts';

const textMax = 2_048;
const nameMax = 200;
const changesMax = 1_000;
const params = z.object({ fingerprint: fingerprintSchema });
const timeQuery = z.iso.datetime({ offset: true, error: 'expected an ISO time such as 2026-11-16T06:00:00Z' });

const listAnswer = z.object({
  asOf: asOfSchema,
  counts: z
    .array(z.object({ status: statusSchema, severity: severitySchema, findings: z.int() }))
    .openapi({ description: 'Of all findings of the target, whatever the filters.' }),
  items: z.array(findingStateSchema),
  nextCursor: nextCursorSchema,
});
const listRoute = createRoute({
  method: 'get',
  path: '/v1/findings',
  operationId: 'listFindings',
  tags: ['Findings'],
  summary: 'What is risky, the gravest first, with what became of it',
  request: {
    query: z.strictObject({
      ...pageQuery,
      ...targetQuery,
      status: word(FINDING_STATUSES).optional().openapi({ description: 'Every status where none is named.' }),
      severity: word(SEVERITIES).optional().openapi({ description: 'This severity and graver ones.' }),
      ruleId: text(nameMax).optional().openapi({ example: 'ECR-PUB-PUSH' }),
      accountId: accountQuery('Only findings of this account.'),
      resource: text(textMax).optional().openapi({ description: 'Part of the ARN of what it is about.' }),
      principalId: text(textMax).optional(),
      acknowledged: word(['true', 'false']).optional().openapi({ description: 'Whether somebody looks after it.' }),
      since: timeQuery.optional().openapi({ description: 'Only findings of which anything changed since then.' }),
    }),
  },
  responses: responses('Findings.', listAnswer),
});
const position = z.object({ severity: z.enum(SEVERITIES), id: z.int() });

const oneAnswer = z.object({
  asOf: asOfSchema,
  finding: findingStateSchema,
  exception: exceptionOfSchema,
  changes: z.array(findingChangeSchema),
});
const oneRoute = createRoute({
  method: 'get',
  path: '/v1/findings/{fingerprint}',
  operationId: 'getFinding',
  tags: ['Findings'],
  summary: 'One finding with its whole life: when it was opened, through whose change, who approved it',
  request: { params, query: z.strictObject(targetQuery) },
  responses: responses('The finding.', oneAnswer),
});

const acknowledgeBody = z
  .strictObject({ by: text(nameMax).optional().openapi({ description: 'Whom the caller speaks for.' }) })
  .openapi('Acknowledgement');
const acknowledgeAnswer = z.object({
  fingerprint: z.string(),
  status: statusSchema,
  acknowledged: z.object({ by: z.string(), at: timeSchema }).nullable(),
});
const acknowledgeRoute = createRoute({
  method: 'post',
  path: '/v1/findings/{fingerprint}/acknowledge',
  operationId: 'acknowledgeFinding',
  tags: ['Findings'],
  summary: 'Say that somebody looks after a finding; it stays active',
  request: {
    params,
    query: z.strictObject(targetQuery),
    body: { required: true, content: { 'application/json': { schema: acknowledgeBody } } },
  },
  responses: responses('How it stands now.', acknowledgeAnswer),
});

export function addFindingRoutes(api: Api, { store, now }: ApiDependencies): void {
  const { sql } = store;

  api.openapi(listRoute, async (context) => {
    const { limit, cursor, target, acknowledged, accountId, ...filter } = context.req.valid('query');
    const after = readCursor('findings', cursor, position)?.after;
    const asOf = await resolveAsOf(store, { target, scanId: null });
    const accountIds = await wantedAccounts(context, store, asOf, accountId);
    const isAcknowledged = acknowledged === undefined ? undefined : acknowledged === 'true';
    const page = await readPage(limit, async (rows) =>
      listFindings(sql, asOf.targetId, { ...defined({ ...filter, after, isAcknowledged }), accountIds, limit: rows }),
    );
    const { last } = page;
    return respond(context, listAnswer, {
      asOf: asOfBody(asOf),
      counts: await countFindings(sql, asOf.targetId, accountsOf(context)),
      items: page.items.map(findingBody),
      nextCursor:
        last === null
          ? null
          : writeCursor('findings', { scanId: null, after: { severity: last.finding.severity, id: last.id } }),
    });
  });

  api.openapi(oneRoute, async (context) => {
    const { fingerprint } = context.req.valid('param');
    const { target } = context.req.valid('query');
    const asOf = await resolveAsOf(store, { target, scanId: null });
    const [kept] = await listFindings(sql, asOf.targetId, { fingerprint, accountIds: accountsOf(context), limit: 1 });
    if (kept === undefined) {
      throw findingNotFound(asOf, fingerprint);
    }
    const [beside] = await findFindingStates(sql, [fingerprint], asOf.targetKey);
    const changes = await listFindingChanges(sql, asOf.targetId, { fingerprint, limit: changesMax });
    return respond(context, oneAnswer, {
      asOf: asOfBody(asOf),
      finding: findingBody(kept),
      exception: beside?.exception ?? null,
      changes: changes.map(changeBody),
    });
  });

  api.openapi(acknowledgeRoute, async (context) => {
    const { fingerprint } = context.req.valid('param');
    const { target } = context.req.valid('query');
    const { by } = context.req.valid('json');
    const asOf = await resolveAsOf(store, { target, scanId: null });
    await checkFinding(context, store, asOf, fingerprint);
    const state = await acknowledgeFinding(store, {
      targetKey: asOf.targetKey,
      fingerprint,
      by: actorOf(context, by),
      at: now().toISOString(),
    });
    if (state === null) {
      throw findingNotFound(asOf, fingerprint);
    }
    return respond(context, acknowledgeAnswer, {
      fingerprint,
      status: state.status,
      acknowledged: state.acknowledged,
    });
  });
}

/** Throws `findingNotFound` for a finding of an account that the caller may not see. */
export async function checkFinding(
  context: Context<ApiEnvironment>,
  { sql }: Store,
  asOf: AsOf,
  fingerprint: string,
): Promise<void> {
  const accountIds = accountsOf(context);
  if (
    accountIds !== null &&
    (await listFindings(sql, asOf.targetId, { fingerprint, accountIds, limit: 1 })).length === 0
  ) {
    throw findingNotFound(asOf, fingerprint);
  }
}

export function findingNotFound({ targetKey }: Pick<AsOf, 'targetKey'>, fingerprint: string): Problem {
  return new Problem(
    'findingNotFound',
    `target \`${targetKey}\` has no finding \`${fingerprint}\`: expected a fingerprint that \`GET /v1/findings\` lists for the same \`target\``,
  );
}
