import { type ConditionLine, readConditionLine } from './condition-line.ts';
import { registryOf } from './registry-pattern.ts';

/**
 * What of the approved conditions holds no more for something that is still in the scope. A condition more takes away, and what
 * hung on one that is not in the scope any more has lost nothing.
 *
 * Another condition in its place counts as lost: of two different ones nobody can tell in general which one lets in more.
 */
export function lostConditions(now: readonly string[], approved: readonly string[], scope: SharedScope): string[] {
  const texts = new Set(now);
  const lost = approved.filter((text) => !texts.has(text));
  const lines = lost.length === 0 ? [] : now.map(readConditionLine);
  return lost.filter((text) => isLost(readConditionLine(text), lines, scope));
}

/** What both scopes are about. */
export interface SharedScope {
  readonly repositories: readonly string[];
  /** `registry:ACCOUNT/REGION`, or `every registry of ACCOUNT`. */
  readonly registries: readonly string[];
  readonly rights: readonly string[];
  readonly principals: readonly string[];
}

/** More than a policy of AWS in a large account comes to; beyond that a condition that is not there word for word is lost. */
const CELLS_MAX = 500_000;

function isLost(line: ConditionLine, now: readonly ConditionLine[], scope: SharedScope): boolean {
  const same = now.filter(({ condition }) => condition === line.condition);
  const rights = scope.rights.filter((right) => line.rights?.has(right) ?? true);
  const places = placesOf(line, scope);
  const who = scope.principals.length === 0 ? [''] : scope.principals.filter((id) => line.who?.has(id) ?? true);
  if (rights.length * places.length * who.length > CELLS_MAX) {
    return true;
  }
  return places.some((place) =>
    who.some((id) => {
      const here = same.filter(
        (each) => (each.places === null || isAmong(place, each.places)) && (each.who?.has(id) ?? true),
      );
      return rights.some((right) => !here.some((each) => each.rights?.has(right) ?? true));
    }),
  );
}

function placesOf({ places }: ConditionLine, { repositories, registries }: SharedScope): readonly string[] {
  if (places !== null) {
    const named = [...places].filter((place) => place.startsWith('registry:') && isRegistryIn(place, registries));
    return [...repositories.filter((arn) => isAmong(arn, places)), ...named];
  }
  const all = [...repositories, ...registries];
  // A scope may be about no places at all, such as who is trusted.
  return all.length === 0 ? [''] : all;
}

function isAmong(place: string, places: ReadonlySet<string>): boolean {
  return places.has(place) || (place.startsWith('arn:') && (places.has('*') || places.has(registryOf(place))));
}

function isRegistryIn(place: string, registries: readonly string[]): boolean {
  const accountId = place.slice('registry:'.length).split('/', 1)[0] ?? '';
  return registries.includes(place) || registries.includes(`every registry of ${accountId}`);
}
