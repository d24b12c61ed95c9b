import type { SnapshotPart } from '@ecr-audit/access';
import { latestCompletedScan, listCoverage, readGaps, readParts, type Scan } from '@ecr-audit/store';
import type { FakeAwsSettings } from '../fake-aws/start-fake-aws.ts';
import type { BackendCase } from '../jobs/harness/backends.ts';
import { openWorld, type ScanWorld } from '../jobs/harness/scan-world.ts';
import type { ServiceProcess } from '../jobs/harness/service-process.ts';
import { cutDown, organizationOf, smallOrganization } from '../organization/world.ts';

/** Small enough that a scan takes seconds, with every kind of document in it. */
const thirtyAccounts = smallOrganization({ accounts: 30, principals: 150, repositories: 45 });

// Of both kinds, those that allow all, and of the others one at the root, one at a unit and one at an account.
const policiesOfFew = new Set([
  'FullAWSAccess',
  'RCPFullAWSAccess',
  'OurRegionsOnly',
  'ImagesStayInTheOrganization',
  'DeleteOnlyWithMfa',
  'RegistryByPlatform',
]);

/**
 * Some accounts, for tests that scan again and again.
 *
 * Organizations is asked at its real pace, 8 calls a second after the first ten: the whole of this organization took
 * 4 s a scan, and what is left takes 2 s.
 */
export const fewAccounts = cutDown(
  smallOrganization({ accounts: 4, principals: 24, repositories: 8 }),
  ({ PolicySummary }) => policiesOfFew.has(PolicySummary.Name),
);

export interface FleetWorld extends ScanWorld {
  /** Starts a collector of the whole organization; with a schedule where `every` gives one. */
  collector(environment?: Readonly<Record<string, string>>): Promise<ServiceProcess>;
}

/** A world whose organization is served to collectors in its management account. */
export async function openFleetWorld(
  backend: BackendCase,
  options: Omit<FakeAwsSettings, 'port' | 'accountId'> & { readonly parts?: readonly SnapshotPart[] } = {},
): Promise<FleetWorld> {
  const parts = options.parts ?? thirtyAccounts;
  const accountId = organizationOf(parts).Organization.MasterAccountId;
  const world = await openWorld(backend, { ...options, parts, accountId });
  return {
    ...world,
    collector: async (environment = {}) =>
      await world.start('collector', {
        ECR_AUDIT_ACCOUNTS: 'discover',
        ECR_AUDIT_REGIONS: 'all',
        ECR_AUDIT_ACTIVITY_SCHEDULE: 'off',
        ECR_AUDIT_LAST_ACCESSED_SCHEDULE: 'off',
        ECR_AUDIT_MAINTENANCE_SCHEDULE: 'off',
        ECR_AUDIT_SCHEDULE: '6h',
        ...environment,
      }),
  };
}

/** Everything that a scan comes to, but for its times: what was read, what was not, and who may do what. */
export interface ScanResult {
  readonly parts: readonly SnapshotPart[];
  readonly gaps: readonly unknown[];
  readonly coverage: readonly unknown[];
  readonly access: readonly unknown[];
  readonly messages: number;
  readonly scans: readonly Scan['status'][];
}

/** Reads the result of the latest scan. */
export async function resultOf({ place, scans }: Pick<ScanWorld, 'place' | 'scans'>): Promise<ScanResult> {
  const { sql } = place.database.store;
  const scan = await latestCompletedScan(sql);
  const scanId = scan?.id ?? '';
  const [messages] = await sql<{ count: number }[]>`
    select count(*)::int as count from audit.outbox where kind = 'scan.completed'`;
  return {
    parts: (await readParts(sql, scanId)).filter(({ path }) => path !== 'snapshot.json'),
    gaps: await readGaps(sql, scanId),
    coverage: (await listCoverage(sql, scanId, { limit: 10_000 })).map((row) => ({ ...row, readAt: null })),
    access: await sql`
      select account_id, region, principal_id, principal_arn, repository, action, decision, condition_text
      from audit.effective_access
      order by account_id, region, principal_id, repository nulls first, action`,
    messages: messages?.count ?? 0,
    scans: (await scans()).map(({ status }) => status),
  };
}
