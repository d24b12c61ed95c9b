import { add, bitSet } from '../bit-set.ts';
import type { Caller } from '../evaluate/caller.ts';
import type { LimitCode } from '../evaluate/limits.ts';
import { rcpsAbove } from '../evaluate/organization-gates.ts';
import type { Target } from '../evaluate/target.ts';
import { hasAmbiguousTags } from '../snapshot/tags.ts';
import type { TargetFacts } from './facts.ts';
import type { Interner } from './interner.ts';
import type { ResourceDocument, ResourceUnread } from './resource-documents.ts';
import type { EngineSource, SourceCatalogue } from './source-catalogue.ts';
import type { World } from './world.ts';

/** The RCPs over the targets of a world, as one kind of caller meets them. */
export interface RcpPlan {
  /** In an order that is right for every target: from the root down. */
  readonly documents: readonly Pick<ResourceDocument, 'source' | 'scope'>[];
  /** By the index of the target. */
  readonly byTarget: readonly RcpFacts[];
}

/** `place` is that of its level, from the root down. */
type PlacedRcp = RcpPlan['documents'][number] & { readonly place: number };

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
  const byTarget: RcpFacts[] = [];
  // One document for one source: what a statement comes to is remembered without its scope.
  const documents = new Map<EngineSource, PlacedRcp>();
  for (const [snapshot, targets] of Map.groupBy(world.targets.entries(), ([index]) => world.snapshotAt(index))) {
    for (const there of Map.groupBy(targets, ([, { accountId }]) => accountId).values()) {
      const [first] = there;
      if (first === undefined) {
        continue;
      }
      const limits: LimitCode[] = [];
      const rcps = rcpsAbove({ snapshot, caller, target: first[1] }, limits);
      const read = (rcps?.sources ?? []).map((source) =>
        sources.sourceOf(source, { principalArn: null, repositoryArn: null }),
      );
      for (const [place, source] of read.entries()) {
        // A policy hangs at one level, so it comes at the same place for every account below; in another snapshot one more may be above.
        const entry = documents.get(source) ?? { source, place, scope: bitSet(world.targets.length) };
        documents.set(source, { ...entry, place: Math.max(entry.place, place) });
        there.forEach(([index]) => add(entry.scope, index));
      }
      const unreadable = read.flatMap((source) => source.unreadable ?? []);
      const facts: RcpFacts = {
        unread: [...(rcps?.unread ?? []), ...unreadable],
        hasUnreadableDocument: unreadable.length > 0,
        limits,
      };
      there.forEach(([index]) => (byTarget[index] = facts));
    }
  }
  return { documents: [...documents.values()].toSorted((a, b) => a.place - b.place), byTarget };
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
    const rcps = plan.byTarget[index] ?? NOTHING;
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
