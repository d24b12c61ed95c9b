import type { Repository, Snapshot } from '../snapshot/model.ts';

/** What is asked for: one repository, or the registry of an account in a region. */
export interface Target {
  /** The account of the registry. */
  readonly accountId: string;
  /** Null where a question about `*` names none. */
  readonly region: string | null;
  /** The resource as policies see it: a repository ARN, or `*`. */
  readonly resource: string;
  /** Null for `*`, for a name that does not exist, and for repositories that could not be listed. */
  readonly repository: Repository | null;
  /** Whether the list of repositories of this registry was read. */
  readonly isListed: boolean;
}

/** A target whose region is known. */
export type PlacedTarget = Target & { readonly region: string };

/** Stands where the account of a caller is not known. */
export const NO_ACCOUNT = '';

export function repositoryTarget(repository: Repository): PlacedTarget {
  const { accountId, region, arn } = repository;
  return { accountId, region, resource: arn, repository, isListed: true };
}

export function registryTarget<Region extends string | null>(
  accountId: string,
  region: Region,
): Target & { readonly region: Region } {
  return { accountId, region, resource: '*', repository: null, isListed: true };
}

/** The repository of that name, whether it exists or not. */
export function namedTarget(
  snapshot: Snapshot,
  place: { readonly accountId: string; readonly region: string; readonly name: string; readonly arn: string },
): Target {
  const repositories = snapshot.accounts.get(place.accountId)?.regions.get(place.region)?.repositories ?? null;
  return {
    accountId: place.accountId,
    region: place.region,
    resource: place.arn,
    repository: repositories?.get(place.name) ?? null,
    isListed: repositories !== null,
  };
}
