import type { CollectionGap } from '../snapshot/gap.ts';
import { findOrganizationGap } from '../snapshot/gaps.ts';
import type { AccountSnapshot, Snapshot } from '../snapshot/model.ts';
import { LIMITS } from './limits.ts';

export type CoverageSource = 'organization' | 'iam' | 'ecr' | 'cloudtrail';

/** How much of one source was read. `region` is null for sources of a whole account. */
export interface Coverage {
  readonly accountId: string;
  readonly region: string | null;
  readonly source: CoverageSource;
  readonly status: 'complete' | 'partial' | 'notReadable';
  /** What failed and why; null where nothing did. */
  readonly detail: string | null;
}

/**
 * What was seen whole, so that a principal or repository that is not listed there is certainly gone. Of everything else,
 * a region that was not asked for included, nothing may be concluded from absence.
 */
export interface Covered {
  readonly iamAccounts: readonly string[];
  readonly registries: readonly { readonly accountId: string; readonly region: string }[];
}

/** One line per account, region and source. */
export function coverageOf(snapshot: Snapshot): Coverage[] {
  return accountIds(snapshot).flatMap((accountId) => {
    const account = snapshot.accounts.get(accountId);
    return [
      iamCoverage(snapshot, accountId, account),
      organizationCoverage(snapshot, accountId),
      ...ecrLines(snapshot, accountId),
      ...cloudTrailLines(snapshot, accountId),
    ];
  });
}

export function coveredBy(snapshot: Snapshot): Covered {
  const accounts = [...snapshot.accounts.values()];
  return {
    iamAccounts: accounts.filter((account) => account.iam !== null).map((account) => account.id),
    registries: accounts.flatMap((account) =>
      [...account.regions.values()]
        .filter((region) => region.repositories !== null)
        .map(({ region }) => ({ accountId: account.id, region })),
    ),
  };
}

/** Those that were collected, those of the organization, and those of which only a gap tells. */
function accountIds(snapshot: Snapshot): string[] {
  const fromGaps = snapshot.gaps.flatMap((gap) => gap.accountId ?? []);
  const fromOrganization = snapshot.organization?.accounts.keys() ?? [];
  return [...new Set([...snapshot.accounts.keys(), ...fromOrganization, ...fromGaps])].toSorted();
}

/** Regions that were read, and those of which only a gap in that source tells. */
function regionsOf(snapshot: Snapshot, accountId: string, prefix: string): string[] {
  const fromGaps = snapshot.gaps.filter((gap) => gap.accountId === accountId && gap.source.startsWith(prefix));
  const regions = snapshot.accounts.get(accountId)?.regions.keys() ?? [];
  return [...new Set([...regions, ...fromGaps.flatMap((gap) => gap.region ?? [])])].toSorted();
}

function iamCoverage(snapshot: Snapshot, accountId: string, account: AccountSnapshot | undefined): Coverage {
  const status = (account?.iam ?? null) === null ? 'notReadable' : 'complete';
  const detail =
    status === 'complete'
      ? null
      : account === undefined
        ? (detailOf(snapshot, accountId, null, 'iam:') ?? 'the account was not collected')
        : detailOf(snapshot, accountId, null, 'iam:');
  return { accountId, region: null, source: 'iam', status, detail };
}

function organizationCoverage(snapshot: Snapshot, accountId: string): Coverage {
  const line = { accountId, region: null, source: 'organization' } as const;
  const gap = findOrganizationGap(snapshot.gaps, accountId);
  if (gap !== null) {
    return { ...line, status: snapshot.organization === null ? 'notReadable' : 'partial', detail: describeGap(gap) };
  }
  if (snapshot.organization === null) {
    return { ...line, status: 'notReadable', detail: LIMITS.organizationNotCollected };
  }
  const account = snapshot.organization.accounts.get(accountId);
  if (account !== undefined && account.levels !== null) {
    return { ...line, status: 'complete', detail: null };
  }
  return { ...line, status: 'notReadable', detail: 'the account has no complete path in the organization' };
}

/** One a region; an account without any still has a line, which says so. */
function ecrLines(snapshot: Snapshot, accountId: string): Coverage[] {
  const regions = regionsOf(snapshot, accountId, 'ecr:');
  return regions.length > 0
    ? regions.map((region) => ecrCoverage(snapshot, accountId, region))
    : [withoutRegion(snapshot, accountId, 'ecr')];
}

function cloudTrailLines(snapshot: Snapshot, accountId: string): Coverage[] {
  const windows = snapshot.accounts.get(accountId)?.cloudTrailWindows.keys() ?? [];
  const regions = [...new Set([...regionsOf(snapshot, accountId, 'cloudtrail:'), ...windows])].toSorted();
  return regions.length > 0
    ? regions.map((region) => cloudTrailCoverage(snapshot, accountId, region))
    : [withoutRegion(snapshot, accountId, 'cloudtrail')];
}

function withoutRegion(snapshot: Snapshot, accountId: string, source: 'ecr' | 'cloudtrail'): Coverage {
  const detail =
    detailOf(snapshot, accountId, null, `${source}:`) ??
    detailOf(snapshot, accountId, null, 'account:') ??
    'no region was collected';
  return { accountId, region: null, source, status: 'notReadable', detail };
}

function ecrCoverage(snapshot: Snapshot, accountId: string, region: string): Coverage {
  const detail = detailOf(snapshot, accountId, region, 'ecr:');
  const repositories = snapshot.accounts.get(accountId)?.regions.get(region)?.repositories ?? null;
  const status = repositories === null ? 'notReadable' : detail === null ? 'complete' : 'partial';
  return { accountId, region, source: 'ecr', status, detail };
}

function cloudTrailCoverage(snapshot: Snapshot, accountId: string, region: string): Coverage {
  const window = snapshot.accounts.get(accountId)?.cloudTrailWindows.get(region) ?? null;
  const detail = detailOf(snapshot, accountId, region, 'cloudtrail:');
  return {
    accountId,
    region,
    source: 'cloudtrail',
    status: window === null ? 'notReadable' : window.complete ? 'complete' : 'partial',
    detail: window === null ? (detail ?? 'no event window was recorded') : detail,
  };
}

function detailOf(snapshot: Snapshot, accountId: string, region: string | null, prefix: string): string | null {
  const details = snapshot.gaps
    .filter(
      (gap) =>
        isAbout(gap.source, prefix) &&
        (gap.accountId === null || gap.accountId === accountId) &&
        (region === null || gap.region === null || gap.region === region),
    )
    .map(describeGap)
    .join('; ');
  return details === '' ? null : details;
}

function describeGap(gap: CollectionGap): string {
  return `${gap.source}${gap.resource === null ? '' : ` of ${gap.resource}`}: ${gap.message || gap.reason}`;
}

/** A gap names the call that failed, or the file that is missing. */
function isAbout(source: string, prefix: string): boolean {
  const files = FILES_BY_PREFIX[prefix] ?? [];
  return source.startsWith(prefix) || files.some((file) => source === file || source.endsWith(`/${file}`));
}

const FILES_BY_PREFIX: Readonly<Record<string, readonly string[]>> = {
  'iam:': ['account-authorization-details.json', 'identity-providers.json'],
  'ecr:': ['repositories.json', 'repository-policies.json', 'repository-tags.json', 'registry.json'],
  'cloudtrail:': ['cloudtrail-events.ndjson', 'cloudtrail-window.json'],
};
