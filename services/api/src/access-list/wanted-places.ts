import { add, bitSet, type BitSet } from '@ecr-audit/access';
import type { AccessPlaces, HeldAccessFilter } from '@ecr-audit/store';
import { defined } from '../defined.ts';
import { isNamedLike } from './name-pattern.ts';

/** Where access is asked for. */
export interface WantedPlaces {
  /** Of the registry; null is every account. */
  readonly accountIds: readonly string[] | null;
  readonly region?: string | undefined;
  /** A name in which `*` stands for any characters, or an ARN. */
  readonly repository?: string | undefined;
}

/** The places as the store takes them. Who names repositories does not mean what is about none. */
export function wantedPlaces(
  places: AccessPlaces,
  wanted: WantedPlaces,
): Pick<HeldAccessFilter, 'repositories' | 'registries'> {
  const { accountIds, region, repository } = wanted;
  if (accountIds === null && region === undefined && repository === undefined) {
    return {};
  }
  const isWanted = (place: { readonly accountId: string; readonly region: string }): boolean =>
    (accountIds === null || accountIds.includes(place.accountId)) && (region === undefined || place.region === region);
  const repositories: BitSet = bitSet(places.repositories.length);
  for (const [index, each] of places.repositories.entries()) {
    if (isWanted(each) && (repository === undefined || isNamed(each, repository))) {
      add(repositories, index);
    }
  }
  return {
    repositories,
    registries: repository === undefined ? defined({ accountIds: accountIds ?? undefined, region }) : null,
  };
}

function isNamed({ arn, name }: { readonly arn: string; readonly name: string }, wanted: string): boolean {
  return wanted.startsWith('arn:') ? arn === wanted : isNamedLike(name, wanted);
}
