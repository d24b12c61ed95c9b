import type { CollectionGap } from './gap.ts';

/** What might have been read: an account, perhaps a region, perhaps one resource. */
export interface Place {
  readonly accountId: string | null;
  readonly region?: string;
  readonly resource?: string;
}

/** In place of a resource: whichever of them a gap is about, the place is touched. */
const ANY_RESOURCE = '*';

const ORGANIZATION_SOURCES = ['organizations:', 'organization', 'organization.json'];

/** What was not read of the organization: a policy that is missing may be attached anywhere in it. */
export function findOrganizationGap(gaps: readonly CollectionGap[], accountId: string | null): CollectionGap | null {
  return findGapWithin(gaps, ORGANIZATION_SOURCES, { accountId });
}

/**
 * The first gap about a place or about any part of it, or null.
 *
 * For what is only known whole: a gap that names one policy or page of a list does not tell what else is missing.
 */
export function findGapWithin(
  gaps: readonly CollectionGap[],
  sources: readonly string[],
  place: Pick<Place, 'accountId' | 'region'>,
): CollectionGap | null {
  return findGap(gaps, sources, { ...place, resource: ANY_RESOURCE });
}

/**
 * The first gap that touches a place, or null. `sources` are calls (`ecr:GetRepositoryPolicy`) or files.
 *
 * A gap without a region or resource touches all of them; one with a resource touches only that one.
 */
export function findGap(
  gaps: readonly CollectionGap[],
  sources: readonly string[],
  place: Place,
): CollectionGap | null {
  const wanted = sources.map((source) => source.toLowerCase());
  return (
    gaps.find(
      (gap) =>
        wanted.some((source) => isSource(gap.source.toLowerCase(), source)) &&
        (gap.accountId === null || gap.accountId === place.accountId) &&
        (gap.region === null || place.region === undefined || gap.region === place.region) &&
        (gap.resource === null || isResource(gap.resource, place.resource)),
    ) ?? null
  );
}

/** Files are named with their folders in some gaps and without in others; calls with their service, alone, or by it. */
function isSource(found: string, wanted: string): boolean {
  return (
    found === wanted ||
    found.endsWith(`/${wanted}`) ||
    (wanted.endsWith(':') && found.startsWith(wanted)) ||
    wanted.startsWith(`${found}:`) ||
    wanted.endsWith(`:${found}`)
  );
}

function isResource(found: string, wanted: string | undefined): boolean {
  return (
    wanted !== undefined && (wanted === ANY_RESOURCE || found === wanted || wanted.endsWith(`:repository/${found}`))
  );
}
