import type { SnapshotFindings } from '@ecr-audit/access';
import { z } from 'zod';
import type { Sql } from '../sql.ts';

const texts = z.array(z.string());
const policiesSchema = z.object({
  idle: z.object({
    found: z.array(
      z.object({
        kind: z.enum(['identity', 'repository']),
        policy: z.string(),
        owners: texts,
        fromAll: z.boolean(),
        reasons: z.array(
          z.enum([
            'covered',
            'forbidsOnly',
            'forbidden',
            'boundary',
            'scp',
            'otherSide',
            'namesNothing',
            'letsNobodyIn',
            'noMembers',
          ]),
        ),
        by: texts,
        isOnlyEcr: z.boolean(),
      }),
    ),
    notKnown: z.number(),
  }),
  oneSided: z.object({
    found: z.array(
      z.object({
        side: z.enum(['identity', 'repository']),
        policy: z.string(),
        statement: z.string(),
        actions: texts,
        missing: z.enum(['resourcePolicy', 'identity', 'principal']),
        principals: texts,
        repositories: texts,
      }),
    ),
    notKnown: z.array(
      z.object({
        side: z.enum(['identity', 'repository']),
        policy: z.string(),
        statement: z.string(),
        accountId: z.string(),
      }),
    ),
  }),
});

const findingsSchema = z.object({
  policies: policiesSchema,
  createdMs: z.array(z.tuple([z.string(), z.number()])),
});

export interface FindingsKey {
  readonly scanId: string;
  /** Of the rules that they follow from. */
  readonly version: string;
}

/** What was kept of the snapshot of a scan; null where nothing was, or by other rules. */
export async function findSnapshotFindings(
  sql: Sql,
  { scanId, version }: FindingsKey,
): Promise<SnapshotFindings | null> {
  const [row] = await sql<{ findings: string }[]>`
    select findings::text as findings from audit.snapshot_findings where scan_id = ${scanId} and version = ${version}`;
  if (row === undefined) {
    return null;
  }
  const { policies, createdMs } = findingsSchema.parse(JSON.parse(row.findings));
  return { policies, createdMs: new Map(createdMs) };
}

/** Keeps them, and forgets those of other scans of the target, of which nobody asks any more. Idempotent: they follow from the scan. */
export async function saveSnapshotFindings(
  sql: Sql,
  { scanId, version }: FindingsKey,
  findings: SnapshotFindings,
): Promise<void> {
  await sql`
    with others as (
      delete from audit.snapshot_findings where scan_id in (
        select other.id from audit.scan other join audit.scan mine using (target_id)
        where mine.id = ${scanId} and other.id <> mine.id
      )
    )
    insert into audit.snapshot_findings (scan_id, version, findings)
    values (${scanId}, ${version}, ${JSON.stringify({ ...findings, createdMs: [...findings.createdMs] })}::text::json)
    on conflict (scan_id) do update set version = excluded.version, findings = excluded.findings`;
}
