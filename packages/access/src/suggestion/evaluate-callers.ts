import type { AccessProfile, PrincipalAccess, RepositoryAccess } from '../access-matrix.ts';
import type { AccessAnswer } from '../answer.ts';
import { add, bitSet, type BitSet, has, members } from '../bit-set.ts';
import { createAccessRun, type RepositoryRun } from '../engine/access-run.ts';
import { callerAccess } from '../engine/caller-access.ts';
import { keptRunOf } from '../engine/kept-run.ts';
import type { Caller } from '../evaluate/caller.ts';
import type { IamPrincipal, NamedDocument, Repository, Snapshot } from '../snapshot/model.ts';

/** What a caller may do if its identity policies were these. */
export interface Trial {
  readonly access: PrincipalAccess;
  /** Null: denied. `index` is that of a repository. */
  answer(index: number, action: string): AccessAnswer | null;
  registryAnswer(region: string, action: string): AccessAnswer | null;
}

/** The same caller with other identity policies; boundary, SCPs and everything else stay. */
export function withPolicies(caller: Caller, principal: IamPrincipal, documents: readonly NamedDocument[]): Caller {
  return { ...caller, iam: { ...principal, inlinePolicies: documents, attachedPolicyArns: [], groups: [] } };
}

/**
 * Evaluates versions of callers of one account, in whatever number: what they share is matched once. The repositories are
 * those of the snapshot and then `others`, of which no snapshot knows.
 */
export function trialsOf(
  snapshot: Snapshot,
  others: readonly Repository[],
): (callers: readonly Caller[]) => readonly Trial[] {
  const kept = keptRunOf(snapshot);
  const length = kept.repositories.length + others.length;
  // The others are few, so the engine that knows the rest is asked first: making one for all of them took 30 times as long.
  const beside = others.length === 0 ? null : kept.over(others);
  if (others.length > 0 && beside === null) {
    return trialsAnew(snapshot, [...kept.repositories, ...others]);
  }
  const widened = new Map<BitSet, BitSet>();
  const widen = (set: BitSet, from: number): BitSet => {
    const known = widened.get(set);
    if (known !== undefined) {
      return known;
    }
    const wide = bitSet(length);
    for (const index of members(set)) {
      add(wide, from + index);
    }
    widened.set(set, wide);
    return wide;
  };
  const placed = (blocks: readonly RepositoryAccess[], from: number): RepositoryAccess[] =>
    blocks.map(({ set, profile }) => ({ set: widen(set, from), profile }));
  return (callers) =>
    callers.map((caller) => {
      const access = kept.accessOf(caller);
      if (beside === null) {
        return trialOf(access);
      }
      const repositories = [
        ...placed(access.repositories, 0),
        ...placed(beside.accessOf(caller).repositories, kept.repositories.length),
      ];
      return trialOf({ ...access, repositories });
    });
}

/** The same where nothing is known yet of the regions that the repositories are in. */
function trialsAnew(
  snapshot: Snapshot,
  repositories: readonly Repository[],
): (callers: readonly Caller[]) => readonly Trial[] {
  const regions = repositories.map(({ region }) => region);
  let run: RepositoryRun | null = null;
  return (callers) => {
    const asked = (run ??= createAccessRun(snapshot, {
      callers,
      regions,
      includeDenied: false,
      keepsCallers: false,
    }).over(repositories));
    return callers.map((caller) => trialOf(asked.accessOf(caller)));
  };
}

/** Evaluates several callers at once. */
export function tryCallers(
  snapshot: Snapshot,
  callers: readonly Caller[],
  repositories: readonly Repository[],
): readonly Trial[] {
  return [...callerAccess(snapshot, { callers, repositories }, {})].map(trialOf);
}

function trialOf(access: PrincipalAccess): Trial {
  return {
    access,
    answer: (index, action) => answerIn(access.repositories.find(({ set }) => has(set, index))?.profile, action),
    registryAnswer: (region, action) =>
      answerIn(access.registries.find((registry) => registry.region === region)?.profile, action),
  };
}

function answerIn(profile: AccessProfile | undefined, action: string): AccessAnswer | null {
  return profile?.answers.get(action) ?? null;
}
