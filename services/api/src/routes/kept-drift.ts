import { createRoute, z } from '@hono/zod-openapi';
import { listDifferences, listDrift } from '@ecr-audit/store';
import type { Api } from '../api-environment.ts';
import type { ApiDependencies } from '../api.ts';
import { respond } from '../http/respond.ts';
import { readCursor, writeCursor } from '../paging/cursor.ts';
import { readPage } from '../paging/page.ts';
import { resolveScan } from '../resolve-as-of.ts';
import { asOfBody, asOfSchema, nextCursorSchema } from '../schemas/as-of.ts';
import { pageQuery } from '../schemas/list-query.ts';
import { responses } from '../schemas/responses.ts';
import { scanIdSchema } from '../schemas/text.ts';

const anything = z.unknown().openapi({ type: 'object' });
const driftSchema = z
  .object({
    kind: z.enum(['granted', 'revoked', 'widened', 'narrowed', 'altered']),
    isCertain: z.boolean().openapi({ description: 'False where something that was not read keeps it open.' }),
    lifecycle: z.string().nullable().openapi({ description: 'Whether its principals or repositories came or went.' }),
    principals: z.unknown().openapi({ type: 'array', items: { type: 'object' } }),
    repositories: z.unknown().openapi({ type: 'array', items: { type: 'string' }, description: 'ARNs.' }),
    registries: z.unknown().openapi({ type: 'array', items: { type: 'object' } }),
    capabilities: z.array(z.string()),
    actions: z.array(z.string()),
    before: anything,
    after: anything,
    differences: z.array(z.int()).openapi({ description: '`ordinal` of the differences that made it.' }),
    together: z.boolean().openapi({ description: 'Whether none of them does it alone.' }),
    unread: z.array(z.string()),
  })
  .openapi('Drift');
const differenceSchema = z
  .object({
    ordinal: z.int(),
    kind: z.string(),
    accountId: z.string().nullable(),
    region: z.string().nullable(),
    content: anything,
    cause: z.unknown().openapi({
      type: 'object',
      description: 'The calls that made it, with who stands behind them, or which explanation remains.',
    }),
  })
  .openapi('Difference');

const answer = z.object({
  asOf: asOfSchema,
  sinceScanId: z.uuid().nullable().openapi({ description: 'The scan before; null where nothing drifted.' }),
  items: z.array(driftSchema),
  differences: z.array(differenceSchema).openapi({ description: 'Those that the items of this page name.' }),
  nextCursor: nextCursorSchema,
});
const route = createRoute({
  method: 'get',
  path: '/v1/scans/{id}/drift',
  operationId: 'getScanDrift',
  tags: ['Drift'],
  summary: 'How access became other since the scan before, because of which difference, through whose call',
  request: { params: z.object({ id: scanIdSchema }), query: z.strictObject(pageQuery) },
  responses: responses('Drift, what matters most first.', answer),
});

export function addKeptDriftRoute(api: Api, { store }: ApiDependencies): void {
  api.openapi(route, async (context) => {
    const { id } = context.req.valid('param');
    const { limit, cursor } = context.req.valid('query');
    const after = readCursor('scanDrift', cursor, z.int())?.after;
    const asOf = await resolveScan(store, id);
    const { items, last } = await readPage(
      limit,
      async (rows) =>
        await listDrift(store.sql, id, { ...(after === undefined ? {} : { afterOrdinal: after }), limit: rows }),
    );
    const named = [...new Set(items.flatMap(({ differences }) => differences))];
    return respond(context, answer, {
      asOf: asOfBody(asOf),
      sinceScanId: items[0]?.sinceScanId ?? null,
      items: items.map(({ ordinal: _ordinal, sinceScanId: _since, ...drift }) => drift),
      differences: await listDifferences(store.sql, id, named),
      nextCursor: last === null ? null : writeCursor('scanDrift', { scanId: id, after: last.ordinal }),
    });
  });
}
