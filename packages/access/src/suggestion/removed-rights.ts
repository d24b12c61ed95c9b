import { add, and, andNot, bitSet, type BitSet, isEmpty, members, or } from '../bit-set.ts';
import { judgeAbsence, type Period, type UnknownReason } from '../over-permission/judge-absence.ts';
import type { Observation, Place } from '../over-permission/observation.ts';
import { placeKey } from '../over-permission/use-index.ts';
import { excessOf } from './compare-access.ts';
import type { Trial } from './evaluate-callers.ts';
import type { MadeAgain } from '../over-permission/made-again.ts';
import type { Scope } from './scope.ts';
import type { RemovedRight } from './suggestion.ts';
import type { Use } from './uses.ts';

interface Judging {
  readonly accountId: string;
  readonly observation: Observation;
  readonly period: Period;
  readonly scope: Scope;
  readonly madeAgain: MadeAgain;
  /** Of repositories that were deleted and made again. */
  readonly earlier: readonly Use[];
}

/** What is taken away, by action; apart where it is not known, or for another reason, that it was unused. */
export function removedRights(today: Trial, after: Trial, judging: Judging): RemovedRight[] {
  const { accountId, scope } = judging;
  const size = scope.repositories.length;
  const again = bitSet(size);
  for (const [index, { accountId: owner, region, name }] of judging.scope.repositories.entries()) {
    if (judging.madeAgain.has(placeKey({ accountId: owner, region, repository: name }))) {
      add(again, index);
    }
  }
  return excessOf(today, after, size).flatMap(({ action, set, regions }): RemovedRight[] => {
    const real = scope.withoutProbes(set);
    const always = andNot(real, again);
    const own = regions.map((region) => ({ accountId, region }));
    const groups = new Map<UnknownReason | null, BitSet>();
    if (!isEmpty(always) || own.length > 0) {
      const doubts = [...scope.registriesOf(always), ...own].map((registry) => doubtOf(judging, { registry, action }));
      groups.set(doubts.find((doubt) => doubt !== null) ?? null, always);
    }
    for (const index of members(and(real, again))) {
      const doubt = doubtOfOne(judging, { index, action });
      const group = bitSet(size);
      add(group, index);
      groups.set(doubt, or(groups.get(doubt) ?? bitSet(size), group));
    }
    return [...groups].map(([doubt, removed]) => ({ action, set: removed, doubt }));
  });
}

function doubtOf(
  { observation, period, accountId }: Judging,
  { registry, action, sinceMs = 0 }: { readonly registry: Place; readonly action: string; readonly sinceMs?: number },
): UnknownReason | null {
  const absence = judgeAbsence(observation, period, { callerAccountId: accountId, registry, right: action, sinceMs });
  return absence.kind === 'notKnown' ? absence.reason : null;
}

/** Of a repository that was made within the period: only what was seen since then says anything of it. */
function doubtOfOne(
  judging: Judging,
  { index, action }: { readonly index: number; readonly action: string },
): UnknownReason | null {
  const repository = judging.scope.repositories[index];
  if (repository === undefined) {
    return null;
  }
  const { accountId, region, name } = repository;
  const key = placeKey({ accountId, region, repository: name });
  if (judging.earlier.some((use) => use.action === action && placeKey(use.place) === key)) {
    return 'repositoryMadeAgain';
  }
  return doubtOf(judging, { registry: { accountId, region }, action, sinceMs: judging.madeAgain.get(key) ?? 0 });
}
