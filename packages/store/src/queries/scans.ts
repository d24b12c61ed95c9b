import { z } from 'zod';
import type { Sql } from '../sql.ts';

const scanSchema = z.object({
  id: z.string(),
  sequence: z.number(),
  targetKey: z.string(),
  targetName: z.string(),
  source: z.enum(['aws', 'snapshot']),
  status: z.enum(['requested', 'collecting', 'evaluating', 'completed', 'failed']),
  requestedAt: z.string(),
  takenAt: z.string().nullable(),
  completedAt: z.string().nullable(),
  failure: z.string().nullable(),
  counts: z
    .object({
      opened: z.number(),
      closed: z.number(),
      unchanged: z.number(),
      // Evaluations from before access was folded did not say.
      rowsWritten: z.number().default(0),
    })
    .nullable(),
  gaps: z.number(),
  startedAt: z.string().nullable(),
  onlyAccounts: z.array(z.string()).nullable(),
});

/** A scan as it stands. Times are ISO, UTC; `sequence` is the order in which scans were requested.
 * `startedAt` is null where no worker collects it; `onlyAccounts` are those that it reads, null for all. */
export type Scan = Readonly<z.infer<typeof scanSchema>>;

export interface ScanFilter {
  readonly targetKey?: string;
  readonly status?: Scan['status'];
  /** Only scans before this `sequence`: the last one of the page before. */
  readonly beforeSequence?: number;
  readonly limit: number;
}

/** Scans, newest first. */
export async function listScans(sql: Sql, filter: ScanFilter): Promise<Scan[]> {
  const rows = await sql`
    ${scanColumns(sql)}
    where (${filter.targetKey ?? null}::text is null or target.key = ${filter.targetKey ?? null})
      and (${filter.status ?? null}::text is null or scan.status = ${filter.status ?? null})
      and (${filter.beforeSequence ?? null}::bigint is null or scan.sequence < ${filter.beforeSequence ?? null})
    order by scan.sequence desc
    limit ${filter.limit}`;
  return rows.map((row) => scanSchema.parse(row));
}

/** One scan, or null where there is none with this id. */
export async function findScan(sql: Sql, scanId: string): Promise<Scan | null> {
  const [row] = await sql`${scanColumns(sql)} where scan.id = ${scanId}`;
  return row === undefined ? null : scanSchema.parse(row);
}

/** The last evaluation written, of one target or of any. Null before the first one. */
export async function latestCompletedScan(sql: Sql, targetKey?: string): Promise<Scan | null> {
  const [row] = await sql`
    ${scanColumns(sql)}
    where scan.evaluation is not null
      and (${targetKey ?? null}::text is null or target.key = ${targetKey ?? null})
    order by scan.evaluation desc
    limit 1`;
  return row === undefined ? null : scanSchema.parse(row);
}

/** The completed scan that read exactly this input (`hashParts`), the latest where there are several. */
export async function findScanByInputHash(sql: Sql, targetKey: string, inputHash: string): Promise<Scan | null> {
  const [row] = await sql`
    ${scanColumns(sql)}
    where target.key = ${targetKey} and scan.evaluation is not null
      and scan.input_hash = ${Buffer.from(inputHash, 'hex')}
    order by scan.evaluation desc
    limit 1`;
  return row === undefined ? null : scanSchema.parse(row);
}

const targetSchema = z.object({ key: z.string(), name: z.string() });

/** All targets, by key. */
export async function listTargets(sql: Sql): Promise<{ readonly key: string; readonly name: string }[]> {
  const rows = await sql`select key, name from audit.target order by key collate "C"`;
  return rows.map((row) => targetSchema.parse(row));
}

function scanColumns(sql: Sql): ReturnType<Sql['unsafe']> {
  return sql`
    select
      scan.id, scan.sequence, target.key as "targetKey", target.name as "targetName", scan.source, scan.status,
      scan.requested_at as "requestedAt", scan.taken_at as "takenAt", scan.completed_at as "completedAt",
      scan.failure, scan.counts, scan.started_at as "startedAt", scan.only_accounts as "onlyAccounts",
      (select count(*) from (
        select distinct account_id, region, source, resource from audit.collection_gap where scan_id = scan.id
      ) as gap) as gaps
    from audit.scan join audit.target on target.id = scan.target_id`;
}
