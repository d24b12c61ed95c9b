import { add, and, andNot, type BitSet, type EvaluatedRegistry, isEmpty, or } from '@ecr-audit/access';
import type { Uncovered } from './find-uncovered.ts';
import { type FoldedAccess, type HeldRegistry, noAccess, registryKey } from './folded-access.ts';
import type { KnownPrincipal, KnownRepository } from './known-subjects.ts';
import { emptySet, type SetCatalogue } from './member-set.ts';

/** Cells of one principal that this scan could not look at: they stay, as unknown. */
export interface Kept {
  readonly blocks: readonly { readonly bits: BitSet; readonly profileId: number; readonly what: string }[];
  readonly registries: readonly (HeldRegistry & { readonly what: string })[];
}

/** What the evaluation answered completely: where it lists both, a missing answer is a denial. */
export interface Answered {
  readonly repositories: BitSet;
  /** By `registryKey`; each for the principals of its own account. */
  readonly registries: ReadonlyMap<string, { readonly accountId: string }>;
}

export function answeredBy(
  { registries }: { readonly registries: readonly EvaluatedRegistry[] },
  repositories: readonly KnownRepository[],
  catalogue: SetCatalogue,
): Answered {
  const bits = emptySet(catalogue);
  for (const { position, isListed } of repositories) {
    if (isListed) {
      add(bits, position);
    }
  }
  return { repositories: bits, registries: new Map(registries.map((registry) => [registryKey(registry), registry])) };
}

const unreadSession = 'a policy that may name this session';

/**
 * Which of the earlier cells of a principal this scan could not look at.
 *
 * INVARIANT: a gap never looks like a revoke.
 */
export function keepUncovered(
  principal: KnownPrincipal,
  access: { readonly before: FoldedAccess; readonly incoming: FoldedAccess | undefined },
  { uncovered, answered }: { readonly uncovered: Uncovered; readonly answered: Answered },
): Kept {
  const { before, incoming = noAccess } = access;
  const iam = uncovered.iamOf(principal);
  // Users, roles and root users are listed by their account. The others are known only while a policy names them, so
  // one that is not listed any more may still be named by a policy that was not read.
  const isNamedOnly = !principal.isListed && namedOnlyKinds.has(principal.kind);
  const places = [...uncovered.places, ...(isNamedOnly ? uncovered.policyPlaces : [])];

  const blocks: Kept['blocks'][number][] = [];
  const rest: Kept['blocks'][number][] = [];
  for (const [profileId, { bits: held }] of before.blocks) {
    let left = principal.isListed ? andNot(held, answered.repositories) : held;
    for (const { what, bits } of iam === null ? places : [{ what: iam, bits: left }]) {
      blocks.push({ bits: and(left, bits), profileId, what });
      left = andNot(left, bits);
    }
    rest.push({ bits: left, profileId, what: unreadSession });
  }

  const registries: Kept['registries'][number][] = [];
  const restOfRegistries: Kept['registries'][number][] = [];
  for (const [key, held] of before.registries) {
    const isAnswered =
      incoming.registries.has(key) ||
      (principal.isListed && answered.registries.get(key)?.accountId === principal.accountId);
    if (!isAnswered) {
      const what = iam ?? uncovered.registry(key) ?? (isNamedOnly ? uncovered.registryPolicy(key) : null);
      (what === null ? restOfRegistries : registries).push({ ...held, what: what ?? unreadSession });
    }
  }

  // Sessions and federated users hold most cells by the policies of their role or user, so a policy that may still name
  // one keeps it whole.
  const isSession = principal.kind === 'session' || principal.kind === 'federatedUser';
  const isKept = registries.length > 0 || blocks.some(({ bits }) => !isEmpty(bits));
  if (isSession && !principal.isListed && isKept) {
    blocks.push(...rest);
    registries.push(...restOfRegistries);
  }
  return { blocks: blocks.filter(({ bits }) => !isEmpty(bits)), registries };
}

const namedOnlyKinds: ReadonlySet<KnownPrincipal['kind']> = new Set([
  'external',
  'service',
  'session',
  'federatedUser',
]);

/** All repositories in which something was kept. */
export function keptRepositories(kept: Iterable<Kept>, catalogue: SetCatalogue): BitSet {
  let bits = emptySet(catalogue);
  for (const { blocks } of kept) {
    for (const block of blocks) {
      bits = or(bits, block.bits);
    }
  }
  return bits;
}
