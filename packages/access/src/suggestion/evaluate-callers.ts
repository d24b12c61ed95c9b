import type { AccessProfile, PrincipalAccess } from '../access-matrix.ts';
import type { AccessAnswer } from '../answer.ts';
import { has } from '../bit-set.ts';
import { callerAccess } from '../engine/caller-access.ts';
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

/** Evaluates versions of callers one after the other, in whatever number: what they share is matched once. */
export function trialsOf(
  snapshot: Snapshot,
  repositories: readonly Repository[],
): (callers: readonly Caller[]) => readonly Trial[] {
  // The evaluation walks the list as it grows. Which callers come first makes no difference: it asks the list only for the
  // accounts whose registries it must know, and all versions are of one account.
  const asked: Caller[] = [];
  let running: Iterator<PrincipalAccess> | null = null;
  return (callers) => {
    asked.push(...callers);
    running ??= callerAccess(snapshot, { callers: asked, repositories }, {});
    const trials: Trial[] = [];
    while (trials.length < callers.length) {
      const next: IteratorResult<PrincipalAccess> = running.next();
      if (next.done === true) {
        throw new Error('the engine gave no answer about a caller');
      }
      trials.push(trialOf(next.value));
    }
    return trials;
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
