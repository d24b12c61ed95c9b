import type { AccountSnapshot, RegionSnapshot, Snapshot } from '../snapshot/model.ts';

export type CoverageSource = 'organization' | 'iam' | 'ecr' | 'cloudtrail';

/** How much of one source was read. `region` is null for sources of a whole account. */
export interface Coverage {
  readonly accountId: string;
  readonly region: string | null;
  readonly source: CoverageSource;
  readonly status: 'complete' | 'partial' | 'notReadable';
  /** What failed and why; empty where nothing did. */
  readonly detail: string;
}

/** What was not seen at all, so that its principals and repositories may exist although none is listed. */
export interface Uncovered {
  readonly iamAccounts: readonly string[];
  readonly registries: readonly { readonly accountId: string; readonly region: string }[];
}

/** One line per account, region and source. */
export function coverageOf(snapshot: Snapshot): Coverage[] {
  return accountIds(snapshot).flatMap((accountId) => {
    const account = snapshot.accounts.get(accountId);
    const regions = [...(account?.regions.values() ?? [])].toSorted((a, b) => (a.region < b.region ? -1 : 1));
    return [
      iamCoverage(snapshot, accountId, account),
      ...(snapshot.organization === null ? [] : [organizationCoverage(snapshot, accountId)]),
      ...regions.map((region) => ecrCoverage(snapshot, accountId, region)),
      ...eventRegions(account).map((region) => cloudTrailCoverage(snapshot, accountId, region)),
    ];
  });
}

export function uncoveredOf(snapshot: Snapshot): Uncovered {
  const ids = accountIds(snapshot);
  return {
    iamAccounts: ids.filter((id) => (snapshot.accounts.get(id)?.iam ?? null) === null),
    registries: [...snapshot.accounts.values()].flatMap((account) =>
      [...account.regions.values()]
        .filter((region) => region.repositories === null)
        .map(({ region }) => ({ accountId: account.id, region })),
    ),
  };
}

function accountIds(snapshot: Snapshot): string[] {
  return [...new Set([...snapshot.accounts.keys(), ...(snapshot.organization?.accounts.keys() ?? [])])].toSorted();
}

function iamCoverage(snapshot: Snapshot, accountId: string, account: AccountSnapshot | undefined): Coverage {
  const status = (account?.iam ?? null) === null ? 'notReadable' : 'complete';
  const detail =
    status === 'complete'
      ? ''
      : account === undefined
        ? 'the account was not collected'
        : detailOf(snapshot, accountId, null, 'iam:');
  return { accountId, region: null, source: 'iam', status, detail };
}

function organizationCoverage(snapshot: Snapshot, accountId: string): Coverage {
  const levels = snapshot.organization?.accounts.get(accountId)?.levels ?? null;
  return {
    accountId,
    region: null,
    source: 'organization',
    status: levels === null ? 'notReadable' : 'complete',
    detail: levels === null ? 'the account has no complete path in the organization' : '',
  };
}

function ecrCoverage(snapshot: Snapshot, accountId: string, region: RegionSnapshot): Coverage {
  const detail = detailOf(snapshot, accountId, region.region, 'ecr:');
  const status = region.repositories === null ? 'notReadable' : detail === '' ? 'complete' : 'partial';
  return { accountId, region: region.region, source: 'ecr', status, detail };
}

function eventRegions(account: AccountSnapshot | undefined): string[] {
  return [...new Set([...(account?.regions.keys() ?? []), ...(account?.cloudTrailWindows.keys() ?? [])])].toSorted();
}

function cloudTrailCoverage(snapshot: Snapshot, accountId: string, region: string): Coverage {
  const window = snapshot.accounts.get(accountId)?.cloudTrailWindows.get(region) ?? null;
  const detail = detailOf(snapshot, accountId, region, 'cloudtrail:');
  return {
    accountId,
    region,
    source: 'cloudtrail',
    status: window === null ? 'notReadable' : window.complete ? 'complete' : 'partial',
    detail: window === null && detail === '' ? 'no event window was recorded' : detail,
  };
}

function detailOf(snapshot: Snapshot, accountId: string, region: string | null, prefix: string): string {
  return snapshot.gaps
    .filter(
      (gap) =>
        gap.source.startsWith(prefix) &&
        (gap.accountId === null || gap.accountId === accountId) &&
        (region === null || gap.region === null || gap.region === region),
    )
    .map((gap) => `${gap.source}${gap.resource === null ? '' : ` of ${gap.resource}`}: ${gap.message || gap.reason}`)
    .join('; ');
}
