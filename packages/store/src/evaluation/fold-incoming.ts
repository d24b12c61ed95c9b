import { setImmediate } from 'node:timers/promises';
import {
  type AccessAnswer,
  type AccessProfile,
  add,
  type BitSet,
  count,
  isAccess,
  members,
  or,
  type PrincipalAccess,
  type RegistryAccess,
  type RepositoryAccess,
} from '@ecr-audit/access';
import type { Sql } from '../sql.ts';
import { checkRegistries, checkSets, inconsistent } from './check-access.ts';
import { contentHashes } from './content-hashes.ts';
import { sha256 } from './content-ids.ts';
import type { Evaluation } from './evaluation.ts';
import { type FoldedAccess, type HeldRegistry, registryKey, type VerdictIds } from './folded-access.ts';
import { emptySet, type MemberSet, type SetCatalogue, setsOf } from './member-set.ts';
import { saveActions } from './save-actions.ts';
import { saveProfiles, verdictIdsOf } from './save-profiles.ts';
import { saveVerdicts } from './save-verdicts.ts';

/** What the evaluator found. */
export interface Incoming {
  /** SHA-256 of what each listed principal may do, by our id; null where it may do nothing. */
  readonly hashes: ReadonlyMap<number, string | null>;
  cellsOf(principalId: number): number;
  /** What some of the principals may do, in the ids of the database, after saving what their profiles say. */
  fold(sql: Sql, principalIds: Iterable<number>): Promise<FoldedIncoming>;
}

interface FoldedIncoming {
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
 * Reads the access of an evaluation.
 *
 * Throws `inconsistentEvaluation` for access that contradicts itself or the lists of the evaluation.
 */
export async function readIncoming(
  evaluation: Evaluation,
  subjects: SubjectIds,
  catalogue: SetCatalogue,
): Promise<Incoming> {
  const read = await readAccess(evaluation, subjects);
  const contents = contentHashes();
  const place = placed(subjects.positions, catalogue);
  const byContent = foldsOnce((profile) => contents.ofProfile(profile), place, catalogue);
  const linesOf = oncePerObject((list: PrincipalAccess['repositories']) =>
    [...byContent.blocks(list)].map(([profile, set]) => `${profile} ${set.hash}`).toSorted(),
  );
  const hashes = new Map<number, string | null>();
  for (const [id, { repositories, registries }] of read) {
    const own = [...byContent.registries(registries)].map(([key, { profile }]) => `${profile} ${key}`).toSorted();
    const lines = [...linesOf(repositories), ...own];
    hashes.set(id, lines.length === 0 ? null : sha256(lines.join('\n')));
  }
  // Equal sets and profiles are shared, so each is counted once.
  const sizeOf = oncePerObject(count);
  const cellsOf = oncePerObject(cellCount);
  const cellsIn = oncePerObject((list: PrincipalAccess['repositories']): number =>
    list.reduce((sum, { set, profile }) => sum + sizeOf(set) * cellsOf(profile), 0),
  );
  return {
    hashes,
    cellsOf(id) {
      const access = read.get(id);
      return access === undefined
        ? 0
        : cellsIn(access.repositories) + access.registries.reduce((sum, { profile }) => sum + cellsOf(profile), 0);
    },
    fold: (sql, ids) =>
      foldSome(sql, new Map([...ids].flatMap((id) => entryOf(read, id))), (profileIds) =>
        foldsOnce((profile) => profileIds.get(profile) ?? null, place, catalogue),
      ),
  };
}

function entryOf(read: ReadonlyMap<number, PrincipalAccess>, id: number): [number, PrincipalAccess][] {
  const access = read.get(id);
  return access === undefined ? [] : [[id, access]];
}

function cellCount({ answers }: AccessProfile): number {
  let cells = 0;
  for (const answer of answers.values()) {
    cells += isAccess(answer) ? 1 : 0;
  }
  return cells;
}

async function foldSome(
  sql: Sql,
  read: ReadonlyMap<number, PrincipalAccess>,
  foldsBy: (profileIds: ReadonlyMap<AccessProfile, number | undefined>) => Folds<number>,
): Promise<FoldedIncoming> {
  const distinct = new Set(
    read.values().flatMap(({ repositories, registries }) => [...repositories, ...registries].map(profileOf)),
  );
  const answers = new Set<AccessAnswer>();
  const actions = new Set<string>();
  for (const profile of distinct) {
    for (const [action, answer] of profile.answers) {
      if (isAccess(answer)) {
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
  const folds = foldsBy(new Map([...lists].map(([profile, list]) => [profile, saved.get(list)])));
  return {
    access: new Map(
      [...read].map(([id, { repositories, registries }]) => [
        id,
        { blocks: folds.blocks(repositories), registries: registriesOf(folds.registries(registries)) },
      ]),
    ),
    profiles: new Map([...saved].map(([list, id]) => [id, list])),
  };
}

function registriesOf(held: ReadonlyMap<string, PlacedRegistry<number>>): ReadonlyMap<string, HeldRegistry> {
  return new Map(
    [...held].map(([key, { accountId, region, profile }]) => [key, { accountId, region, profileId: profile }]),
  );
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

/** The bits of a set by position. Most lists share their sets. */
function placed(positions: readonly number[], catalogue: SetCatalogue): (set: BitSet) => BitSet {
  return oncePerObject((set: BitSet) => {
    const bits = emptySet(catalogue);
    for (const index of members(set)) {
      const position = positions[index];
      // `checkSets` refused all others.
      if (position !== undefined) {
        add(bits, position);
      }
    }
    return bits;
  });
}

interface PlacedRegistry<Profile> {
  readonly accountId: string;
  readonly region: string;
  readonly profile: Profile;
}

interface Folds<Profile> {
  blocks(list: readonly RepositoryAccess[]): ReadonlyMap<Profile, MemberSet>;
  registries(list: readonly RegistryAccess[]): ReadonlyMap<string, PlacedRegistry<Profile>>;
}

/** Principals that no policy can tell apart share their lists, so each is folded once. Null profiles are left out. */
function foldsOnce<Profile>(
  nameOf: (profile: AccessProfile) => Profile | null,
  place: (set: BitSet) => BitSet,
  catalogue: SetCatalogue,
): Folds<Profile> {
  const blocks = (list: readonly RepositoryAccess[]): ReadonlyMap<Profile, MemberSet> => {
    const bitsByProfile = new Map<Profile, BitSet>();
    for (const { set, profile } of list) {
      const name = nameOf(profile);
      if (name !== null) {
        const bits = place(set);
        const before = bitsByProfile.get(name);
        bitsByProfile.set(name, before === undefined ? bits : or(before, bits));
      }
    }
    return setsOf(bitsByProfile, catalogue);
  };
  const registries = (list: readonly RegistryAccess[]): ReadonlyMap<string, PlacedRegistry<Profile>> => {
    const held = new Map<string, PlacedRegistry<Profile>>();
    for (const { accountId, region, profile } of list) {
      const name = nameOf(profile);
      if (name !== null) {
        held.set(registryKey({ accountId, region }), { accountId, region, profile: name });
      }
    }
    return held;
  };
  return { blocks: oncePerObject(blocks), registries: oncePerObject(registries) };
}

function oncePerObject<Argument extends object, Result>(compute: (argument: Argument) => Result) {
  const results = new Map<Argument, Result>();
  return (argument: Argument): Result => {
    let result = results.get(argument);
    if (result === undefined) {
      result = compute(argument);
      results.set(argument, result);
    }
    return result;
  };
}
