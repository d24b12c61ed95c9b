import { createRoute, z } from '@hono/zod-openapi';
import { findAsOf, summarizeTargets, type TargetSummary } from '@ecr-audit/store';
import type { Api } from '../api-environment.ts';
import type { ApiDependencies } from '../api.ts';
import { answerList } from '../formats/answer-list.ts';
import { listOf } from '../formats/list.ts';
import { readCursor } from '../paging/cursor.ts';
import { asOfBody } from '../schemas/as-of.ts';
import { organizationSchema } from '../schemas/organization.ts';
import { text } from '../schemas/text.ts';

const keyLengthMax = 8000;

const list = listOf('organizations', organizationSchema, {});
const route = createRoute({
  method: 'get',
  path: '/v1/organizations',
  operationId: 'listOrganizations',
  tags: ['Accounts'],
  summary: 'What is scanned: organizations, and accounts without one, with their latest scan',
  request: { query: z.strictObject(list.query) },
  responses: list.responses('Organizations.'),
});

export function addOrganizationRoute(api: Api, { store: { sql } }: ApiDependencies): void {
  const withScan = async (target: TargetSummary): Promise<z.output<typeof organizationSchema>> => {
    const { key, name, accounts, principals, repositories, underWay, scanId } = target;
    const asOf = scanId === null ? null : await findAsOf(sql, { scanId });
    const latest = asOf === null ? null : asOfBody(asOf);
    return { key, name, kind: kindOf(key), accounts, principals, repositories, scansUnderWay: underWay, latest };
  };
  api.openapi(route, async (context) => {
    const query = context.req.valid('query');
    return await answerList(context, list, {
      query,
      asOf: null,
      isKept: false,
      head: () => ({}),
      after: readCursor('organizations', query.cursor, text(keyLengthMax))?.after ?? null,
      read: async ({ after, limit }) => {
        const targets = await summarizeTargets(sql, { limit, ...(after === null ? {} : { afterKey: after }) });
        return await Promise.all(targets.map(withScan));
      },
      afterOf: ({ key }) => key,
      body: (organization) => organization,
    });
  });
}

function kindOf(key: string): z.output<typeof organizationSchema>['kind'] {
  return key.startsWith('organization:') ? 'organization' : key.startsWith('account:') ? 'account' : 'accounts';
}
