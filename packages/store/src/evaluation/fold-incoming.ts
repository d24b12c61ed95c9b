import { setImmediate } from 'node:timers/promises';
import {
  type AccessAnswer,
  type AccessProfile,
  add,
  type BitSet,
  members,
  or,
  type PrincipalAccess,
  type RegistryAccess,
  type RepositoryAccess,
} from '@ecr-audit/access';
import type { Sql } from '../sql.ts';
import { checkRegistries, checkSets, inconsistent } from './check-access.ts';
import { sha256 } from './content-ids.ts';
import type { Evaluation } from './evaluation.ts';
import { type FoldedAccess, type HeldRegistry, registryKey, type VerdictIds } from './folded-access.ts';
import { emptySet, type MemberSet, type SetCatalogue, setsOf } from './member-set.ts';
import { saveActions } from './save-actions.ts';
import { saveProfiles, verdictIdsOf } from './save-profiles.ts';
import { saveVerdicts } from './save-verdicts.ts';

/** What the evaluator found, in the ids of the database. */
export interface Incoming {
  /** By our id, for each principal that is listed. */
  readonly access: ReadonlyMap<number, FoldedAccess>;
  readonly profiles: ReadonlyMap<number, VerdictIds>;
}

/** How the evaluation's principals and repositories are called in the database. */
export interface SubjectIds {
  readonly principalIds: ReadonlyMap<string, number>;
  /** Position of each repository of the evaluation, in its order. */
  readonly positions: readonly number[];
}

// The access may be computed as it is read: signals, timers and lock renewals need their turn in between.
const principalsBetweenTurns = 50;

/**
 * Reads the access of an evaluation, and saves what its profiles say.
 *
 * Throws `inconsistentEvaluation` for access that contradicts itself or the lists of the evaluation.
 */
export async function foldIncoming(
  sql: Sql,
  evaluation: Evaluation,
  subjects: SubjectIds,
  catalogue: SetCatalogue,
): Promise<Incoming> {
  const read = await readAccess(evaluation, subjects);
  const distinct = new Set(
    read.values().flatMap(({ repositories, registries }) => [...repositories, ...registries].map(profileOf)),
  );
  const answers = new Set<AccessAnswer>();
  const actions = new Set<string>();
  for (const profile of distinct) {
    for (const [action, answer] of profile.answers) {
      if (answer.decision !== 'implicitDeny' && answer.decision !== 'explicitDeny') {
        answers.add(answer);
        actions.add(action);
      }
    }
  }
  const actionIds = await saveActions(sql, actions);
  const verdictIds = await saveVerdicts(sql, answers);
  const lists = new Map([...distinct].map((profile) => [profile, verdictIdsOf(profile, actionIds, verdictIds)]));
  const decisions = new Map([...verdictIds].map(([{ decision }, id]) => [id, decision]));
  const saved = await saveProfiles(
    sql,
    lists.values().filter((list) => list.length > 0),
    decisions,
  );
  const profileIds = new Map([...lists].map(([profile, list]) => [profile, saved.get(list)]));
  const fold = foldsOnce(profileIds, subjects.positions, catalogue);
  return {
    access: new Map(
      [...read].map(([id, { repositories, registries }]) => [
        id,
        { blocks: fold.blocks(repositories), registries: fold.registries(registries) },
      ]),
    ),
    profiles: new Map([...saved].map(([list, id]) => [id, list])),
  };
}

/** SHA-256 of what a principal may do, equal for equal access in every evaluation of a target. */
export function hashOfAccess({ blocks, registries }: FoldedAccess): string {
  const lines = [
    ...[...blocks].map(([profileId, set]) => `${profileId} ${set.hash}`),
    ...[...registries].map(([key, { profileId }]) => `${profileId} ${key}`),
  ];
  return sha256(lines.toSorted().join('\n'));
}

function profileOf({ profile }: RepositoryAccess | RegistryAccess): AccessProfile {
  return profile;
}

async function readAccess(
  { access, principals, repositories, registries }: Evaluation,
  { principalIds }: SubjectIds,
): Promise<ReadonlyMap<number, PrincipalAccess>> {
  const answered = new Set(registries.map(registryKey));
  const read = new Map<number, PrincipalAccess>();
  const checked = new WeakSet<object>();
  let number = 0;
  for (const entry of access) {
    const id = principalIds.get(entry.principal.id);
    if (id === undefined || read.has(id)) {
      throw inconsistent(
        `there is access of \`${entry.principal.arn}\`${id === undefined ? '' : ' twice'}: expected access once for each principal that is listed`,
      );
    }
    if (!checked.has(entry.repositories)) {
      checked.add(entry.repositories);
      checkSets(entry, repositories.length);
    }
    checkRegistries(entry, answered);
    read.set(id, entry);
    number += 1;
    if (number % principalsBetweenTurns === 0) {
      await setImmediate();
    }
  }
  // Without this, an evaluator that stops early would look like the revocation of everything that it did not come to.
  const missing = principals.find(({ id }) => !read.has(principalIds.get(id) ?? -1));
  if (missing !== undefined) {
    throw inconsistent(
      `there is no access of \`${missing.arn}\`: expected access once for each principal that is listed`,
    );
  }
  return read;
}

/** Principals that no policy can tell apart share their lists, and most lists share their sets, so each is folded once. */
function foldsOnce(
  profileIds: ReadonlyMap<AccessProfile, number | undefined>,
  positions: readonly number[],
  catalogue: SetCatalogue,
): {
  blocks(list: readonly RepositoryAccess[]): ReadonlyMap<number, MemberSet>;
  registries(list: readonly RegistryAccess[]): ReadonlyMap<string, HeldRegistry>;
} {
  const placed = new Map<BitSet, BitSet>();
  const place = (set: BitSet): BitSet => {
    let bits = placed.get(set);
    if (bits === undefined) {
      bits = emptySet(catalogue);
      for (const index of members(set)) {
        const position = positions[index];
        // `checkSets` refused all others.
        if (position !== undefined) {
          add(bits, position);
        }
      }
      placed.set(set, bits);
    }
    return bits;
  };
  const blocks = (list: readonly RepositoryAccess[]): ReadonlyMap<number, MemberSet> => {
    const bitsByProfile = new Map<number, BitSet>();
    for (const { set, profile } of list) {
      const profileId = profileIds.get(profile);
      if (profileId !== undefined) {
        const bits = place(set);
        const before = bitsByProfile.get(profileId);
        bitsByProfile.set(profileId, before === undefined ? bits : or(before, bits));
      }
    }
    return setsOf(bitsByProfile, catalogue);
  };
  const registries = (list: readonly RegistryAccess[]): ReadonlyMap<string, HeldRegistry> => {
    const held = new Map<string, HeldRegistry>();
    for (const { accountId, region, profile } of list) {
      const profileId = profileIds.get(profile);
      if (profileId !== undefined) {
        held.set(registryKey({ accountId, region }), { accountId, region, profileId });
      }
    }
    return held;
  };
  return { blocks: oncePerObject(blocks), registries: oncePerObject(registries) };
}

function oncePerObject<Argument extends object, Result>(compute: (argument: Argument) => Result) {
  const results = new WeakMap<Argument, Result>();
  return (argument: Argument): Result => {
    let result = results.get(argument);
    if (result === undefined) {
      result = compute(argument);
      results.set(argument, result);
    }
    return result;
  };
}
