import { type Interval, intersectionOf, unionOf } from '../activity/intervals.ts';
import { EVERY_EVENT, EVERY_WRITE } from '../activity/observed.ts';
import { findEcrAction } from '../ecr/actions.ts';

/** The stretches in which all events of a name were seen in the history of an account and region. */
export interface ObservedEvents {
  readonly accountId: string;
  readonly region: string;
  /** `*` for events of every name, `*write` for every one that writes. */
  readonly eventName: string;
  readonly during: readonly Interval[];
}

/** What was seen of the histories of all accounts. */
export interface Observation {
  /** Whether anything at all was seen of an account. */
  knows(accountId: string): boolean;
  knowsPlace(place: Place): boolean;
  /** When every event of these names was seen in all of these places. */
  seenIn(places: readonly Place[], eventNames: readonly string[]): readonly Interval[];
}

export interface Place {
  readonly accountId: string;
  readonly region: string;
}

/** Makes what was seen answerable. */
export function observationOf(observed: readonly ObservedEvents[]): Observation {
  const places = new Map<string, Map<string, Interval[]>>();
  for (const { accountId, region, eventName, during } of observed) {
    if (during.length > 0) {
      const key = `${accountId} ${region}`;
      const names = places.get(key) ?? new Map<string, Interval[]>();
      places.set(key, names);
      names.set(eventName, [...(names.get(eventName) ?? []), ...during]);
    }
  }
  const accounts = new Set([...places.keys()].map((key) => key.split(' ', 1)[0]));
  const known = new Map<string, readonly Interval[]>();
  const seenAt = ({ accountId, region }: Place, eventName: string): readonly Interval[] => {
    const key = `${accountId} ${region} ${eventName}`;
    const names = places.get(`${accountId} ${region}`);
    const stretches =
      known.get(key) ??
      unionOf(
        [eventName, EVERY_EVENT, ...(isWrite(eventName) ? [EVERY_WRITE] : [])].flatMap(
          (name) => names?.get(name) ?? [],
        ),
      );
    known.set(key, stretches);
    return stretches;
  };
  return {
    knows: (accountId) => accounts.has(accountId),
    knowsPlace: ({ accountId, region }) => places.has(`${accountId} ${region}`),
    seenIn: (where, eventNames) => {
      let both: readonly Interval[] | null = null;
      for (const place of where) {
        for (const name of eventNames) {
          const seen = seenAt(place, name);
          if (seen.length === 0) {
            return [];
          }
          both = both === null ? seen : intersectionOf(both, seen);
        }
      }
      return both ?? [];
    },
  };
}

/** Whether a trail that leaves reads out still holds the events of an action. */
function isWrite(eventName: string): boolean {
  const level = findEcrAction(`ecr:${eventName}`)?.level ?? 'Read';
  return level !== 'Read' && level !== 'List';
}
