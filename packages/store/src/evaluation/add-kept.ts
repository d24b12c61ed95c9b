import { type AccessAnswer, type BitSet, or } from '@ecr-audit/access';
import type { Sql } from '../sql.ts';
import { type FoldedAccess, registryKey, type VerdictIds } from './folded-access.ts';
import { intArray } from './int-array.ts';
import type { Kept } from './keep-uncovered.ts';
import { type SetCatalogue, setsOf } from './member-set.ts';
import { saveProfiles } from './save-profiles.ts';
import { saveVerdicts } from './save-verdicts.ts';

/** Profiles in which everything is unknown. */
export interface UnknownProfiles {
  /** What a profile becomes where `what` could not be read. */
  of(profileId: number, what: string): number;
  readonly profiles: ReadonlyMap<number, VerdictIds>;
}

/** Saves what the profiles of kept cells become. A cell that is unknown already stays word for word as it is. */
export async function saveUnknownProfiles(
  sql: Sql,
  kept: Iterable<Kept>,
  profiles: ReadonlyMap<number, VerdictIds>,
): Promise<UnknownProfiles> {
  const wanted = new Map<string, { readonly profileId: number; readonly what: string }>();
  for (const { blocks, registries } of kept) {
    for (const { profileId, what } of [...blocks, ...registries]) {
      wanted.set(`${profileId} ${what}`, { profileId, what });
    }
  }
  if (wanted.size === 0) {
    return { of: refuseUnkept, profiles: new Map() };
  }
  const answers = new Map([...wanted.values()].map(({ what }) => [what, unknownBecauseOf(what)]));
  const verdictIds = await saveVerdicts(sql, answers.values());
  const unknownByWhat = new Map([...answers].map(([what, answer]) => [what, verdictIds.get(answer) ?? null]));
  const isUnknown = await readUnknown(sql, new Set([...wanted.values()].map(({ profileId }) => profileId)));
  const lists = new Map(
    [...wanted].map(([key, { profileId, what }]): [string, VerdictIds] => [
      key,
      (profiles.get(profileId) ?? []).map((id) =>
        id === null || isUnknown.has(id) ? id : (unknownByWhat.get(what) ?? null),
      ),
    ]),
  );
  const decisions = new Map(
    [...isUnknown, ...verdictIds.values()].map((id): [number, AccessAnswer['decision']] => [id, 'unknown']),
  );
  const ids = await saveProfiles(sql, lists.values(), decisions);
  return {
    of: (profileId, what) => {
      const list = lists.get(`${profileId} ${what}`);
      const id = list === undefined ? undefined : ids.get(list);
      return id ?? refuseUnkept(profileId);
    },
    profiles: new Map([...ids].map(([list, id]) => [id, list])),
  };
}

function refuseUnkept(profileId: number): never {
  throw new Error(`nothing was kept of profile ${profileId}`);
}

function unknownBecauseOf(what: string): AccessAnswer {
  return {
    decision: 'unknown',
    residual: { unreadable: what },
    reasons: [],
    limits: [{ code: 'notCovered', message: `${what} could not be read in this scan` }],
  };
}

async function readUnknown(sql: Sql, profileIds: ReadonlySet<number>): Promise<ReadonlySet<number>> {
  const rows = await sql<{ id: number }[]>`
    select distinct verdict.id
    from unnest(${intArray(profileIds)}::text::integer[]) as wanted (id)
    join audit.access_profile profile on profile.id = wanted.id
    cross join lateral unnest(profile.verdict_ids) as said (id)
    join audit.verdict on verdict.id = said.id
    where verdict.decision = 'unknown'`;
  return new Set(rows.map(({ id }) => id));
}

/** What the evaluation found, and what was kept beside it. */
export function addKept(
  incoming: FoldedAccess,
  kept: Kept,
  unknown: UnknownProfiles,
  catalogue: SetCatalogue,
): FoldedAccess {
  if (kept.blocks.length === 0 && kept.registries.length === 0) {
    return incoming;
  }
  const bitsByProfile = new Map<number, BitSet>([...incoming.blocks].map(([id, { bits }]) => [id, bits]));
  for (const { bits, profileId, what } of kept.blocks) {
    const id = unknown.of(profileId, what);
    const before = bitsByProfile.get(id);
    bitsByProfile.set(id, before === undefined ? bits : or(before, bits));
  }
  const registries = new Map(incoming.registries);
  for (const { accountId, region, profileId, what } of kept.registries) {
    registries.set(registryKey({ accountId, region }), { accountId, region, profileId: unknown.of(profileId, what) });
  }
  return { blocks: setsOf(bitsByProfile, catalogue), registries };
}
