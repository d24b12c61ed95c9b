import { z } from 'zod';
import type { Sql } from '../sql.ts';

const targetSchema = z.object({
  key: z.string(),
  name: z.string(),
  scanId: z.string().nullable(),
  accounts: z.number(),
  principals: z.number(),
  repositories: z.number(),
  underWay: z.number(),
});

/** A target with the id of its latest completed scan, how much that found, and how many scans are under way. */
export type TargetSummary = Readonly<z.infer<typeof targetSchema>>;

/** The targets, by key. */
export async function summarizeTargets(
  sql: Sql,
  page: { readonly afterKey?: string; readonly limit: number },
): Promise<TargetSummary[]> {
  const rows = await sql`
    select
      target.key, target.name, latest.id as "scanId",
      (
        select count(*) from audit.account
        where account.target_id = target.id and account.last_seen_scan >= latest.evaluation
      ) as accounts,
      (
        select count(*) from audit.principal where principal.target_id = target.id and principal.gone_since_scan is null
      ) as principals,
      (
        select count(*) from audit.repository where repository.target_id = target.id and repository.gone_since_scan is null
      ) as repositories,
      (
        select count(*) from audit.scan
        where scan.target_id = target.id and scan.status in ('requested', 'collecting', 'evaluating')
      ) as "underWay"
    from audit.target
    left join lateral (
      select id, evaluation from audit.scan
      where scan.target_id = target.id and scan.evaluation is not null
      order by evaluation desc limit 1
    ) as latest on true
    where target.key collate "C" > ${page.afterKey ?? ''}
    order by target.key collate "C"
    limit ${page.limit}`;
  return rows.map((row) => targetSchema.parse(row));
}
