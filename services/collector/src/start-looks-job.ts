import { homeRegion } from '@ecr-audit/aws';
import { addActivityJobs, type ActivityPayload } from '@ecr-audit/jobs';
import { knownPlaces } from '@ecr-audit/store';
import type { CollectorContext } from './context.ts';
import { readTargetPlan } from './start-scan-job.ts';
import type { TargetPlan } from './target-plan.ts';

/**
 * Asks for a look at the activity of every account that the latest scan read, in its regions and in the home region of
 * IAM. A place whose last look is not over gets no second one, so looks that take longer than the interval never pile up.
 */
export async function startLooksJob(
  { store, queues }: Pick<CollectorContext, 'store' | 'queues'>,
  { source, targetKey }: { readonly source: 'activity' | 'lastAccessed'; readonly targetKey: string },
): Promise<void> {
  const plan = await readTargetPlan(store, targetKey);
  const places = await knownPlaces(store.sql, targetKey);
  const jobs = places.flatMap(({ accountId, regions }): readonly ActivityPayload[] =>
    source === 'lastAccessed' ? [{ source, accountId }] : looksAt(plan, accountId, regions),
  );
  await addActivityJobs(queues, jobs);
}

function looksAt(plan: TargetPlan, accountId: string, regions: readonly string[]): readonly ActivityPayload[] {
  const isManagementAccount = plan.kind === 'organization' && plan.managementAccountId === accountId;
  const all = [...new Set([...regions, homeRegion(plan.partition)])].toSorted();
  return all.map((region) => ({
    source: 'activity',
    accountId,
    region,
    isManagementAccount,
    isEcrRead: regions.includes(region),
  }));
}
