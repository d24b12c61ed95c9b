import { addCollectJobs, addEvaluation, type Queues } from '@ecr-audit/jobs';
import { openSteps, type Store } from '@ecr-audit/store';

/**
 * Puts into the queues whatever a scan still needs: the jobs of its open steps, or else its evaluation. Jobs that are
 * there already stay as they are, so this mends a scan whose jobs were lost as well as it starts one.
 */
export async function addOpenWork(
  { store, queues }: { readonly store: Store; readonly queues: Queues },
  scanId: string,
): Promise<void> {
  const steps = await openSteps(store.sql, { scanId });
  if (steps.length === 0) {
    await addEvaluation(queues, scanId);
    return;
  }
  const accounts = new Set(steps.map((step) => (step.source === 'organization' ? null : step.accountId)));
  await addCollectJobs(
    queues,
    [...accounts].map((accountId) => ({ scanId, accountId })),
  );
}
