import { createRoute, z } from '@hono/zod-openapi';
import { listAuditLog } from '@ecr-audit/store';
import type { Api } from '../api-environment.ts';
import type { ApiDependencies } from '../api.ts';
import { defined } from '../defined.ts';
import { answerList } from '../formats/answer-list.ts';
import { listOf } from '../formats/list.ts';
import { readCursor } from '../paging/cursor.ts';
import { text, timeSchema, word } from '../schemas/text.ts';
import { timeQuery } from '../schemas/time-query.ts';

const nameLengthMax = 1_000;

const entrySchema = z
  .object({
    id: z.int(),
    at: timeSchema,
    actor: z.object({
      kind: z.enum(['token', 'oidc', 'local', 'cli']).openapi({
        description: '`local`: whoever asked a service without a login. `cli`: the command line.',
      }),
      id: z.string().openapi({ description: 'Of the token; issuer and subject.' }),
      name: z.string(),
    }),
    operation: z.string().openapi({ example: 'listRepositories' }),
    isChange: z.boolean(),
    method: z.string().nullable(),
    path: z.string().nullable(),
    parameters: z.record(z.string(), z.unknown()),
    status: z.int().nullable(),
    requestId: z.string().nullable(),
    times: z.int().openapi({ description: 'Equal reads within a moment are one entry.' }),
  })
  .openapi('LoggedAction');

const list = listOf('audit-log', entrySchema, {});
const route = createRoute({
  method: 'get',
  path: '/v1/audit-log',
  operationId: 'listAuditLog',
  tags: ['Operations'],
  summary: 'Who changed what, and who read which report, the latest first',
  description: 'Entries are written behind the answers, within a second or so. Bodies are not kept.',
  request: {
    query: z.strictObject({
      ...list.query,
      actor: text(nameLengthMax).optional().openapi({ description: 'Id or name of who did it.', example: 'dashboard' }),
      operation: text(nameLengthMax).optional().openapi({ example: 'addException' }),
      kind: word(['change', 'read']).optional(),
      requestId: text(nameLengthMax).optional(),
      since: timeQuery('Only from then on.'),
      until: timeQuery('Only before then.'),
    }),
  },
  responses: list.responses('Entries.'),
});

export function addAuditLogRoute(api: Api, { store: { sql }, now }: ApiDependencies): void {
  api.openapi(route, async (context) => {
    const { actor, operation, kind, requestId, since, until, ...query } = context.req.valid('query');
    const at = now();
    const filter = defined({
      actor,
      operation,
      requestId,
      isChange: kind === undefined ? undefined : kind === 'change',
      since: since?.(at),
      until: until?.(at),
    });
    return await answerList(context, list, {
      query,
      asOf: null,
      isKept: false,
      head: () => ({}),
      after: readCursor('audit-log', query.cursor, z.int())?.after ?? null,
      read: async ({ after, limit }) =>
        await listAuditLog(sql, { ...filter, limit, ...(after === null ? {} : { beforeId: after }) }),
      afterOf: ({ id }) => id,
      body: ({ actorKind, actorId, actorName, ...entry }) => ({
        ...entry,
        actor: { kind: actorKind, id: actorId, name: actorName },
      }),
    });
  });
}
