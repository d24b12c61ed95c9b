import { add, addAll, and, andNot, bitSet, type BitSet, intersects, isEmpty, keyOf, members } from '../bit-set.ts';
import type { EvaluatedRepository } from '../evaluate/evaluate-snapshot.ts';
import { REPOSITORY_RIGHTS, type Right } from './evidence.ts';
import type { GrantedBlock } from './granted-access.ts';
import { type Absence, judgeAbsence, type Period } from './judge-absence.ts';
import type { Observation, Place } from './observation.ts';
import type { AbsentUse, RightUse } from './report.ts';

/** Whose use is recorded where. */
export type Recording =
  /** In the history of its own account, and of the registry's. Null: in that of the registry alone. */
  | { readonly kind: 'recorded'; readonly callerAccountId: string | null }
  /** Nobody says that the owner gets such events: only where `seenIn` has the registry. */
  | { readonly kind: 'outside'; readonly key: string; readonly seenIn: ReadonlySet<string> };

/** Judges what nobody was seen to use, once for all principals that hold the same. */
export interface JudgedAccess {
  of(blocks: readonly GrantedBlock[], recording: Recording): readonly RightUse[];
}

/** The repositories of one registry among some: those that were always there, and those that were made again. */
interface Split {
  readonly registry: Place;
  readonly always: BitSet;
  readonly again: readonly number[];
}

interface Input {
  readonly repositories: readonly EvaluatedRepository[];
  readonly observation: Observation;
  readonly period: Period;
  /** When repositories were made again, by index. */
  readonly madeAgain: ReadonlyMap<number, number>;
}

export function judgedAccess({ repositories, observation, period, madeAgain }: Input): JudgedAccess {
  const known = new Map<readonly GrantedBlock[], Map<string, readonly RightUse[]>>();
  const registries = registrySets(repositories);
  const again = bitSet(repositories.length);
  for (const index of madeAgain.keys()) {
    add(again, index);
  }
  // Sets and what is said of them recur among principals, so both are worked out once.
  const splits = new Map<string, readonly Split[]>();
  const splitOf = (granted: BitSet): readonly Split[] => {
    const key = keyOf(granted);
    const known =
      splits.get(key) ??
      registries.flatMap(({ registry, set }): Split[] => {
        if (!intersects(set, granted)) {
          return [];
        }
        const there = and(set, granted);
        return [{ registry, always: andNot(there, again), again: [...members(and(there, again))] }];
      });
    splits.set(key, known);
    return known;
  };
  const absences = new Map<string, Map<Place, Absence>>();
  const found = new Map<string, Map<readonly Split[], readonly AbsentUse[]>>();

  const absentUses = (granted: BitSet, right: Right, recording: Recording): readonly AbsentUse[] => {
    const split = splitOf(granted);
    const key = `${recordingKey(recording)} ${right}`;
    const bySplit = found.get(key) ?? new Map<readonly Split[], readonly AbsentUse[]>();
    found.set(key, bySplit);
    const byRegistry = absences.get(key) ?? new Map<Place, Absence>();
    absences.set(key, byRegistry);
    const always = (registry: Place): Absence => {
      const absence =
        byRegistry.get(registry) ?? judged({ observation, period, registry, right, recording, sinceMs: 0 });
      byRegistry.set(registry, absence);
      return absence;
    };
    const uses =
      bySplit.get(split) ??
      merged(split, always, (registry, index) =>
        judged({ observation, period, registry, right, recording, sinceMs: madeAgain.get(index) ?? 0 }),
      );
    bySplit.set(split, uses);
    return uses;
  };
  const merged = (
    split: readonly Split[],
    absenceAt: (registry: Place) => Absence,
    absenceOfOne: (registry: Place, index: number) => Absence,
  ): AbsentUse[] => {
    const groups = new Map<string, { absence: Absence; set: BitSet }>();
    const groupOf = (absence: Absence): BitSet => {
      const group = groups.get(absenceKey(absence)) ?? { absence, set: bitSet(repositories.length) };
      groups.set(absenceKey(absence), group);
      return group.set;
    };
    for (const each of split) {
      if (!isEmpty(each.always)) {
        addAll(groupOf(absenceAt(each.registry)), each.always);
      }
      for (const index of each.again) {
        add(groupOf(absenceOfOne(each.registry, index)), index);
      }
    }
    return [...groups.values()];
  };

  return {
    of(blocks, recording) {
      const byRecording = known.get(blocks) ?? new Map<string, readonly RightUse[]>();
      known.set(blocks, byRecording);
      const key = recordingKey(recording);
      const rights = byRecording.get(key) ?? rightsOf(blocks, repositories.length, recording, absentUses);
      byRecording.set(key, rights);
      return rights;
    },
  };
}

/** The same text for the same absence. */
export function absenceKey(absence: Absence): string {
  return absence.kind === 'unused'
    ? `${absence.window.fromMs} ${absence.window.untilMs} ${absence.confidence}`
    : absence.reason;
}

function rightsOf(
  blocks: readonly GrantedBlock[],
  length: number,
  recording: Recording,
  absentUses: (granted: BitSet, right: Right, recording: Recording) => readonly AbsentUse[],
): RightUse[] {
  return REPOSITORY_RIGHTS.flatMap((right): RightUse[] => {
    const granted = bitSet(length);
    const uncertain = bitSet(length);
    for (const { set, rights } of blocks) {
      const decision = rights.get(right);
      if (decision !== undefined) {
        addAll(granted, set);
        if (decision !== 'allowed') {
          addAll(uncertain, set);
        }
      }
    }
    return isEmpty(granted)
      ? []
      : [{ right, granted, uncertain, used: [], absent: absentUses(granted, right, recording) }];
  });
}

function judged({
  recording,
  registry,
  right,
  sinceMs,
  observation,
  period,
}: {
  readonly recording: Recording;
  readonly registry: Place;
  readonly right: Right;
  readonly sinceMs: number;
  readonly observation: Observation;
  readonly period: Period;
}): Absence {
  if (recording.kind === 'outside' && !recording.seenIn.has(`${registry.accountId} ${registry.region}`)) {
    return { kind: 'notKnown', reason: 'outsideUseNotSeen' };
  }
  const callerAccountId = recording.kind === 'outside' ? null : recording.callerAccountId;
  const absence = judgeAbsence(observation, period, { callerAccountId, registry, right, sinceMs });
  // That some events of outsiders arrive does not say that all do.
  return recording.kind === 'outside' && absence.kind === 'unused' ? { ...absence, confidence: 'low' } : absence;
}

function recordingKey(recording: Recording): string {
  return recording.kind === 'recorded' ? `recorded ${recording.callerAccountId ?? ''}` : `outside ${recording.key}`;
}

function registrySets(
  repositories: readonly EvaluatedRepository[],
): readonly { readonly registry: Place; readonly set: BitSet }[] {
  const sets = new Map<string, { registry: Place; set: BitSet }>();
  for (const [index, { accountId, region }] of repositories.entries()) {
    const key = `${accountId} ${region}`;
    const entry = sets.get(key) ?? { registry: { accountId, region }, set: bitSet(repositories.length) };
    sets.set(key, entry);
    add(entry.set, index);
  }
  return [...sets.values()];
}
