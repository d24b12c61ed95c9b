import type { AccessProfile, PrincipalAccess } from '../access-matrix.ts';
import { type AccessAnswer, isAccess } from '../answer.ts';
import type { BitSet } from '../bit-set.ts';
import type { PrincipalRef } from '../principal.ts';

/** Some actions with the same answers, in some repositories or on one registry, of one principal. */
export interface HeldPart {
  readonly principal: PrincipalRef;
  readonly answers: readonly HeldAnswer[];
  /** Null for a registry. */
  readonly set: BitSet | null;
  readonly registry: { readonly accountId: string; readonly region: string } | null;
}

export interface HeldAnswer {
  readonly action: string;
  readonly answer: AccessAnswer;
}

/** What a principal may do of some actions: allowed, under a condition, or perhaps. */
export function heldParts({ principal, repositories, registries }: PrincipalAccess, actions: Actions): HeldPart[] {
  return [
    ...repositories.map(({ set, profile }) => ({
      principal,
      answers: answersIn(profile, actions),
      set,
      registry: null,
    })),
    ...registries.map(({ accountId, region, profile }) => ({
      principal,
      answers: answersIn(profile, actions),
      set: null,
      registry: { accountId, region },
    })),
  ].filter(({ answers }) => answers.length > 0);
}

type Actions = readonly string[];

/** A profile is shared by many principals, and asked about the same few lists of actions: by that list, not by what is in it. */
function answersIn(profile: AccessProfile, actions: Actions): readonly HeldAnswer[] {
  const known = asked.get(profile) ?? new Map<Actions, readonly HeldAnswer[]>();
  asked.set(profile, known);
  const answers =
    known.get(actions) ??
    actions.flatMap((action): HeldAnswer[] => {
      const answer = profile.answers.get(action);
      return answer === undefined || !isAccess(answer) ? [] : [{ action, answer }];
    });
  known.set(actions, answers);
  return answers;
}

const asked = new WeakMap<AccessProfile, Map<Actions, readonly HeldAnswer[]>>();
