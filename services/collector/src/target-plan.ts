import { z } from 'zod';
import type { ScanStep } from '@ecr-audit/store';

const accountId = z.string().regex(/^\d{12}$/);
const places = {
  partition: z.string(),
  /** `all` asks each account which regions it can use. */
  regions: z.union([z.literal('all'), z.array(z.string())]),
  fallbackRegions: z.array(z.string()),
};
const filter = z.object({
  accounts: z.array(z.string()),
  organizationalUnits: z.array(z.string()),
  tags: z.record(z.string(), z.string()),
});

/** What the scans of a target read, as it is kept for every worker of the fleet. Names of roles and secrets are no part of it. */
export const targetPlanSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('accounts'), accounts: z.array(accountId), ...places }),
  z.object({
    kind: z.literal('organization'),
    organizationId: z.string(),
    managementAccountId: z.string().nullable(),
    selection: z.object({ include: filter, exclude: filter }),
    ...places,
  }),
]);

export type TargetPlan = z.infer<typeof targetPlanSchema>;

/** What a scan of a target reads first. The organization tells which accounts there are, and those their regions. */
export function firstSteps(plan: TargetPlan, onlyAccounts: readonly string[] | null): readonly ScanStep[] {
  if (onlyAccounts !== null) {
    return onlyAccounts.flatMap((account) => accountSteps(plan, account));
  }
  switch (plan.kind) {
    case 'organization':
      return [{ source: 'organization' }];
    case 'accounts':
      return plan.accounts.flatMap((account) => accountSteps(plan, account));
    default:
      return plan satisfies never;
  }
}

/** What is read of one account, as far as its regions are known. */
export function accountSteps({ regions }: TargetPlan, account: string): readonly ScanStep[] {
  const iam: ScanStep = { source: 'iam', accountId: account };
  return regions === 'all' ? [{ source: 'regions', accountId: account }, iam] : [iam, ...regionSteps(account, regions)];
}

export function regionSteps(account: string, regions: readonly string[]): readonly ScanStep[] {
  return regions.map((region): ScanStep => ({ source: 'ecr', accountId: account, region }));
}
