import type { PrincipalRef } from '../principal.ts';
import type { Right } from './evidence.ts';
import type { Recording } from './judged-access.ts';
import type { UnknownReason } from './judge-absence.ts';
import type { Observation } from './observation.ts';
import { placeKey, type StrangerUses, type Use, type UseIndex } from './use-index.ts';

type ByPlace = ReadonlyMap<string, ReadonlyMap<Right, Use>>;

/** What was seen of one principal, and what may have been it. */
export interface AttributedUses {
  readonly seen: ByPlace;
  readonly doubts: readonly { readonly reason: UnknownReason; readonly byPlace: ByPlace }[];
  readonly recording: Recording;
}

interface Context {
  readonly index: UseIndex;
  readonly accountIds: ReadonlySet<string>;
  readonly observation: Observation;
}

const NOTHING: ByPlace = new Map();

/** Says for each principal which uses are its own, which may be, and where its use would be recorded. */
export function attributionOf({
  index,
  accountIds,
  observation,
}: Context): (principal: PrincipalRef) => AttributedUses {
  const outsiders = index.strangers.filter(({ accountId }) => accountId === null || !accountIds.has(accountId));
  const people = outsiders.filter(({ key }) => !key.startsWith('service:'));
  const byAccount = Map.groupBy(people, ({ accountId }) => accountId);
  const outside: Recording = { kind: 'outside', key: 'account', seenIn: registriesOf(people) };
  const isRecorded = (accountId: string | null): boolean =>
    accountId !== null && (accountIds.has(accountId) || observation.knows(accountId));

  return (principal) => {
    const { id, kind, accountId } = principal;
    const { byPlace, ofPredecessor } = index.of(principal);
    switch (kind) {
      case 'user':
      case 'role':
      case 'root':
        return {
          seen: byPlace,
          doubts: [{ reason: 'principalMadeAgain', byPlace: ofPredecessor }],
          recording: { kind: 'recorded', callerAccountId: accountId },
        };
      case 'session':
        return {
          seen: NOTHING,
          doubts: [{ reason: 'sessionsNotToldApart', byPlace: roleUses(index, principal) }],
          recording: { kind: 'recorded', callerAccountId: accountId },
        };
      case 'service':
        // Its own use shows that such events are recorded there; of others nothing says so.
        return {
          seen: byPlace,
          doubts: [],
          recording: { kind: 'outside', key: id, seenIn: registriesIn(byPlace) },
        };
      case 'federatedUser':
      case 'external':
        return {
          ...outsideUses(principal, byPlace, { people, byAccount }),
          recording: isRecorded(accountId) ? { kind: 'recorded', callerAccountId: accountId } : outside,
        };
    }
  };
}

/** A session that a policy names has its role's id before the colon. */
function roleUses(index: UseIndex, session: PrincipalRef): ByPlace {
  const [roleId = ''] = session.id.split(':', 1);
  return index.of({ ...session, id: roleId, kind: 'role' }).byPlace;
}

/** Events show of somebody outside the account, and seldom who it was: a whole account, or anyone, is told by that. */
function outsideUses(
  { id, arn, accountId }: PrincipalRef,
  own: ByPlace,
  {
    people,
    byAccount,
  }: {
    readonly people: readonly StrangerUses[];
    readonly byAccount: ReadonlyMap<string | null, readonly StrangerUses[]>;
  },
): Pick<AttributedUses, 'seen' | 'doubts'> {
  if (id === 'external:*') {
    return { seen: merged([own, ...people.map(({ byPlace }) => byPlace)]), doubts: [] };
  }
  const compatriots = (byAccount.get(accountId) ?? []).map(({ byPlace }) => byPlace);
  return arn.endsWith(':root')
    ? { seen: merged([own, ...compatriots]), doubts: [] }
    : { seen: own, doubts: [{ reason: 'usedBySomebodyOfTheAccount', byPlace: merged(compatriots) }] };
}

function merged(lists: readonly ByPlace[]): ByPlace {
  const all = new Map<string, Map<Right, Use>>();
  for (const list of lists) {
    for (const [place, rights] of list) {
      const known = all.get(place) ?? new Map<Right, Use>();
      all.set(place, known);
      for (const [right, use] of rights) {
        const earlier = known.get(right);
        known.set(right, earlier === undefined ? use : together(earlier, use));
      }
    }
  }
  return all;
}

function together(a: Use, b: Use): Use {
  return {
    firstMs: Math.min(a.firstMs, b.firstMs),
    lastMs: Math.max(a.lastMs, b.lastMs),
    events: a.events + b.events,
    onBehalfOf: [...new Set([...a.onBehalfOf, ...b.onBehalfOf])].toSorted(),
  };
}

function registriesOf(uses: readonly StrangerUses[]): ReadonlySet<string> {
  return new Set(uses.flatMap(({ byPlace }) => [...registriesIn(byPlace)]));
}

function registriesIn(byPlace: ByPlace): ReadonlySet<string> {
  return new Set([...byPlace.keys()].map((place) => place.split(' ', 2).join(' ')));
}

/** The latest time at which anything was used; null where nothing was. */
export function lastUseOf({ seen }: AttributedUses): number | null {
  let last: number | null = null;
  for (const rights of seen.values()) {
    for (const { lastMs } of rights.values()) {
      last = Math.max(last ?? 0, lastMs);
    }
  }
  return last;
}

/** The uses of one registry's own actions. */
export function usesOfRegistry(
  { seen }: AttributedUses,
  place: { readonly accountId: string; readonly region: string },
): ReadonlyMap<Right, Use> {
  return seen.get(placeKey({ ...place, repository: null })) ?? new Map<Right, Use>();
}
