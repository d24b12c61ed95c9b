import { createRoute, z } from '@hono/zod-openapi';
import { hasOutboxRow, listDeliveries, type ListedDelivery, listTargets, retryDeadDeliveries } from '@ecr-audit/store';
import type { Api } from '../api-environment.ts';
import type { ApiDependencies } from '../api.ts';
import { defined } from '../defined.ts';
import { answerList } from '../formats/answer-list.ts';
import { listOf } from '../formats/list.ts';
import { Problem } from '../http/problem.ts';
import { respond } from '../http/respond.ts';
import { readCursor } from '../paging/cursor.ts';
import { targetQuery } from '../schemas/list-query.ts';
import { responses } from '../schemas/responses.ts';
import { text, timeSchema, word } from '../schemas/text.ts';
import { targetNotFound } from './scans.ts';

const sinkLengthMax = 100;
const idExpected = 'expected the id of a message, a whole number, as `GET /v1/alerts` lists it';
const states = ['waiting', 'delivered', 'skipped', 'dead'] as const;

const sinkQuery = text(sinkLengthMax).optional().openapi({ description: 'Only to this sink.', example: 'slack' });

const deliverySchema = z
  .object({
    id: z.int().openapi({ description: 'Of the message, which goes to several sinks.' }),
    sink: z.string(),
    state: word(states).openapi({
      description: '`skipped`: the sink does not tell such messages. `dead`: given up, until somebody sends it again.',
    }),
    kind: z.string().openapi({ example: 'alert' }),
    target: z.string(),
    scanId: z.uuid(),
    title: z.string().nullable(),
    severity: z.string().nullable(),
    findings: z.int().openapi({ description: 'How many findings it tells of.' }),
    createdAt: timeSchema,
    notBefore: timeSchema.nullable().openapi({ description: 'What it waits for: quiet hours, or the daily digest.' }),
    attempts: z.int(),
    nextAttemptAt: timeSchema.nullable().openapi({ description: 'Null where nothing is tried any more.' }),
    settledAt: timeSchema.nullable(),
    lastFailure: z.string().nullable().openapi({ description: 'What the sink said last; no secret.' }),
  })
  .openapi('Delivery');

const list = listOf('alerts', deliverySchema, {});
const listRoute = createRoute({
  method: 'get',
  path: '/v1/alerts',
  operationId: 'listAlerts',
  tags: ['Alerts'],
  summary: 'What was told, or is to be told, to each sink, the latest messages first',
  request: {
    query: z.strictObject({
      ...list.query,
      ...targetQuery,
      state: word(states).optional(),
      sink: sinkQuery,
      kind: text(sinkLengthMax).optional().openapi({ example: 'alert' }),
    }),
  },
  responses: list.responses('Deliveries.'),
});
const position = z.object({ id: z.int().min(0), sink: z.string().max(sinkLengthMax) });

const retryAnswer = z.object({
  id: z.int(),
  retried: z.int().openapi({ description: 'To how many sinks it goes again: those that it was given up for.' }),
});
const retryRoute = createRoute({
  method: 'post',
  path: '/v1/alerts/{id}/retry',
  operationId: 'retryAlert',
  tags: ['Alerts'],
  summary: 'Send a message again that was given up; the notifier does it within a second',
  request: {
    params: z.object({
      id: z
        .string({ error: idExpected })
        .regex(/^\d{1,15}$/, { error: idExpected })
        .transform(Number)
        .openapi({ type: 'integer', example: 17 }),
    }),
    query: z.strictObject({ sink: sinkQuery }),
  },
  responses: responses('How many go out again.', retryAnswer),
});

export function addAlertRoutes(api: Api, { store }: ApiDependencies): void {
  const { sql } = store;

  api.openapi(listRoute, async (context) => {
    const { target, state, sink, kind, ...query } = context.req.valid('query');
    const after = readCursor('alerts', query.cursor, position)?.after ?? null;
    if (target !== undefined && !(await listTargets(sql)).some(({ key }) => key === target)) {
      throw targetNotFound(target);
    }
    return await answerList(context, list, {
      query,
      asOf: null,
      isKept: false,
      head: () => ({}),
      after,
      read: async ({ after: before, limit }) =>
        await listDeliveries(sql, {
          ...defined({ targetKey: target, state, sink, kind, before: before ?? undefined }),
          limit,
        }),
      afterOf: ({ id, sink: last }) => ({ id, sink: last }),
      body: deliveryBody,
    });
  });

  api.openapi(retryRoute, async (context) => {
    const { id } = context.req.valid('param');
    const { sink = null } = context.req.valid('query');
    if (!(await hasOutboxRow(sql, id))) {
      throw new Problem('alertNotFound', `there is no message \`${id}\`: ${idExpected}`);
    }
    return respond(context, retryAnswer, { id, retried: await retryDeadDeliveries(sql, { id, sink }) });
  });
}

function deliveryBody({ targetKey, ...delivery }: ListedDelivery): z.output<typeof deliverySchema> {
  return { ...delivery, target: targetKey };
}
