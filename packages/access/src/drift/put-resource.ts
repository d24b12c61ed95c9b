import type { RegionSnapshot, Repository, Snapshot } from '../snapshot/model.ts';
import type { ConfigurationDifference } from './configuration-difference.ts';

/** A snapshot with one fact of another about a repository or registry in place; the same one where it is about neither. */
export function putResource(
  base: Snapshot,
  other: Snapshot,
  { kind, subjects, accountId, region: name }: ConfigurationDifference,
): Snapshot {
  const account = base.accounts.get(accountId ?? '');
  const region = account?.regions.get(name ?? '');
  const theirs = other.accounts.get(accountId ?? '')?.regions.get(name ?? '');
  if (account === undefined || region === undefined || theirs === undefined) {
    return base;
  }
  const put = (changed: Partial<RegionSnapshot>): Snapshot => {
    const regions = new Map(account.regions).set(region.region, { ...region, ...changed });
    return { ...base, accounts: new Map(base.accounts).set(account.id, { ...account, regions }) };
  };
  switch (kind) {
    case 'registryPolicy':
      return put({ registry: { ...region.registry, policy: theirs.registry.policy } });
    case 'registryScope':
      return put({ registry: { ...region.registry, scope: theirs.registry.scope } });
    case 'repository':
    case 'repositoryPolicy':
    case 'repositoryTags': {
      const arn = subjects[0]?.slice('repository:'.length) ?? '';
      const repository = arn.slice(arn.indexOf('/') + 1);
      const repositories = withFact(region.repositories, theirs.repositories?.get(repository), kind, repository);
      return put({ repositories });
    }
    default:
      return base;
  }
}

function withFact(
  repositories: RegionSnapshot['repositories'],
  theirs: Repository | undefined,
  kind: 'repository' | 'repositoryPolicy' | 'repositoryTags',
  name: string,
): RegionSnapshot['repositories'] {
  const own = repositories?.get(name);
  const changed = new Map(repositories);
  if (kind === 'repository') {
    if (theirs === undefined) {
      changed.delete(name);
    } else {
      changed.set(name, own ?? theirs);
    }
  } else if (own !== undefined) {
    const { policy, tags } = theirs ?? { policy: { kind: 'none' }, tags: [] };
    changed.set(name, kind === 'repositoryPolicy' ? { ...own, policy } : { ...own, tags });
  }
  return changed;
}
