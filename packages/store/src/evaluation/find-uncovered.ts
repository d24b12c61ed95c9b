import { add, type BitSet, type Covered, type UnreadPolicy } from '@ecr-audit/access';
import type { KnownPrincipal, KnownRepository } from './known-subjects.ts';
import { registryKey } from './folded-access.ts';
import { emptySet, type SetCatalogue } from './member-set.ts';

/** Repositories of which this scan did not see whole who may reach them. */
interface UncoveredPlace {
  /** What was not read, for people. */
  readonly what: string;
  readonly bits: BitSet;
}

/** What this scan could not look at, so that nothing about it may end: not read, or not asked for. */
export interface Uncovered {
  /** Why nothing that is known of this principal may end; null where its IAM was read. */
  iamOf(principal: KnownPrincipal): string | null;
  /** Why no cell of this registry may end; null where it was read. */
  registry(key: string): string | null;
  readonly places: readonly UncoveredPlace[];
  /** Holds only for those whom nothing but such a policy lists. */
  registryPolicy(key: string): string | null;
  readonly policyPlaces: readonly UncoveredPlace[];
}

export function findUncovered(
  { covered, unreadPolicies = [] }: { readonly covered: Covered; readonly unreadPolicies?: readonly UnreadPolicy[] },
  repositories: readonly KnownRepository[],
  catalogue: SetCatalogue,
): Uncovered {
  const iamAccounts = new Set(covered.iamAccounts);
  const registries = new Set(covered.registries.map(registryKey));
  const places = (what: (repository: KnownRepository) => string | null): UncoveredPlace[] => {
    const bitsByWhat = new Map<string, BitSet>();
    for (const repository of repositories) {
      const reason = what(repository);
      if (reason !== null) {
        const bits = bitsByWhat.get(reason) ?? emptySet(catalogue);
        add(bits, repository.position);
        bitsByWhat.set(reason, bits);
      }
    }
    return [...bitsByWhat].map(([reason, bits]) => ({ what: reason, bits }));
  };
  const unreadRepositories = new Set(unreadPolicies.map(({ repositoryArn }) => repositoryArn));
  const unreadRegistries = new Set(
    unreadPolicies.filter(({ repositoryArn }) => repositoryArn === null).map(registryKey),
  );
  const registry = (key: string): string | null => (registries.has(key) ? null : `ECR of ${placeOf(key)}`);
  const registryPolicy = (key: string): string | null =>
    unreadRegistries.has(key) ? `the registry policy of ${placeOf(key)}` : null;
  return {
    // External principals and services have no IAM that a scan could cover; their cells rest on the registry alone.
    iamOf: ({ kind, accountId }) =>
      accountId === null || kind === 'external' || kind === 'service' || iamAccounts.has(accountId)
        ? null
        : `IAM of account ${accountId}`,
    registry,
    places: places((repository) => registry(registryKey(repository))),
    registryPolicy,
    policyPlaces: [
      ...places(({ arn }) => (unreadRepositories.has(arn) ? `the policy of ${arn}` : null)),
      ...places((repository) => registryPolicy(registryKey(repository))),
    ],
  };
}

function placeOf(key: string): string {
  const [accountId, region] = key.split(' ');
  return `account ${accountId} in ${region}`;
}
