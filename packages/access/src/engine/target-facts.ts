import { add, bitSet, type BitSet } from '../bit-set.ts';
import type { Caller } from '../evaluate/caller.ts';
import type { LimitCode } from '../evaluate/limits.ts';
import { rcpsAbove } from '../evaluate/organization-gates.ts';
import type { Target } from '../evaluate/target.ts';
import { hasAmbiguousTags } from '../snapshot/tags.ts';
import type { TargetFacts } from './facts.ts';
import type { Interner } from './interner.ts';
import type { ResourceDocument, ResourceUnread } from './resource-documents.ts';
import type { SourceCatalogue } from './source-catalogue.ts';
import type { World } from './world.ts';

/** The RCPs over the targets of a world, as one kind of caller meets them. */
export interface RcpPlan {
  /** In an order that is right for every target: from the root down. */
  readonly documents: readonly Pick<ResourceDocument, 'source' | 'scope'>[];
  readonly byAccount: ReadonlyMap<string, RcpFacts>;
}

interface RcpFacts {
  readonly unread: readonly string[];
  readonly hasUnreadableDocument: boolean;
  readonly limits: readonly LimitCode[];
}

/** Callers with the same kind meet the same RCPs. */
export function rcpKind({ isServiceLinkedRole, side, request }: Caller): string {
  if (isServiceLinkedRole) {
    return 'exempt';
  }
  return side === 'unknown' ? `unknown ${request.accountId ?? ''}` : 'any';
}

export function rcpPlan(world: World, caller: Caller, sources: SourceCatalogue): RcpPlan {
  const byAccount = new Map<string, RcpFacts>();
  const scopes = new Map<ReturnType<SourceCatalogue['sourceOf']>, { readonly place: number; scope: BitSet }>();
  const accounts = Map.groupBy(world.targets.entries(), ([, { accountId }]) => accountId);
  for (const [accountId, targets] of accounts) {
    const [first] = targets;
    if (first === undefined) {
      continue;
    }
    const limits: LimitCode[] = [];
    const rcps = rcpsAbove({ snapshot: world.scene.snapshot, caller, target: first[1] }, limits);
    const read = (rcps?.sources ?? []).map((source) =>
      sources.sourceOf(source, { principalArn: null, repositoryArn: null }),
    );
    for (const [place, source] of read.entries()) {
      // A policy hangs at one level, so it comes at the same place for every account below.
      const entry = scopes.get(source) ?? { place, scope: bitSet(world.targets.length) };
      scopes.set(source, entry);
      targets.forEach(([index]) => add(entry.scope, index));
    }
    const unreadable = read.flatMap((source) => source.unreadable ?? []);
    byAccount.set(accountId, {
      unread: [...(rcps?.unread ?? []), ...unreadable],
      hasUnreadableDocument: unreadable.length > 0,
      limits,
    });
  }
  const documents = [...scopes]
    .toSorted(([, a], [, b]) => a.place - b.place)
    .map(([source, { scope }]) => ({ source, scope }));
  return { documents, byAccount };
}

/** The number of the facts of each target, by its index: one for all columns together. */
export function targetFacts(
  world: World,
  {
    plan,
    unread,
    facts,
  }: {
    readonly plan: RcpPlan;
    readonly unread: readonly (readonly ResourceUnread[])[];
    readonly facts: Interner<readonly TargetFacts[]>;
  },
): readonly number[] {
  return world.targets.map((target, index) => {
    const rcps = plan.byAccount.get(target.accountId) ?? NOTHING;
    const value = (unread[index] ?? []).map((resource) => factsOf(target, rcps, resource));
    return facts.numberOf(JSON.stringify(value), () => value);
  });
}

const NOTHING: RcpFacts = { unread: [], hasUnreadableDocument: false, limits: [] };

function factsOf({ repository }: Target, rcps: RcpFacts, resource: ResourceUnread): TargetFacts {
  return {
    resourceUnread: resource.names,
    rcpUnread: rcps.unread,
    hasUnreadableDocument: rcps.hasUnreadableDocument || resource.hasUnreadableDocument,
    hasAmbiguousTags: hasAmbiguousTags(repository?.tags),
    areTagsUnread: repository?.tags === null,
    limits: [...new Set([...resource.limits, ...rcps.limits])].toSorted(),
  };
}
