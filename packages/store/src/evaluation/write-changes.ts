import type { BitSet } from '@ecr-audit/access';
import type { Sql } from '../sql.ts';
import type { OverlapFinder } from './block-overlaps.ts';
import { type CellChange, type ChangeFinder, changeFinder, type Decided } from './changed-cells.ts';
import { chunksOf } from './chunks.ts';
import { copyLine, copyRows } from './copy-rows.ts';
import type { FoldedAccess, VerdictIds } from './folded-access.ts';
import { intArray } from './int-array.ts';
import type { KnownPrincipal } from './known-subjects.ts';
import type { EvaluationKey } from './save-subjects.ts';

// What no repository has.
const registryChunk = -1;

/** Somebody whose access may have changed, with it before and now. */
export interface Compared {
  readonly principal: KnownPrincipal;
  readonly before: FoldedAccess;
  readonly now: FoldedAccess;
}

/**
 * Writes which cells are decided otherwise from this evaluation on, and returns how many rows that took.
 *
 * `profiles` hold every profile that is met. What principals and repositories (`newPlaces`) have that were seen for the first
 * time is as old as they are, and nothing is written of it.
 */
export async function writeChanges(
  sql: Sql,
  { evaluation }: EvaluationKey,
  compared: readonly Compared[],
  {
    profiles,
    overlaps,
    newPlaces,
  }: {
    readonly profiles: ReadonlyMap<number, VerdictIds>;
    readonly overlaps: OverlapFinder;
    readonly newPlaces: BitSet;
  },
): Promise<number> {
  const known = compared.filter(({ principal }) => !principal.isNew);
  if (known.length === 0) {
    return 0;
  }
  const finder = changeFinder({ profiles, decided: await readDecided(sql, profiles), overlaps, except: newPlaces });
  let rows = 0;
  const lines = linesOf(known, finder, evaluation);
  await copyRows(
    sql,
    sql`
      copy audit.access_change
        (principal_id, changed_in_scan, chunk, unread, actions, members, account_id, region) from stdin`,
    lines.map((line) => {
      rows += 1;
      return line;
    }),
  );
  return rows;
}

function* linesOf(compared: readonly Compared[], finder: ChangeFinder, evaluation: number): Generator<string> {
  // Equal changes of principals that share their access are the same object.
  const tails = new Map<CellChange, readonly string[]>();
  for (const { principal, before, now } of compared) {
    for (const change of finder.between(before, now)) {
      const known = tails.get(change) ?? rowsOf(change).map(copyLine);
      tails.set(change, known);
      for (const tail of known) {
        yield `${principal.id}\t${evaluation}\t${tail}`;
      }
    }
  }
}

/** The rows of a change, from the chunk on. */
function rowsOf({ unread, actions, where }: CellChange): (string | number | null)[][] {
  return 'profileId' in where
    ? [[registryChunk, unread, `\\x${actions}`, null, where.accountId, where.region]]
    : [...chunksOf(where)].map(([chunk, members]) => [chunk, unread, `\\x${actions}`, `\\x${members}`, null, null]);
}

/** What each verdict in these profiles decides. */
async function readDecided(sql: Sql, profiles: ReadonlyMap<number, VerdictIds>): Promise<ReadonlyMap<number, Decided>> {
  const ids = new Set<number>();
  for (const verdicts of profiles.values()) {
    for (const id of verdicts) {
      if (id !== null) {
        ids.add(id);
      }
    }
  }
  const rows = await sql<{ id: number; decided: Decided }[]>`
    select verdict.id,
      case decision when 'unknown' then decision else concat_ws(' ', decision, encode(residual_hash, 'hex')) end as decided
    from unnest(${intArray(ids)}::text::integer[]) as wanted (id) join audit.verdict using (id)`;
  return new Map(rows.map(({ id, decided }) => [id, decided]));
}
