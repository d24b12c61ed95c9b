import type { SnapshotPart } from '@ecr-audit/access';
import { z } from 'zod';
import { StoreError } from '../errors.ts';
import type { Store } from '../open-store.ts';
import { saveParts } from '../parts.ts';
import type { Sql } from '../sql.ts';
import { carryOver } from './carry-over.ts';
import { addSteps, type ScanStep } from './steps.ts';

// The first key of the advisory lock; the second one is the target.
const startLock = 7_246_202;

const requestedSchema = z.object({
  targetId: z.number(),
  status: z.enum(['requested', 'collecting', 'evaluating', 'completed', 'failed']),
  isWanted: z.boolean(),
  onlyAccounts: z.array(z.string()).nullable(),
});

/** What became of the start of a scan. */
export type ScanStart =
  /** It is being collected, since now or since before. */
  | { readonly kind: 'collecting' }
  | { readonly kind: 'over' }
  /** Another scan of the target is under way, after which this one has its turn. */
  | { readonly kind: 'waits'; readonly behind: string }
  /** Another scan of the target is under way that reads all that this one would. It is recorded as failed. */
  | { readonly kind: 'dropped'; readonly behind: string };

/**
 * Starts a requested scan: fixes its steps, and takes the accounts over that it does not read.
 *
 * The scans of one target take turns: each one's differences are to the one before. One that a person asked for waits; one
 * of a schedule is dropped behind another whole one, so that schedules never pile up. Running it again changes nothing.
 * Throws `scanNotFound` and `nothingToCarry`.
 */
export async function startScan(
  store: Store,
  options: {
    readonly scanId: string;
    readonly takenAt: string;
    /** `snapshot.json`, which the scan needs whatever it reads. */
    readonly manifest: SnapshotPart;
    /** The steps of a scan of everything; those of the accounts alone, where the scan is of accounts alone. */
    readonly steps: (onlyAccounts: readonly string[] | null) => readonly ScanStep[];
  },
): Promise<ScanStart> {
  const { scanId, takenAt, manifest } = options;
  return await store.sql.begin(async (sql): Promise<ScanStart> => {
    const { targetId } = await findRequested(sql, scanId);
    await sql`select pg_advisory_xact_lock(${startLock}::int, ${targetId}::int)`;
    // Read again: whoever held the lock before may have started this very scan.
    const { status, isWanted, onlyAccounts } = await findRequested(sql, scanId);
    switch (status) {
      case 'completed':
      case 'failed':
        return { kind: 'over' };
      case 'collecting':
      case 'evaluating':
        return { kind: 'collecting' };
      case 'requested':
        break;
      default:
        status satisfies never;
    }
    const before = await findUnderWay(sql, targetId);
    if (before !== null) {
      if (isWanted || before.onlyAccounts !== null) {
        return { kind: 'waits', behind: before.id };
      }
      await sql`
        update audit.scan set status = 'failed', failure = ${`not started: scan ${before.id} of the target was still under way`}
        where id = ${scanId}`;
      return { kind: 'dropped', behind: before.id };
    }
    await sql`
      update audit.scan set status = 'collecting', taken_at = ${takenAt}, started_at = clock_timestamp()
      where id = ${scanId}`;
    await saveParts(sql, { scanId, parts: [manifest] });
    if (onlyAccounts !== null) {
      await carryOver(sql, { scanId, targetId, onlyAccounts });
    }
    await addSteps(sql, scanId, options.steps(onlyAccounts));
    return { kind: 'collecting' };
  });
}

async function findRequested(sql: Sql, scanId: string): Promise<z.infer<typeof requestedSchema>> {
  const [row] = await sql`
    select target_id as "targetId", status, is_wanted as "isWanted", only_accounts as "onlyAccounts"
    from audit.scan where id = ${scanId}`;
  if (row === undefined) {
    throw new StoreError('scanNotFound', `there is no scan \`${scanId}\`: expected the id of a requested scan`);
  }
  return requestedSchema.parse(row);
}

async function findUnderWay(
  sql: Sql,
  targetId: number,
): Promise<{ readonly id: string; readonly onlyAccounts: unknown } | null> {
  const [row] = await sql<{ id: string; onlyAccounts: unknown }[]>`
    select id, only_accounts as "onlyAccounts" from audit.scan
    where target_id = ${targetId} and status in ('collecting', 'evaluating') and started_at is not null
    order by sequence limit 1`;
  return row ?? null;
}
