import { TOKEN_ACTION } from '../ecr/capabilities.ts';
import type { RegistrySnapshot } from '../snapshot/model.ts';
import { type EcrPolicySet, type EcrPolicySource, type ResourceInput, sourceOf } from './gates-input.ts';
import type { LimitCode } from './limits.ts';

/** The repository's policy and the registry's: what either allows is allowed, what either denies is denied. */
export function resourcePolicies(input: ResourceInput, limits: LimitCode[]): EcrPolicySet {
  const sources: EcrPolicySource[] = [];
  const unread: string[] = [];
  const { target } = input;
  const policy = target.repository?.policy;
  if (policy?.kind === 'policy' && !isCreation(input.action)) {
    sources.push(sourceOf('repository', 'repository', policy.named));
  } else if (target.resource !== '*' && !isCreation(input.action) && (policy?.kind === 'unread' || !target.isListed)) {
    limits.push('repositoryPolicyUnread');
    unread.push(`repository policy of ${target.resource}`);
  }
  const registry = registryOf(input);
  if (isRegistryPolicyInForce(registry, input.action)) {
    if (registry === null || registry.policy.kind === 'unread') {
      limits.push('registryPolicyUnread');
      unread.push(`registry policy of ${target.accountId} in ${target.region ?? 'an unknown region'}`);
    } else if (registry.policy.kind === 'policy') {
      sources.push(sourceOf('registry', 'registry', registry.policy.named));
      if (registry.scope === null) {
        limits.push('registryScopeAssumed');
      }
    }
  }
  return { sources, unread };
}

/**
 * In scope V1 the registry policy is enforced for three actions, in V2 for all but the token: a token is for every
 * registry that the caller may reach, and only identity policies decide it.
 * https://docs.aws.amazon.com/AmazonECR/latest/userguide/registry-permissions.html
 */
function isRegistryPolicyInForce(registry: RegistrySnapshot | null, action: string): boolean {
  const lowerAction = action.toLowerCase();
  return lowerAction !== TOKEN_ACTION.toLowerCase() && (registry?.scope !== 'V1' || V1_ACTIONS.has(lowerAction));
}

export const V1_ACTIONS: ReadonlySet<string> = new Set(
  ['ecr:ReplicateImage', 'ecr:BatchImportUpstreamImage', 'ecr:CreateRepository'].map((action) => action.toLowerCase()),
);

/** What the resource's policies take from the action: the same ones have a say over actions with the same traits. */
export function resourceTraits(action: string): string {
  const lowerAction = action.toLowerCase();
  return [lowerAction === TOKEN_ACTION.toLowerCase(), V1_ACTIONS.has(lowerAction), isCreation(action)].join(' ');
}

/** A repository that is yet to be made has no policy. */
function isCreation(action: string): boolean {
  return action.toLowerCase() === 'ecr:createrepository';
}

function registryOf(input: ResourceInput): RegistrySnapshot | null {
  const regions = input.snapshot.accounts.get(input.target.accountId)?.regions;
  if (input.target.region !== null) {
    return regions?.get(input.target.region)?.registry ?? null;
  }
  // Without a region any registry of the account may be meant: all of them without a policy is as good as one.
  const registries = [...(regions?.values() ?? [])].map(({ registry }) => registry);
  const [first] = registries;
  return registries.every(({ policy }) => policy.kind === 'none') ? (first ?? null) : null;
}
