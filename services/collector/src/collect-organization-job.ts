import { asksForTags, discoverOrganization, gapsOfLeftOut, isPassingGap, selectAccounts } from '@ecr-audit/aws';
import type { Try } from '@ecr-audit/jobs';
import { finishStep, findScan, knownPlaces, markScanFailed } from '@ecr-audit/store';
import { addOpenWork } from './add-open-work.ts';
import type { CollectorContext } from './context.ts';
import { readTargetPlan } from './start-scan-job.ts';
import { StepUnfinished } from './step-unfinished.ts';
import { accountSteps, type TargetPlan } from './target-plan.ts';

type OrganizationPlan = Extract<TargetPlan, { readonly kind: 'organization' }>;
type Discovery = Extract<Awaited<ReturnType<typeof discoverOrganization>>, { readonly kind: 'organization' }>;

const step = { source: 'organization' } as const;

/**
 * Reads the organization of a scan, and with it fixes which accounts the scan reads.
 *
 * Where the list of accounts cannot be read whole, the accounts of the scan before are read as well: what is in them is
 * rather looked at than unknown. Fails the scan where the organization is another one, or none any more.
 */
export async function collectOrganizationJob(
  context: CollectorContext,
  { scanId, targetKey }: { readonly scanId: string; readonly targetKey: string },
  attempt: Pick<Try, 'isLast'>,
): Promise<void> {
  const { store, reach } = context;
  const plan = await readTargetPlan(store, targetKey);
  // A scan whose plan was changed to a list in the middle goes on with what it has.
  if (plan.kind === 'organization') {
    const discovery = await discoverOrganization(reach.organization, { readAccountTags: asksForTags(plan.selection) });
    if (discovery.kind === 'noOrganization' || isAnother(discovery, plan)) {
      await markScanFailed(
        store.sql,
        scanId,
        `account \`${reach.fleet.caller.accountId}\` is not in organization \`${plan.organizationId}\` any more: nothing was concluded; configure the target anew`,
      );
      return;
    }
    if (!attempt.isLast && discovery.gaps.some(isPassingGap)) {
      throw new StepUnfinished(step, discovery.gaps);
    }
    await keepOrganization(context, { scanId, targetKey, plan, discovery });
  }
  await addOpenWork(context, scanId);
}

function isAnother({ organizationId }: Discovery, plan: OrganizationPlan): boolean {
  return organizationId !== null && organizationId !== plan.organizationId;
}

async function keepOrganization(
  { store, onGaps }: CollectorContext,
  scan: {
    readonly scanId: string;
    readonly targetKey: string;
    readonly plan: OrganizationPlan;
    readonly discovery: Discovery;
  },
): Promise<void> {
  const { scanId, targetKey, plan, discovery } = scan;
  const choice = selectAccounts(discovery.accounts, plan.selection);
  const regions = plan.regions === 'all' ? plan.fallbackRegions : plan.regions;
  const gaps = [...discovery.gaps, ...gapsOfLeftOut(choice, regions)];
  const settled = new Set([...discovery.accounts.map(({ id }) => id), ...plan.selection.exclude.accounts]);
  const missing = discovery.isAccountListWhole
    ? []
    : (await knownPlaces(store.sql, targetKey)).map(({ accountId }) => accountId).filter((id) => !settled.has(id));
  const accounts = [...choice.selected.map(({ id }) => id), ...missing];
  await finishStep(store, {
    scanId,
    step,
    parts: discovery.parts,
    gaps,
    following: accounts.flatMap((accountId) => accountSteps(plan, accountId)),
    lease: null,
  });
  onGaps(gaps);
}

/** Whether a scan still wants anything: one that failed or is completed does not. */
export async function isUnderWay({ store }: Pick<CollectorContext, 'store'>, scanId: string): Promise<string | null> {
  const scan = await findScan(store.sql, scanId);
  return scan === null || scan.status === 'failed' || scan.status === 'completed' ? null : scan.targetKey;
}
