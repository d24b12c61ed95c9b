import { add, and, andNot, bitSet, type BitSet, has, isEmpty, or } from '../bit-set.ts';
import type { AttributedUses } from './attribution.ts';
import type { Right } from './evidence.ts';
import type { GrantedAccess } from './granted-access.ts';
import { absenceKey, type JudgedAccess } from './judged-access.ts';
import type { Period, UnknownReason } from './judge-absence.ts';
import type { AbsentUse, RightUse, UsedRepository } from './report.ts';

interface RightUsesInput {
  readonly access: GrantedAccess;
  readonly attributed: AttributedUses;
  readonly judged: JudgedAccess;
  readonly indices: ReadonlyMap<string, number>;
  readonly madeAgain: ReadonlyMap<number, number>;
  readonly period: Period;
  readonly size: number;
}

/** The rights of one principal: those that it used are taken out of what was judged for all that hold the same. */
export function rightUses({
  access,
  attributed,
  judged,
  indices,
  madeAgain,
  period,
  size,
}: RightUsesInput): readonly RightUse[] {
  const used = new Map<Right, UsedRepository[]>();
  const doubts = new Map<Right, Map<UnknownReason, BitSet>>();
  const doubt = (right: Right, reason: UnknownReason, index: number): void => {
    const reasons = doubts.get(right) ?? new Map<UnknownReason, BitSet>();
    doubts.set(right, reasons);
    const set = reasons.get(reason) ?? bitSet(size);
    reasons.set(reason, set);
    add(set, index);
  };
  for (const [place, rights] of attributed.seen) {
    const index = indices.get(place);
    for (const [right, use] of index === undefined ? [] : rights) {
      if (index === undefined || use.lastMs < period.fromMs) {
        continue;
      }
      if (use.lastMs < (madeAgain.get(index) ?? 0)) {
        doubt(right, 'repositoryMadeAgain', index);
      } else {
        used.set(right, [...(used.get(right) ?? []), { ...use, index }]);
      }
    }
  }
  for (const { reason, byPlace } of attributed.doubts) {
    for (const [place, rights] of byPlace) {
      const index = indices.get(place);
      for (const [right, use] of index === undefined ? [] : rights) {
        if (index !== undefined && use.lastMs >= period.fromMs) {
          doubt(right, reason, index);
        }
      }
    }
  }
  return judged.of(access.blocks, attributed.recording).map((judgedUse) => {
    const { right, granted } = judgedUse;
    const mine = (used.get(right) ?? []).filter(({ index }) => has(granted, index));
    const open = doubts.get(right);
    return mine.length === 0 && open === undefined
      ? judgedUse
      : { ...judgedUse, used: mine.toSorted((a, b) => a.index - b.index), absent: without(judgedUse, mine, open) };
  });
}

function without(
  { granted, absent }: RightUse,
  used: readonly UsedRepository[],
  doubts: ReadonlyMap<UnknownReason, BitSet> | undefined,
): AbsentUse[] {
  let taken: BitSet = bitSet(granted.length * 32);
  used.forEach(({ index }) => add(taken, index));
  const groups = new Map<string, AbsentUse>();
  for (const [reason, set] of doubts ?? []) {
    const open = andNot(and(set, granted), taken);
    if (!isEmpty(open)) {
      groups.set(reason, { absence: { kind: 'notKnown', reason }, set: open });
      taken = or(taken, open);
    }
  }
  for (const { absence, set } of absent) {
    const rest = andNot(set, taken);
    if (!isEmpty(rest)) {
      const key = absenceKey(absence);
      const known = groups.get(key);
      groups.set(key, { absence, set: known === undefined ? rest : or(known.set, rest) });
    }
  }
  return [...groups.values()];
}
