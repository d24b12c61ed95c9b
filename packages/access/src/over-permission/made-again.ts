import type { ObservedUse } from './observed-use.ts';
import type { Period } from './judge-absence.ts';
import { placeKey } from './use-index.ts';
import type { Repository } from '../snapshot/model.ts';

/** When repositories were made within the period, by the key of their place: what was used before is an earlier one of that name. */
export type MadeAgain = ReadonlyMap<string, number>;

// The event of a creation has the time at which it was asked for, in whole seconds, and the repository that at which it was done.
const CREATION_MS_MAX = 5000;

/** From the times at which repositories say that they were made, by ARN, and from events of their creation. */
export function madeAgainTimes(
  repositories: readonly Pick<Repository, 'arn' | 'accountId' | 'region' | 'name'>[],
  {
    uses,
    createdMs,
    period: { fromMs },
  }: {
    readonly uses: readonly ObservedUse[];
    readonly createdMs?: ReadonlyMap<string, number> | undefined;
    readonly period: Period;
  },
): MadeAgain {
  const times = new Map<string, number>();
  const existing = new Set<string>();
  for (const { arn, accountId, region, name } of repositories) {
    const key = placeKey({ accountId, region, repository: name });
    const timeMs = (createdMs?.get(arn) ?? 0) - CREATION_MS_MAX;
    existing.add(key);
    if (timeMs > fromMs) {
      times.set(key, timeMs);
    }
  }
  for (const use of uses) {
    const key = use.action === 'ecr:CreateRepository' ? placeKey(use) : '';
    if (existing.has(key) && use.lastMs > fromMs) {
      times.set(key, Math.max(times.get(key) ?? 0, use.lastMs));
    }
  }
  return times;
}

/** Whether the repository that was used last is an earlier one of that name. */
export function isOfPredecessor(
  place: Parameters<typeof placeKey>[0],
  { madeAgain, lastMs }: { readonly madeAgain: MadeAgain; readonly lastMs: number },
): boolean {
  return lastMs < (madeAgain.get(placeKey(place)) ?? 0);
}
