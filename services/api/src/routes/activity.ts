import { createRoute, z } from '@hono/zod-openapi';
import { listActivity, listActivityCoverage } from '@ecr-audit/store';
import type { Api } from '../api-environment.ts';
import type { ApiDependencies } from '../api.ts';
import { accountsOf, checkAllowed } from '../auth/accounts-of.ts';
import { defined } from '../defined.ts';
import { answerList } from '../formats/answer-list.ts';
import { listOf } from '../formats/list.ts';
import { readCursor } from '../paging/cursor.ts';
import { accountQuery } from '../schemas/list-query.ts';
import { regionSchema, text, timeSchema } from '../schemas/text.ts';
import { timeQuery } from '../schemas/time-query.ts';

const keyLengthMax = 2048;
const nameLengthMax = 256;

const activitySchema = z
  .object({
    principal: z.object({
      key: z
        .string()
        .openapi({ description: 'Its unique id, or what stands for it where the events do not give one.' }),
      kind: z.string(),
      accountId: z.string().nullable(),
      arn: z.string().nullable(),
      name: z.string().nullable(),
    }),
    accountId: z.string().openapi({ description: 'Of the registry.' }),
    region: z.string(),
    repository: z.string().nullable().openapi({ description: 'Its name; null for the registry itself.' }),
    repositoryArn: z.string().nullable(),
    action: z.string(),
    source: z.enum(['lookupEvents', 'logFile']),
    onBehalfOf: z.string().nullable().openapi({ description: 'The AWS service that made the calls.' }),
    firstAt: timeSchema,
    lastAt: timeSchema,
    events: z.int(),
  })
  .openapi('Activity', { description: 'What one principal did on one resource.' });

const coverageSchema = z
  .object({
    isComplete: z.boolean().openapi({ description: 'Whether every event was seen in the stretches below.' }),
    places: z.array(
      z.object({
        accountId: z.string(),
        region: z.string(),
        status: z.enum(['complete', 'partial', 'notReadable']),
        from: timeSchema.nullable(),
        until: timeSchema.nullable(),
        detail: z.string().nullable(),
      }),
    ),
  })
  .openapi('ActivityCoverage', {
    description:
      'The stretches in which events were seen without a hole. Outside of them nothing says that there was no use.',
  });

const list = listOf('activity', activitySchema, { coverage: coverageSchema });
const route = createRoute({
  method: 'get',
  path: '/v1/activity',
  operationId: 'listActivity',
  tags: ['Activity'],
  summary: 'Who used what: first and last time, and how often, by principal, resource and action',
  description: 'From CloudTrail. It belongs to accounts and not to scans; `coverage` says what of it was seen.',
  request: {
    query: z.strictObject({
      ...list.query,
      accountId: accountQuery('Only registries of this account.'),
      region: regionSchema.optional(),
      repository: text(nameLengthMax).optional().openapi({ description: 'Only the repositories with this name.' }),
      principal: text(keyLengthMax).optional().openapi({ description: 'Only the principal with this key or ARN.' }),
      action: text(nameLengthMax).optional().openapi({ example: 'ecr:PutImage' }),
      usedSince: timeQuery('Only what was used then or later.'),
      notUsedSince: timeQuery('Only what was used for the last time before then.'),
    }),
  },
  responses: list.responses('Uses.'),
});
const position = z.object({
  principalKey: text(keyLengthMax),
  accountId: text(nameLengthMax),
  region: text(nameLengthMax),
  repository: text(nameLengthMax).nullable(),
  action: text(nameLengthMax),
  source: z.enum(['lookupEvents', 'logFile']),
  onBehalfOf: text(nameLengthMax).nullable(),
});

export function addActivityRoute(api: Api, { store: { sql }, now }: ApiDependencies): void {
  api.openapi(route, async (context) => {
    const { limit: pageLimit, cursor, format, fields, ...asked } = context.req.valid('query');
    const { accountId, region, repository, action, principal } = asked;
    const at = now();
    const usedSince = asked.usedSince?.(at);
    const notUsedSince = asked.notUsedSince?.(at);
    if (accountId !== undefined) {
      checkAllowed(context, [accountId]);
    }
    const accountIds = accountsOf(context);
    const filter = {
      ...defined({ accountId, region, repository, action, principal, usedSince, notUsedSince }),
      accountIds,
    };
    return await answerList(context, list, {
      query: { limit: pageLimit, cursor, format, fields },
      asOf: null,
      isKept: false,
      head: async () => {
        const places = await listActivityCoverage(sql, { ...defined({ accountId, region }), accountIds });
        return {
          coverage: {
            isComplete: places.length > 0 && places.every(({ status }) => status === 'complete'),
            places: places.map(({ source: _source, ...place }) => place),
          },
        };
      },
      after: readCursor('activity', cursor, position)?.after ?? null,
      read: ({ after, limit }) => listActivity(sql, { ...filter, limit, ...(after === null ? {} : { after }) }),
      afterOf: ({ principalKey: key, accountId: account, region: place, repository: name, ...row }) => ({
        principalKey: key,
        accountId: account,
        region: place,
        repository: name,
        action: row.action,
        source: row.source,
        onBehalfOf: row.onBehalfOf,
      }),
      body: ({ principalKey: key, principalKind, principalAccountId, principalArn, principalName, ...row }) => ({
        principal: { key, kind: principalKind, accountId: principalAccountId, arn: principalArn, name: principalName },
        ...row,
      }),
    });
  });
}
