import { z } from 'zod';
import { type ActivitySource, resourceArn } from '@ecr-audit/access';
import { ofAccounts } from '../queries/name-pattern.ts';
import type { Sql } from '../sql.ts';

const rowSchema = z.object({
  principalKey: z.string(),
  principalKind: z.string(),
  principalAccountId: z.string().nullable(),
  principalArn: z.string().nullable(),
  principalName: z.string().nullable(),
  accountId: z.string(),
  region: z.string(),
  repository: z.string().nullable(),
  action: z.string(),
  source: z.enum(['lookupEvents', 'logFile']),
  onBehalfOf: z.string().nullable(),
  firstAt: z.string(),
  lastAt: z.string(),
  events: z.number(),
});

/** What one principal did on one resource: first and last time, and how often. Times are ISO. */
export type ActivityRow = Readonly<z.output<typeof rowSchema>> & {
  readonly source: ActivitySource;
  /** Null for the registry itself. */
  readonly repositoryArn: string | null;
};

export interface ActivityFilter {
  /** Of the registry. */
  readonly accountId?: string;
  /** Of one of these; null is every account. */
  readonly accountIds?: readonly string[] | null;
  readonly region?: string;
  readonly repository?: string;
  /** Unique id, or the key that stands for it. */
  readonly principalKey?: string;
  /** That, or the latest ARN. */
  readonly principal?: string;
  /** As CloudTrail's event is called, with the service: `ecr:PutImage`. */
  readonly action?: string;
  /** Only what was used then or later; ISO time. */
  readonly usedSince?: string;
  /** Only what was used last before then; ISO time. */
  readonly notUsedSince?: string;
  /** The last row of the page before. */
  readonly after?: Pick<
    ActivityRow,
    'principalKey' | 'accountId' | 'region' | 'repository' | 'action' | 'source' | 'onBehalfOf'
  >;
  readonly limit: number;
}

/** Use, by principal, resource, action, source and service. */
export async function listActivity(sql: Sql, filter: ActivityFilter): Promise<ActivityRow[]> {
  const { accountId = null, region = null, repository = null, principalKey = null, after, limit } = filter;
  const { principal: who = null, action = null, usedSince = null, notUsedSince = null } = filter;
  const rows = await sql`
    select
      principal.key as "principalKey", principal.kind as "principalKind", principal.account_id as "principalAccountId",
      principal.arn as "principalArn", principal.name as "principalName",
      resource.account_id as "accountId", resource.region, nullif(resource.repository, '') as repository,
      activity.action, activity.source, nullif(activity.on_behalf_of, '') as "onBehalfOf",
      activity.first_at as "firstAt", activity.last_at as "lastAt", activity.events
    from audit.activity
    join audit.activity_principal principal on principal.id = activity.principal_id
    join audit.activity_resource resource on resource.id = activity.resource_id
    where (${accountId}::text is null or resource.account_id = ${accountId})
      and ${ofAccounts(sql, sql`resource.account_id`, filter.accountIds)}
      and (${region}::text is null or resource.region = ${region})
      and (${repository}::text is null or resource.repository = ${repository})
      and (${principalKey}::text is null or principal.key = ${principalKey})
      and (${who}::text is null or principal.key = ${who} or principal.arn = ${who})
      and (${action}::text is null or activity.action = ${action})
      and (${usedSince}::timestamptz is null or activity.last_at >= ${usedSince})
      and (${notUsedSince}::timestamptz is null or activity.last_at < ${notUsedSince})
      and (
        principal.key, resource.account_id, resource.region, resource.repository,
        activity.action, activity.source collate "C", activity.on_behalf_of
      ) > (
        ${after?.principalKey ?? ''}, ${after?.accountId ?? ''}, ${after?.region ?? ''}, ${after?.repository ?? ''},
        ${after?.action ?? ''}, ${after?.source ?? ''}, ${after?.onBehalfOf ?? ''}
      )
    order by principal.key, resource.account_id, resource.region, resource.repository, activity.action,
      activity.source collate "C", activity.on_behalf_of
    limit ${limit}`;
  return rows.map((row) => {
    const read = rowSchema.parse(row);
    return { ...read, repositoryArn: resourceArn(read) };
  });
}
