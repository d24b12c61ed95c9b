import type { AccountSnapshot, RegionSnapshot, RegistrySnapshot, Repository, Snapshot } from '../snapshot/model.ts';

/** A registry for which repositories are made up. */
export interface RegistryPlace {
  readonly accountId: string;
  readonly region: string;
  readonly partition: string;
  readonly registry: RegistrySnapshot;
  /** Null where the repositories that are there could not be listed. */
  readonly repositories: RegionSnapshot['repositories'];
}

/** A snapshot whose only repositories are made up, so that the engine can be asked what would hold for them. */
export function withMadeUpRepositories(
  snapshot: Snapshot,
  makeUp: (place: RegistryPlace) => readonly Repository[],
): Snapshot {
  const { partition } = snapshot;
  const accounts = [...snapshot.accounts.values()].map((account): [string, AccountSnapshot] => {
    const regions = [...account.regions.values()].map((each): [string, RegionSnapshot] => {
      const { region, registry, repositories } = each;
      const made = makeUp({ accountId: account.id, region, partition, registry, repositories });
      return [region, { ...each, repositories: new Map(made.map((repository) => [repository.name, repository])) }];
    });
    return [account.id, { ...account, regions: new Map(regions) }];
  });
  return { ...snapshot, accounts: new Map(accounts) };
}

export function repositoryArn(
  { partition, region, accountId }: Pick<RegistryPlace, 'partition' | 'region' | 'accountId'>,
  name: string,
): string {
  return `arn:${partition}:ecr:${region}:${accountId}:repository/${name}`;
}

export function byArn(a: Pick<Repository, 'arn'>, b: Pick<Repository, 'arn'>): number {
  return a.arn < b.arn ? -1 : a.arn > b.arn ? 1 : 0;
}
