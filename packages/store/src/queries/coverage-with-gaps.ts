import type { CollectionGap, Coverage } from '@ecr-audit/access';
import { z } from 'zod';
import type { Sql } from '../sql.ts';
import type { AsOf } from './as-of.ts';
import { ofAccounts } from './name-pattern.ts';

const coverageSchema = z.object({
  accountId: z.string(),
  region: z.string().nullable(),
  source: z.enum(['iam', 'ecr', 'cloudtrail', 'organization']),
  status: z.enum(['complete', 'partial', 'notReadable']),
  detail: z.string().nullable(),
  readAt: z.string().nullable(),
});

const gapSchema = z.object({
  source: z.string(),
  resource: z.string().nullable(),
  reason: z.enum(['accessDenied', 'throttled', 'timeout', 'missingFile', 'notCollected', 'failed']),
  message: z.string(),
});

const groupSchema = z.object({
  accountId: z.string().nullable(),
  region: z.string().nullable(),
  source: z.string(),
  total: z.number(),
  first: z.array(gapSchema),
});
type Group = z.output<typeof groupSchema>;

/** How much of one source was read, with what could not be. */
export type CoverageWithGaps = Coverage & {
  /** ISO time, UTC: earlier than the scan where that read other accounts only. */
  readonly readAt: string | null;
  /** How many there are, of which `gaps` are the first. */
  readonly gapsTotal: number;
  readonly gaps: readonly Pick<CollectionGap, 'source' | 'resource' | 'reason' | 'message'>[];
};

export interface CoverageFilter {
  /** Only these; null is every account. */
  readonly accountIds?: readonly string[] | null;
  readonly region?: string;
  readonly source?: Coverage['source'];
  readonly status?: Coverage['status'];
  /** The last one of the page before. */
  readonly after?: { readonly accountId: string; readonly region: string | null; readonly source: string };
  readonly limit: number;
}

// A registry of which nothing can be read has a gap for each repository; the first ones tell why.
const gapsShownMax = 20;

/** The coverage of a scan by account, region and source. */
export async function listCoverageWithGaps(sql: Sql, asOf: AsOf, filter: CoverageFilter): Promise<CoverageWithGaps[]> {
  const { region = null, source = null, status = null, after, limit } = filter;
  const rows = (
    await sql`
      select account_id as "accountId", region, source, status, nullif(detail, '') as detail, read_at as "readAt"
      from audit.coverage
      where scan_id = ${asOf.scanId}
        and ${ofAccounts(sql, sql`account_id`, filter.accountIds)}
        and (${region}::text is null or region = ${region})
        and (${source}::text is null or source = ${source})
        and (${status}::text is null or status = ${status})
        and (account_id collate "C", coalesce(region, '') collate "C", source collate "C")
          > (${after?.accountId ?? ''}, ${after?.region ?? ''}, ${after?.source ?? ''})
      order by account_id collate "C", coalesce(region, '') collate "C", source collate "C"
      limit ${limit}`
  ).map((row) => coverageSchema.parse(row));
  const groups = await readGroups(sql, asOf, {
    from: rows[0]?.accountId ?? '',
    to: rows.at(-1)?.accountId ?? '',
  });
  const byAccount = Map.groupBy(groups, (group) => group.accountId);
  return rows.map((row) => {
    const mine = [...(byAccount.get(row.accountId) ?? []), ...(byAccount.get(null) ?? [])].filter((group) =>
      isAbout(group, row),
    );
    return {
      ...row,
      gapsTotal: mine.reduce((sum, { total }) => sum + total, 0),
      gaps: mine.flatMap(({ first }) => first).slice(0, gapsShownMax),
    };
  });
}

async function readGroups(
  sql: Sql,
  { scanId }: AsOf,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<Group[]> {
  const rows = await sql`
    select account_id as "accountId", region, source, count(*) as total,
      jsonb_agg(
        jsonb_build_object('source', source, 'resource', resource, 'reason', reason, 'message', message) order by place
      ) filter (where place <= ${gapsShownMax}) as first
    from (
      select *, row_number() over (
        partition by account_id, region, source order by resource collate "C" nulls first
      ) as place
      from (
        -- Several steps may have met the same one.
        select distinct account_id, region, source, resource, reason, message
        from audit.collection_gap
        where scan_id = ${scanId} and (account_id is null or account_id between ${from} and ${to})
      ) as gap
    ) as numbered
    group by account_id, region, source
    order by account_id collate "C", region collate "C", source collate "C"`;
  return rows.map((row) => groupSchema.parse(row));
}

function isAbout(group: Group, { region, source }: CoverageWithGaps | z.output<typeof coverageSchema>): boolean {
  const sources = sourcesOf(group.source);
  return sources.includes(source) && (group.region === null || region === null || group.region === region);
}

const everySource: readonly Coverage['source'][] = ['iam', 'ecr', 'cloudtrail', 'organization'];

/** What a call or file tells of. One that is not known may have kept everything of the account from being read. */
function sourcesOf(name: string): readonly Coverage['source'][] {
  const file = name.slice(name.lastIndexOf('/') + 1);
  const service = name.includes(':') ? name.slice(0, name.indexOf(':')) : file;
  return sourcesByName[service] ?? everySource;
}

const sourcesByName: Readonly<Record<string, readonly Coverage['source'][]>> = {
  iam: ['iam'],
  ecr: ['ecr'],
  cloudtrail: ['cloudtrail'],
  // Which regions an account uses.
  account: ['ecr', 'cloudtrail'],
  organization: ['organization'],
  organizations: ['organization'],
  'account-authorization-details.json': ['iam'],
  'identity-providers.json': ['iam'],
  'repositories.json': ['ecr'],
  'repository-policies.json': ['ecr'],
  'repository-tags.json': ['ecr'],
  'registry.json': ['ecr'],
  'cloudtrail-events.ndjson': ['cloudtrail'],
  'cloudtrail-window.json': ['cloudtrail'],
  'organization.json': ['organization'],
};
