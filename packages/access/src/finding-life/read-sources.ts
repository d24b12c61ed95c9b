import type { Coverage } from '../evaluate/coverage.ts';
import type { Finding } from '../findings/finding.ts';
import type { FindingSource } from '../findings/rule.ts';

/** How much of what findings rest on a scan has read. */
export interface ReadSources {
  /** What keeps open whether a finding is gone, in words; null where all that it rests on was read. */
  unreadFor(finding: Finding, rests: readonly FindingSource[]): string | null;
  /** Whether the registry of a repository, or who is in its account, was not read whole. */
  isUnread(repositoryArn: string): boolean;
}

const COVERAGE_SOURCES = { iam: 'iam', ecr: 'ecr', organization: 'organization', events: 'cloudtrail' } as const;
const DETAIL_LENGTH_MAX = 300;

/** By account and, for what is read by region, by the regions that the finding names. */
export function readSources(coverage: readonly Coverage[]): ReadSources {
  const unread = coverage.filter(({ status }) => status !== 'complete');
  const bySource = Map.groupBy(unread, ({ source }) => source);
  const known = new Set(coverage.map(({ accountId }) => accountId));
  const registries = new Set(
    coverage.filter(({ source }) => source === 'ecr').map(({ accountId, region }) => `${accountId} ${region ?? ''}`),
  );
  const unreadPlaces = new Set(
    unread
      .filter(({ source }) => source === 'ecr' || source === 'iam')
      .map(({ accountId, region }) => `${accountId} ${region ?? ''}`),
  );
  // Of a region that was not asked for nothing is known.
  const notCollected = (accountId: string, region: string): boolean => !registries.has(`${accountId} ${region}`);
  return {
    isUnread: (arn) => {
      const [, , , region = '', accountId = ''] = arn.split(':', 5);
      const places = [`${accountId} ${region}`, `${accountId} `];
      return notCollected(accountId, region) || places.some((place) => unreadPlaces.has(place));
    },
    unreadFor: (finding, rests) => {
      const places = placesOf(finding);
      const missing = rests
        .flatMap((source) => bySource.get(COVERAGE_SOURCES[source]) ?? [])
        .find((line) => places === null || isAmong(line, places));
      if (missing !== undefined) {
        return describe(missing);
      }
      const missingRegistry = rests.includes('ecr')
        ? registriesOf(finding).find(([accountId, region]) => known.has(accountId) && notCollected(accountId, region))
        : undefined;
      if (missingRegistry !== undefined) {
        return `the registry of account ${missingRegistry[0]} in ${missingRegistry[1]} was not collected`;
      }
      // An account that no line tells of was in no scan, or left: only whoever reads the organization knows which.
      const strange = [...(places ?? [])].find(([accountId]) => !known.has(accountId))?.[0];
      return strange === undefined || isOrganizationRead(coverage)
        ? null
        : `account ${strange} was not collected, and whether it left the organization is not known`;
    },
  };
}

/** Those that a finding names, by account and region. */
function registriesOf({ accountId, region, scope }: Finding): (readonly [string, string])[] {
  return [
    ...(accountId === null || region === null ? [] : [[accountId, region] as const]),
    ...scope.repositories.map((arn) => {
      const [, , , inRegion = '', account = ''] = arn.split(':', 5);
      return [account, inRegion] as const;
    }),
  ];
}

type Places = ReadonlyMap<string, ReadonlySet<string> | null>;

/** Accounts with their regions, null for every region; null where it may rest on any account. */
function placesOf({ accountId, region, principal, scope }: Finding): Places | null {
  if (accountId === null) {
    return null;
  }
  const places = new Map<string, Set<string> | null>([[accountId, region === null ? null : new Set([region])]]);
  for (const arn of [...scope.repositories, ...(typeof principal?.arn === 'string' ? [principal.arn] : [])]) {
    const [, , service, inRegion = '', account = ''] = arn.split(':', 6);
    if (account !== '') {
      const regions = places.get(account) ?? (places.has(account) ? null : new Set<string>());
      // What IAM says is read for the whole account.
      regions?.add(service === 'ecr' ? inRegion : '');
      places.set(account, regions);
    }
  }
  return places;
}

function isAmong({ accountId, region }: Coverage, places: Places): boolean {
  const regions = places.get(accountId);
  return regions !== undefined && (region === null || regions === null || regions.has(region));
}

function isOrganizationRead(coverage: readonly Coverage[]): boolean {
  const lines = coverage.filter(({ source }) => source === 'organization');
  return lines.length > 0 && lines.every(({ status }) => status === 'complete');
}

function describe({ accountId, region, source, detail }: Coverage): string {
  const what = `${source} of account ${accountId}${region === null ? '' : ` in ${region}`} was not read whole`;
  return detail === null ? what : `${what}: ${detail.slice(0, DETAIL_LENGTH_MAX).toWellFormed()}`;
}
