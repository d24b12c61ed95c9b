import { add, type BitSet } from '@ecr-audit/access';
import type { Sql } from '../sql.ts';
import { addKept, saveUnknownProfiles } from './add-kept.ts';
import { applyDifference } from './apply-difference.ts';
import { overlapFinder } from './block-overlaps.ts';
import { sha256 } from './content-ids.ts';
import { type CellCounter, cellCounter } from './count-cells.ts';
import type { Evaluation, EvaluationCounts } from './evaluation.ts';
import { findUncovered } from './find-uncovered.ts';
import { type Incoming, readIncoming } from './fold-incoming.ts';
import { type FoldedAccess, noAccess } from './folded-access.ts';
import { answeredBy, type Kept, keepUncovered, keptRepositories } from './keep-uncovered.ts';
import { countPositions, type KnownPrincipal, type KnownRepository, readKnownPrincipals } from './known-subjects.ts';
import { emptySet, type SetCatalogue, setCatalogue } from './member-set.ts';
import type { EvaluationKey } from './save-subjects.ts';
import { foldStored, readStoredAccess } from './stored-access.ts';
import { writeChanges } from './write-changes.ts';

/**
 * Writes what differs from the evaluation before: blocks, sets and registries of those principals whose access changed.
 *
 * `kept` are the repositories in which cells stay that this scan could not look at.
 */
export async function writeAccess(
  sql: Sql,
  key: EvaluationKey,
  evaluation: Evaluation,
  repositories: readonly KnownRepository[],
): Promise<{ readonly counts: EvaluationCounts; readonly kept: BitSet }> {
  const catalogue = setCatalogue(await countPositions(sql, key));
  const principals = await readKnownPrincipals(sql, key);
  const read = await readIncoming(evaluation, subjectIds(evaluation, principals, repositories), catalogue);
  const touched = touchedPrincipals(principals, read);
  const isTouched = new Set(touched.map(({ id }) => id));
  const incoming = await read.fold(sql, isTouched);

  const stored = await readStoredAccess(sql, key.targetId, isTouched, catalogue);
  const before = foldStored(stored, catalogue);
  const uncovered = findUncovered(evaluation, repositories, catalogue);
  const answered = answeredBy(evaluation, repositories, catalogue);
  const kept = new Map(
    touched.map((principal): [number, Kept] => {
      const held = { before: before(principal.id), incoming: incoming.access.get(principal.id) };
      return [principal.id, keepUncovered(principal, held, { uncovered, answered })];
    }),
  );
  const unknown = await saveUnknownProfiles(sql, kept.values(), stored.profiles);
  const access = new Map(
    [...kept].map(([id, keptOfOne]): [number, FoldedAccess] => [
      id,
      addKept(incoming.access.get(id) ?? noAccess, keptOfOne, unknown, catalogue),
    ]),
  );

  const profiles = new Map([...stored.profiles, ...incoming.profiles, ...unknown.profiles]);
  const overlaps = overlapFinder();
  const counter = cellCounter(profiles, overlaps);
  const hashes = new Map([...kept].map(([id, keptOfOne]) => [id, hashOf(read.hashes.get(id) ?? null, keptOfOne)]));
  const counts = {
    ...countDifference(access, before, counter),
    rowsWritten:
      (await applyDifference(sql, key, stored, { access, hashes })) +
      (await writeChanges(
        sql,
        key,
        touched.map((principal) => ({
          principal,
          before: before(principal.id),
          now: access.get(principal.id) ?? noAccess,
        })),
        { profiles, overlaps, newPlaces: newPlaces(repositories, catalogue) },
      )),
  };
  for (const id of read.hashes.keys()) {
    counts.unchanged += isTouched.has(id) ? 0 : read.cellsOf(id);
  }
  return { counts, kept: keptRepositories(kept.values(), catalogue) };
}

function subjectIds(
  evaluation: Evaluation,
  principals: readonly KnownPrincipal[],
  repositories: readonly KnownRepository[],
): { readonly principalIds: ReadonlyMap<string, number>; readonly positions: readonly number[] } {
  const positionByArn = new Map(repositories.map(({ arn, position }) => [arn, position]));
  return {
    principalIds: new Map(principals.filter(({ isListed }) => isListed).map(({ id, uniqueId }) => [uniqueId, id])),
    positions: evaluation.repositories.map(({ arn }) => {
      const position = positionByArn.get(arn);
      if (position === undefined) {
        throw new Error(`the repository ${arn} was not saved`);
      }
      return position;
    }),
  };
}

/**
 * Those whose access differs from what is valid, so that it must be read.
 *
 * Of everybody else the hash says that it is the same, so nothing is valid of them that could not be looked at.
 */
function touchedPrincipals(principals: readonly KnownPrincipal[], incoming: Incoming): KnownPrincipal[] {
  return principals.filter(({ id, accessHash }) => accessHash !== (incoming.hashes.get(id) ?? null));
}

function newPlaces(repositories: readonly KnownRepository[], catalogue: SetCatalogue): BitSet {
  const bits = emptySet(catalogue);
  for (const { position, isNew } of repositories) {
    if (isNew) {
      add(bits, position);
    }
  }
  return bits;
}

/** What stands for the access of a principal. Where something was kept it is like no other, so that it is read again. */
function hashOf(incoming: string | null, { blocks, registries }: Kept): string | null {
  return blocks.length + registries.length === 0 ? incoming : sha256(`kept beside ${incoming ?? 'nothing'}`);
}

function countDifference(
  access: ReadonlyMap<number, FoldedAccess>,
  before: (principalId: number) => FoldedAccess,
  counter: CellCounter,
): Omit<EvaluationCounts, 'rowsWritten'> {
  let [opened, closed, unchanged] = [0, 0, 0];
  for (const [id, now] of access) {
    const earlier = before(id);
    const shared = counter.shared(earlier, now);
    opened += counter.cellsOf(now) - shared;
    closed += counter.cellsOf(earlier) - shared;
    unchanged += shared;
  }
  return { opened, closed, unchanged };
}
