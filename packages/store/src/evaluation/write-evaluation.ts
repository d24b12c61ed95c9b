import { z } from 'zod';
import { StoreError } from '../errors.ts';
import type { Store } from '../open-store.ts';
import { ensureTarget } from '../request-scan.ts';
import type { Sql } from '../sql.ts';
import { saveDrift } from '../findings/drift.ts';
import { shown } from '../findings/finding-rows.ts';
import { readJudgedBefore } from '../findings/read-before.ts';
import { saveFindings } from '../findings/save-findings.ts';
import type { Evaluation, EvaluationCounts, Judge, OutboxMessage } from './evaluation.ts';
import { readKnownRepositories } from './known-subjects.ts';
import { markGone } from './mark-gone.ts';
import { saveAccounts, saveCoverage, savePrincipals, saveRepositories, type EvaluationKey } from './save-subjects.ts';
import { writeAccess } from './write-access.ts';

// The first key of the advisory lock; the second one is the target.
const evaluationLock = 7_246_201;
// The largest organizations take half a minute. The same bound holds for waiting behind another evaluation of the target.
const evaluationTimeout = '15min';

// Below this, old statistics are as good as new ones.
const changedRowsMin = 1000;

const countsSchema = z.object({
  opened: z.number(),
  closed: z.number(),
  unchanged: z.number(),
  // Evaluations from before access was folded did not say.
  rowsWritten: z.number().default(0),
});

export interface WrittenEvaluation {
  /** True when the scan was completed before, so that nothing changed; the counts are those of the first time. */
  readonly alreadyWritten: boolean;
  readonly counts: EvaluationCounts;
}

/**
 * Writes one evaluation in one transaction, which also completes the scan: all of it is there, or nothing.
 *
 * Only the difference to the evaluation before is written. Evaluations of one target take turns.
 * Throws `scanNotFound`, `scanSuperseded`, `inconsistentEvaluation` and `invalidText`.
 */
export async function writeEvaluation(store: Store, evaluation: Evaluation): Promise<WrittenEvaluation> {
  // On its own, because the row of a target stays locked until the end of the transaction that touched it.
  const targetId = evaluation.target === undefined ? null : await ensureTarget(store.sql, evaluation.target);
  const written = await store.sql.begin(async (sql): Promise<WrittenEvaluation> => {
    await sql`select set_config('statement_timeout', ${evaluationTimeout}, true)`;
    const opened = await openEvaluation(sql, evaluation, targetId);
    if ('counts' in opened) {
      return { alreadyWritten: true, counts: opened.counts };
    }

    await saveAccounts(sql, opened.key, evaluation.accounts);
    await savePrincipals(sql, opened.key, evaluation.principals);
    await saveRepositories(sql, opened.key, evaluation.repositories);
    await saveCoverage(sql, evaluation, evaluation.coverage);

    const repositories = await readKnownRepositories(sql, opened.key);
    const { counts, kept } = await writeAccess(sql, opened.key, evaluation, repositories);
    await markGone(sql, opened.key, evaluation.covered, { repositories, kept });

    await saveOutbox(sql, evaluation.scanId, evaluation.outbox?.(counts) ?? []);
    if (evaluation.judge !== undefined) {
      // Last: until the end nobody else changes a finding.
      await judge(sql, evaluation.judge, {
        scanId: evaluation.scanId,
        targetId: opened.key.targetId,
        takenAt: evaluation.takenAt,
      });
    }
    await sql`
      update audit.scan set counts = ${JSON.stringify(counts)}::text::jsonb, completed_at = clock_timestamp()
      where id = ${evaluation.scanId}`;
    return { alreadyWritten: false, counts };
  });
  await refreshStatistics(store, written);
  return written;
}

// Readers come as soon as the scan is completed, and autovacuum only after a minute. Outside of the transaction, because the
// lock would hold up the evaluations of other targets.
async function refreshStatistics(store: Store, { alreadyWritten, counts }: WrittenEvaluation): Promise<void> {
  if (alreadyWritten || counts.rowsWritten < changedRowsMin) {
    return;
  }
  await store.sql`
    analyze audit.access_block, audit.access_change, audit.repository_set_chunk, audit.registry_access, audit.access_profile, audit.verdict,
      audit.principal, audit.repository, audit.residual, audit.reasons, audit.limits, audit.action, audit.scan`;
}

