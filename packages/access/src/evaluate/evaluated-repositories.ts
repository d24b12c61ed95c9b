import type { Repository, Snapshot } from '../snapshot/model.ts';

/** Every repository of a snapshot, in the order of ARNs. */
export function repositoriesOf(snapshot: Snapshot): Repository[] {
  return [...snapshot.accounts.values()]
    .flatMap((account) => [...account.regions.values()])
    .flatMap((region) => [...(region.repositories?.values() ?? [])])
    .toSorted((a, b) => (a.arn < b.arn ? -1 : 1));
}
