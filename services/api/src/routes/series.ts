import { createRoute, z } from '@hono/zod-openapi';
import type { Api } from '../api-environment.ts';
import type { ApiDependencies } from '../api.ts';
import { wantedAccounts } from '../auth/accounts-of.ts';
import { answerList } from '../formats/answer-list.ts';
import { asOfHead, listOf } from '../formats/list.ts';
import { readCursor } from '../paging/cursor.ts';
import type { Reports } from '../reports/reports.ts';
import { measures } from '../reports/series.ts';
import { resolveAsOf } from '../resolve-as-of.ts';
import { asOfBody } from '../schemas/as-of.ts';
import { accountQuery, targetQuery } from '../schemas/list-query.ts';
import { scanIdSchema, word } from '../schemas/text.ts';
import { timeQuery } from '../schemas/time-query.ts';

const pointSchema = z
  .object({
    day: z
      .string()
      .openapi({ format: 'date', example: '2026-11-16', description: 'In UTC. Days without a scan have no point.' }),
    scanId: scanIdSchema.openapi({ description: 'The last scan of the day.' }),
    isComplete: z.boolean().openapi({ description: 'Whether that could read everything that access rests on.' }),
    accountId: z.string().nullable().openapi({ description: 'Of the repositories; null for all accounts together.' }),
    measure: z.enum(measures).openapi({
      description:
        'Who has `push` or `administer` on any repository; `external`: whom of other accounts our policies let in to any, whatever their own account allows them.',
    }),
    principals: z.int().openapi({ description: 'Those that certainly do, perhaps under a condition.' }),
    unknown: z.int().openapi({ description: 'Those of whom it is not known, because something could not be read.' }),
  })
  .openapi('SeriesPoint');

const list = listOf('series', pointSchema, asOfHead);
const route = createRoute({
  method: 'get',
  path: '/v1/series',
  operationId: 'listSeries',
  tags: ['Access'],
  summary: 'How many principals may push, administer or come from outside, day by day and account by account',
  description:
    'Out of the history of access, up to 1,100 days with scans. The first answer after a scan takes some seconds.',
  request: {
    query: z.strictObject({
      ...list.query,
      ...targetQuery,
      measure: word(measures).optional(),
      accountId: accountQuery('Only repositories of this account.'),
      accounts: word(['each', 'together'])
        .optional()
        .openapi({ description: 'Each account, or all of them together.' }),
      from: timeQuery('Only days from then on.'),
      until: timeQuery('Only days until then.'),
    }),
  },
  responses: list.responses('Points by day, measure and account.'),
});

export function addSeriesRoute(api: Api, { store, now }: ApiDependencies, reports: Reports): void {
  api.openapi(route, async (context) => {
    const query = context.req.valid('query');
    const { target, measure, accountId, accounts } = query;
    const known = readCursor('series', query.cursor, z.int().min(0));
    const asOf = await resolveAsOf(store, { target, scanId: known?.scanId ?? null });
    const accountIds = await wantedAccounts(context, store, asOf, accountId);
    const at = now();
    const from = query.from?.(at).slice(0, 'YYYY-MM-DD'.length);
    const until = query.until?.(at).slice(0, 'YYYY-MM-DD'.length);
    const report = await reports.of({ kind: 'series', job: { scanId: asOf.scanId } });
    // Places are those in the whole, so that a day that passes between two pages moves none of them.
    const items = report.items
      .map((item, index) => ({ item, index }))
      .filter(
        ({ item }) =>
          (measure === undefined || item.measure === measure) &&
          (accountIds === null || (item.accountId !== null && accountIds.includes(item.accountId))) &&
          (accounts === undefined || (item.accountId === null) === (accounts === 'together')) &&
          (from === undefined || item.day >= from) &&
          (until === undefined || item.day <= until),
      );
    return await answerList(context, list, {
      query,
      asOf,
      isKept: query.from === undefined && query.until === undefined,
      head: () => ({ asOf: asOfBody(asOf) }),
      after: known?.after ?? null,
      read: ({ after, limit }) =>
        Promise.resolve(items.filter(({ index }) => after === null || index > after).slice(0, limit)),
      afterOf: ({ index }) => index,
      body: ({ item }) => item,
    });
  });
}
