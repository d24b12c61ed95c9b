import { snapshotManifest } from '@ecr-audit/aws';
import { PutOff, type Work } from '@ecr-audit/jobs';
import { findTargetPlan, markScanFailed, requestScan, startScan, type Store } from '@ecr-audit/store';
import { addOpenWork } from './add-open-work.ts';
import type { CollectorContext } from './context.ts';
import { CollectorError } from './errors.ts';
import { firstSteps, targetPlanSchema, type TargetPlan } from './target-plan.ts';

/**
 * Starts a scan: fixes what it reads, then adds its jobs to the queues. Running it again for the same scan changes nothing,
 * and finishes what an earlier run left undone. `now` becomes the time that the snapshot describes.
 */
export async function startScanJob(
  context: Pick<CollectorContext, 'store' | 'queues' | 'now'>,
  work: Work['scan'],
): Promise<void> {
  const { store, queues, now } = context;
  const { scanId, targetKey } = work;
  await requestScan(store.sql, { scanId, target: { key: targetKey }, source: 'aws' });
  const plan = await readTargetPlan(store, targetKey);
  const takenAt = now();
  const start = await startScan(store, {
    scanId,
    takenAt: takenAt.toISOString(),
    manifest: snapshotManifest({ takenAt, partition: plan.partition, gaps: [] }),
    steps: (onlyAccounts) => firstSteps(plan, onlyAccounts),
  });
  switch (start.kind) {
    case 'collecting':
      await addOpenWork({ store, queues }, scanId);
      break;
    case 'waits':
      throw new PutOff(`scan ${start.behind} of the target is under way`, { delayMs: queues.timing.backoffMs });
    case 'over':
    case 'dropped':
      break;
    default:
      start satisfies never;
  }
}

/** What the scans of a target read. Throws `targetNotSetUp`. */
export async function readTargetPlan(store: Store, targetKey: string): Promise<TargetPlan> {
  const found = await findTargetPlan(store.sql, targetKey);
  if (found === null) {
    throw new CollectorError(
      'targetNotSetUp',
      `cannot scan \`${targetKey}\`: no collector was configured for it; start one whose configuration names it`,
    );
  }
  return targetPlanSchema.parse(found.plan);
}

/** Records that a scan could not be started. A look at activity needs no record: the next one goes on where it would have. */
export async function giveUpStart(store: Store, work: Work['scan'], cause: Error): Promise<void> {
  if (work.source !== 'access') {
    return;
  }
  const { scanId, targetKey } = work;
  await requestScan(store.sql, { scanId, target: { key: targetKey }, source: 'aws' });
  await markScanFailed(store.sql, scanId, `the scan could not be started: ${cause.message}`);
}