async function openEvaluation(
  sql: Sql,
  { scanId, takenAt, inputHash }: Evaluation,
  evaluatedTargetId: number | null,
): Promise<{ key: EvaluationKey } | { counts: EvaluationCounts }> {
  const requested = await findScan(sql, scanId);
  const targetId = evaluatedTargetId ?? requested.targetId;
  await sql`select pg_advisory_xact_lock(${evaluationLock}::int, ${targetId}::int)`;
  // Read again: whoever held the lock before may have completed this very scan.
  const scan = await findScan(sql, scanId);
  if (scan.counts !== null) {
    return { counts: countsSchema.parse(scan.counts) };
  }
  await refuseSuperseded(sql, { scanId, targetId, takenAt });
  const [row] = await sql<{ evaluation: number }[]>`
    update audit.scan set
      target_id = ${targetId}, status = 'completed', failure = null, taken_at = ${takenAt}, completed_at = now(),
      input_hash = coalesce(${inputHash === undefined ? null : Buffer.from(inputHash, 'hex')}, input_hash),
      counts = '{}', evaluation = nextval('audit.evaluation_sequence')
    where id = ${scanId}
    returning evaluation`;
  if (row === undefined) {
    throw new Error('an update returned no row');
  }
  return { key: { targetId, evaluation: row.evaluation } };
}

async function findScan(sql: Sql, scanId: string): Promise<{ targetId: number; counts: unknown }> {
  const [scan] = await sql<{ targetId: number; counts: unknown }[]>`
    select target_id as "targetId", counts from audit.scan where id = ${scanId}`;
  if (scan === undefined) {
    throw new StoreError('scanNotFound', `there is no scan \`${scanId}\`: expected the id of a requested scan`);
  }
  return scan;
}

async function refuseSuperseded(
  sql: Sql,
  { scanId, targetId, takenAt }: { scanId: string; targetId: number; takenAt: string },
): Promise<void> {
  const [newer] = await sql<{ id: string; takenAt: string }[]>`
    select id, taken_at as "takenAt" from audit.scan
    where target_id = ${targetId} and evaluation is not null and taken_at > ${takenAt}
    order by evaluation desc limit 1`;
  if (newer === undefined) {
    return;
  }
  throw new StoreError(
    'scanSuperseded',
    `scan \`${scanId}\` of \`${takenAt}\` is older than scan \`${newer.id}\` of \`${newer.takenAt}\`, which was evaluated already: expected scans of a target in the order of their time`,
  );
}

async function judge(
  sql: Sql,
  { fingerprints, sinceScanId, decide }: Judge,
  { scanId, targetId, takenAt }: { readonly scanId: string; readonly targetId: number; readonly takenAt: string },
): Promise<void> {
  const before = await readJudgedBefore(sql, { targetId, scanId, fingerprints });
  if (before.scanId !== sinceScanId) {
    throw new StoreError(
      'scanOvertaken',
      `scan \`${before.scanId ?? 'none'}\` of the target was written while scan \`${scanId}\` was compared with \`${sinceScanId ?? 'none'}\`: evaluate it again`,
      { retryable: true },
    );
  }
  const { judgedBy, findings, drift, outbox } = decide(before);
  await saveFindings(sql, { targetId, scanId }, { ...findings, toldAt: takenAt });
  if (drift !== null) {
    await saveDrift(sql, scanId, drift);
  }
  await saveOutbox(sql, scanId, outbox);
  await sql`update audit.scan set judged_by = ${judgedBy} where id = ${scanId}`;
}

/** Names in policies may have characters that jsonb refuses. */
function told(_key: string, value: unknown): unknown {
  return typeof value === 'string' ? shown(value) : value;
}

async function saveOutbox(sql: Sql, scanId: string, messages: readonly OutboxMessage[]): Promise<void> {
  for (const { kind, payload, notBefore = null } of messages) {
    await sql`
      insert into audit.outbox (scan_id, kind, payload, not_before)
      values (${scanId}, ${kind}, ${JSON.stringify(payload, told)}::text::jsonb, ${notBefore})`;
  }
}
