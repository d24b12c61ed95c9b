import { sideKey } from '../rehearsal/side.ts';
import type { AccessDrift, DriftedAccess, UnknownDrift } from './drifted-access.ts';

/**
 * Puts together what is told alike: first principals with the same in the same places, then places with the same for the same
 * principals. In the order in which they first come.
 */
export function mergeDrifts(drifts: readonly AccessDrift[]): AccessDrift[] {
  return mergeAlike(drifts, ({ kind, differences, together }) => `${kind} ${differences.join(' ')} ${together}`);
}

export function mergeUnknown(drifts: readonly UnknownDrift[]): UnknownDrift[] {
  return mergeAlike(drifts, ({ mayBe, unread }) => `${mayBe} ${JSON.stringify(unread)}`);
}

function mergeAlike<Each extends DriftedAccess>(drifts: readonly Each[], rest: (drift: Each) => string): Each[] {
  const what = (drift: Each): string => {
    const { lifecycle, before, after, capabilities, actions } = drift;
    return `${rest(drift)}\n${lifecycle ?? ''} ${sideKey(before)} > ${sideKey(after)} ${[...capabilities, ...actions].join(' ')}`;
  };
  const byPlace = merged(
    drifts,
    (drift) => `${what(drift)}\n${drift.repositories.join(' ')} ${JSON.stringify(drift.registries)}`,
    (a, b) => ({ ...a, principals: [...a.principals, ...b.principals] }),
  );
  return merged(
    byPlace,
    (drift) => `${what(drift)}\n${JSON.stringify(drift.principals.map(({ id }) => id).toSorted())}`,
    (a, b) => ({
      ...a,
      repositories: [...a.repositories, ...b.repositories].toSorted(),
      registries: [...a.registries, ...b.registries],
    }),
  );
}

function merged<Each>(list: readonly Each[], keyOf: (each: Each) => string, join: (a: Each, b: Each) => Each): Each[] {
  const found = new Map<string, Each>();
  for (const each of list) {
    const key = keyOf(each);
    const known = found.get(key);
    found.set(key, known === undefined ? each : join(known, each));
  }
  return [...found.values()];
}
