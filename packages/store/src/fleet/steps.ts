import type { CollectionGap, SnapshotPart } from '@ecr-audit/access';
import { z } from 'zod';
import { saveGaps } from '../gaps.ts';
import type { Store } from '../open-store.ts';
import { saveParts } from '../parts.ts';
import type { Sql } from '../sql.ts';
import { assertLease, type Lease } from './lease.ts';

const placeSchema = z.discriminatedUnion('source', [
  z.object({ source: z.literal('organization') }),
  z.object({ source: z.literal('regions'), accountId: z.string() }),
  z.object({ source: z.literal('iam'), accountId: z.string() }),
  z.object({ source: z.literal('ecr'), accountId: z.string(), region: z.string() }),
]);

/** One thing that a scan reads: the organization, which regions an account uses, its IAM, or its registry in a region. */
export type ScanStep = Readonly<z.infer<typeof placeSchema>>;

/** The name of a step, under which its gaps are kept. */
export function stepName(step: ScanStep): string {
  switch (step.source) {
    case 'organization':
      return step.source;
    case 'regions':
    case 'iam':
      return `${step.source}:${step.accountId}`;
    case 'ecr':
      return `${step.source}:${step.accountId}:${step.region}`;
    default:
      return step satisfies never;
  }
}

/** Adds steps to a scan. Those that it has already stay as they are. */
export async function addSteps(sql: Sql, scanId: string, steps: readonly ScanStep[]): Promise<void> {
  const rows = steps.map((step) => ({ step: stepName(step), ...step }));
  await sql`
    insert into audit.scan_step (scan_id, step, source, account_id, region)
    select ${scanId}::uuid, step, source, "accountId", region
    from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb)
      as row (step text, source text, "accountId" text, region text)
    on conflict (scan_id, step) do nothing`;
}

/** The steps of a scan, or of one account in it, that are still to be done: regions, then IAM, then ECR by region. */
export async function openSteps(
  sql: Sql,
  { scanId, accountId }: { readonly scanId: string; readonly accountId?: string },
): Promise<ScanStep[]> {
  const rows = await sql`
    select source, account_id as "accountId", region
    from audit.scan_step
    where scan_id = ${scanId} and done_at is null
      and (${accountId ?? null}::text is null or account_id = ${accountId ?? null})
    order by account_id collate "C" nulls first,
      array_position(array['organization', 'regions', 'iam', 'ecr'], source), region collate "C"`;
  return rows.map((row) => placeSchema.parse(row));
}

/** Whether anything of a scan is still to be read. */
export async function hasOpenSteps(sql: Sql, scanId: string): Promise<boolean> {
  const rows = await sql`select from audit.scan_step where scan_id = ${scanId} and done_at is null limit 1`;
  return rows.length > 0;
}

/**
 * Keeps what a step read, what it could not read, and the steps that follow from it, and says that it is done; all or nothing.
 *
 * The second time it changes nothing. Throws `leaseLost` where `lease` is another worker's by now.
 */
export async function finishStep(
  store: Store,
  options: {
    readonly scanId: string;
    readonly step: ScanStep;
    readonly parts: readonly SnapshotPart[];
    readonly gaps: readonly CollectionGap[];
    readonly following?: readonly ScanStep[];
    readonly lease: Lease | null;
  },
): Promise<void> {
  const { scanId, step, parts, gaps, following = [], lease } = options;
  const name = stepName(step);
  await store.sql.begin(async (sql) => {
    if (lease !== null) {
      await assertLease(sql, lease);
    }
    const done = await sql`
      update audit.scan_step set done_at = clock_timestamp()
      where scan_id = ${scanId} and step = ${name} and done_at is null
      returning step`;
    if (done.length === 0) {
      return;
    }
    await saveParts(sql, { scanId, parts });
    await saveGaps(sql, { scanId, step: name, gaps });
    await addSteps(sql, scanId, following);
  });
}
