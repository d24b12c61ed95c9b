import { ensureTarget, type ScanTarget } from '../request-scan.ts';
import type { Sql } from '../sql.ts';

/** Keeps what the scans of a target read, in the place of what was kept before. `plan` is anything that JSON can say. */
export async function saveTargetPlan(
  sql: Sql,
  { target, plan }: { readonly target: ScanTarget; readonly plan: unknown },
): Promise<void> {
  const targetId = await ensureTarget(sql, target);
  await sql`
    insert into audit.target_plan (target_id, plan) values (${targetId}, ${JSON.stringify(plan)}::text::jsonb)
    on conflict (target_id) do update set plan = excluded.plan, updated_at = clock_timestamp()
      where target_plan.plan <> excluded.plan`;
}

/** What the scans of a target read; null where nobody set it up, as for a target that only snapshots were scanned of. */
export async function findTargetPlan(sql: Sql, targetKey: string): Promise<{ readonly plan: unknown } | null> {
  const [row] = await sql<{ plan: unknown }[]>`
    select plan from audit.target_plan join audit.target on target.id = target_plan.target_id
    where target.key = ${targetKey}`;
  return row ?? null;
}
