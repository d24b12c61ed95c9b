import type { PrincipalRef } from '../principal.ts';
import { rightsShownBy, type Right } from './evidence.ts';
import type { ObservedUse } from './observed-use.ts';

/** How a right was used in one place. */
export interface Use {
  readonly firstMs: number;
  readonly lastMs: number;
  readonly events: number;
  /** AWS services that made calls for the principal. */
  readonly onBehalfOf: readonly string[];
}

/** What was seen of one principal. Keys of places: see `placeKey`. */
interface SeenUses {
  readonly byPlace: ReadonlyMap<string, ReadonlyMap<Right, Use>>;
  /** Uses by an earlier principal of the same name: a role that was deleted and made again. */
  readonly ofPredecessor: ReadonlyMap<string, ReadonlyMap<Right, Use>>;
}

/** Uses that belong to nobody whom the snapshot holds. */
export interface StrangerUses {
  readonly key: string;
  readonly accountId: string | null;
  readonly arn: string | null;
  readonly byPlace: ReadonlyMap<string, ReadonlyMap<Right, Use>>;
}

export interface UseIndex {
  of(principal: PrincipalRef): SeenUses;
  readonly strangers: readonly StrangerUses[];
}

/** `ACCOUNT REGION NAME`, and without a name for a registry. None of the three has blanks before the name. */
export function placeKey(place: {
  readonly accountId: string;
  readonly region: string;
  readonly repository: string | null;
}): string {
  return `${place.accountId} ${place.region} ${place.repository ?? ''}`;
}

const NOTHING: SeenUses = { byPlace: new Map(), ofPredecessor: new Map() };

type Collected = Map<string, Map<Right, Use>>;

/**
 * Finds out whose each use was. A user or role is known by its unique id, which outlives a new name; one that events give
 * only the name of is taken for the one that has it now; an ARN that belongs to another id now is that of a predecessor.
 */
export function useIndexOf(principals: readonly PrincipalRef[], uses: Iterable<ObservedUse>): UseIndex {
  const byId = new Map(principals.map((principal) => [principal.id, principal]));
  const byArn = new Map(principals.map((principal) => [principal.arn, principal]));
  const byName = new Map(
    principals.map((principal) => [`${principal.kind}:${principal.accountId ?? ''}/${principal.name}`, principal]),
  );
  const own = new Map<string, Collected>();
  const earlier = new Map<string, Collected>();
  const strangers = new Map<string, { readonly use: ObservedUse; readonly places: Collected }>();
  for (const use of uses) {
    const exact = byId.get(use.principalKey) ?? byName.get(use.principalKey);
    const sameArn = use.principalArn === null ? undefined : byArn.get(use.principalArn);
    if (exact !== undefined) {
      collect(own, exact.id, use);
    } else if (sameArn?.kind === 'external') {
      collect(own, sameArn.id, use);
    } else if (sameArn !== undefined) {
      collect(earlier, sameArn.id, use);
    } else {
      const stranger = strangers.get(use.principalKey) ?? { use, places: new Map() };
      strangers.set(use.principalKey, stranger);
      note(stranger.places, use);
    }
  }
  return {
    of: ({ id }) => {
      const [byPlace, ofPredecessor] = [own.get(id), earlier.get(id)];
      return byPlace === undefined && ofPredecessor === undefined
        ? NOTHING
        : { byPlace: byPlace ?? new Map(), ofPredecessor: ofPredecessor ?? new Map() };
    },
    strangers: [...strangers.values()].map(({ use, places }) => ({
      key: use.principalKey,
      accountId: use.principalAccountId,
      arn: use.principalArn,
      byPlace: places,
    })),
  };
}

function collect(into: Map<string, Collected>, id: string, use: ObservedUse): void {
  const places: Collected = into.get(id) ?? new Map();
  into.set(id, places);
  note(places, use);
}

function note(places: Collected, use: ObservedUse): void {
  const key = placeKey(use);
  const rights = places.get(key) ?? new Map<Right, Use>();
  places.set(key, rights);
  for (const right of rightsShownBy(use.action)) {
    rights.set(right, both(rights.get(right), use));
  }
}

function both(known: Use | undefined, { firstMs, lastMs, events, onBehalfOf }: ObservedUse): Use {
  const services = onBehalfOf === null ? [] : [onBehalfOf];
  return known === undefined
    ? { firstMs, lastMs, events, onBehalfOf: services }
    : {
        firstMs: Math.min(known.firstMs, firstMs),
        lastMs: Math.max(known.lastMs, lastMs),
        events: known.events + events,
        onBehalfOf: [...new Set([...known.onBehalfOf, ...services])].toSorted(),
      };
}
