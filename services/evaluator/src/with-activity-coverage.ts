import type { Coverage } from '@ecr-audit/access';
import type { ActivityCoverage, CoverageToSave } from '@ecr-audit/store';

/**
 * Says of CloudTrail what was observed of it so far, for the accounts of a scan. Scans of workers do not read events: these
 * have a schedule of their own.
 */
export function withActivityCoverage(
  coverage: readonly Coverage[],
  observed: readonly ActivityCoverage[],
): readonly CoverageToSave[] {
  const accounts = new Set(coverage.map(({ accountId }) => accountId));
  const own = observed.filter(({ accountId }) => accounts.has(accountId));
  const seen = new Set(own.map(placeOf));
  const observedAccounts = new Set(own.map(({ accountId }) => accountId));
  const unseen = coverage
    .filter((row) => row.source === 'cloudtrail' && !seen.has(placeOf(row)))
    // Of an account whose regions are not known, the row says why; what was observed of it before says more.
    .filter(({ accountId, region }) => region !== null || !observedAccounts.has(accountId))
    .map((row): Coverage =>
      row.region === null ? row : { ...row, status: 'notReadable', detail: 'no events were looked up yet' },
    );
  return [
    ...coverage.filter(({ source }) => source !== 'cloudtrail'),
    ...unseen,
    ...own.map(({ accountId, region, source, status, detail, until }) => ({
      accountId,
      region,
      source,
      status,
      detail,
      readAt: until,
    })),
  ];
}

function placeOf({ accountId, region }: Pick<Coverage, 'accountId' | 'region'>): string {
  return `${accountId} ${region}`;
}
