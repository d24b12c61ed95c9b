import type { SnapshotWithParts } from '../carriers/version-pairs.ts';
import type { Capability } from '../ecr/capabilities.ts';
import type { EvaluatedRegistry } from '../evaluate/evaluate-snapshot.ts';
import type { AccessSide } from '../rehearsal/side.ts';
import type { Repository } from '../snapshot/model.ts';
import { type AnsweredCell, answerKey } from './answer-key.ts';
import type { BothSides } from './both-sides.ts';
import type { ConfigurationDifference } from './configuration-difference.ts';
import { differencePaths } from './difference-paths.ts';
import type { PrincipalPair } from './principal-pairs.ts';
import { createHybrids, type Hybrids } from './hybrids.ts';

/** Cells that became other in the same way. */
export interface DriftedCells {
  readonly pairs: readonly PrincipalPair[];
  readonly repositories: readonly Repository[];
  readonly registries: readonly EvaluatedRegistry[];
  readonly capabilities: readonly Capability[];
  readonly actions: readonly string[];
  readonly before: AccessSide;
  readonly after: AccessSide;
}

/** Some of the cells, with what made them so. */
export interface ExplainedCells {
  readonly cells: DriftedCells;
  readonly because: { readonly differences: readonly number[]; readonly together: boolean };
}

// Of principals and resources with the very same differences on their way, so few are tried one by one, since each costs an answer
// for each difference, twice. Of 136 other cells of generated organizations all rest on the differences that these find.
const CELLS_MAX = 6;

/**
 * Finds the differences that made cells what they are, and takes the cells apart by them.
 *
 * Where a single difference lies on the way it is the one. Of several, each is put in place of what was before by itself, and taken
 * back from what is there afterwards by itself: it counts where either makes the answer another. Where none does, as for two that
 * each would have been enough twice over, all are named together.
 */
export function explainDrift({
  sides,
  before,
  after,
  differences,
}: {
  readonly sides: BothSides;
  readonly before: SnapshotWithParts;
  readonly after: SnapshotWithParts;
  readonly differences: readonly ConfigurationDifference[];
}): (cells: DriftedCells) => ExplainedCells[] {
  const paths = differencePaths(sides, differences);
  // Of a policy that differs in what it says of other services, neither putting nor taking changes any answer.
  const candidatesOf = (indices: readonly number[]): readonly number[] => {
    const all = [...new Set(indices)].toSorted((a, b) => a - b);
    const concerning = all.filter((index) => differences[index]?.concernsEcr === true);
    return concerning.length > 0 ? concerning : all;
  };
  const hybrids = createHybrids({ sides, before, after, differences });
  return (cells) => {
    const principals = byDifferences(cells.pairs, (pair) => candidatesOf(paths.ofPrincipal(pair)));
    const repositories = byDifferences(cells.repositories, (each) => candidatesOf(paths.ofRepository(each)));
    const registries = byDifferences(cells.registries, (each) => candidatesOf(paths.ofRegistry(each)));
    return principals.flatMap(({ those: pairs, indices: own }) => [
      ...repositories.map(({ those, indices }) =>
        explained(
          { ...cells, pairs, repositories: those, registries: [] },
          candidatesOf([...own, ...indices]),
          hybrids,
        ),
      ),
      ...registries.map(({ those, indices }) =>
        explained(
          { ...cells, pairs, repositories: [], registries: those },
          candidatesOf([...own, ...indices]),
          hybrids,
        ),
      ),
    ]);
  };
}

interface Alike<Each> {
  readonly those: Each[];
  readonly indices: readonly number[];
}

function byDifferences<Each>(list: readonly Each[], indicesOf: (each: Each) => readonly number[]): Alike<Each>[] {
  const found = new Map<string, Alike<Each>>();
  for (const each of list) {
    const indices = indicesOf(each);
    const key = indices.join(' ');
    const known = found.get(key) ?? { those: [], indices };
    found.set(key, known);
    known.those.push(each);
  }
  return [...found.values()];
}

function explained(cells: DriftedCells, candidates: readonly number[], hybrids: Hybrids): ExplainedCells {
  if (candidates.length <= 1) {
    return { cells, because: { differences: candidates, together: false } };
  }
  const decisive = new Set<number>();
  let together = true;
  for (const cell of someOf(cells)) {
    const [earlier, later] = [answerKey(hybrids.before, cell), answerKey(hybrids.after, cell)];
    for (const index of candidates) {
      const alone = answerKey(hybrids.alone(index), cell);
      if (alone !== earlier || answerKey(hybrids.without(index), cell) !== later) {
        decisive.add(index);
      }
      together &&= alone !== later;
    }
  }
  const found = candidates.filter((index) => decisive.has(index));
  return {
    cells,
    because: {
      differences: found.length === 0 ? candidates : found,
      together: found.length === 0 || (found.length > 1 && together),
    },
  };
}

/** The first principal in the first place for every action, and others for one. */
function* someOf({ pairs, repositories, registries, actions, capabilities }: DriftedCells): Generator<AnsweredCell> {
  // A capability is what its actions are.
  const names = actions.length > 0 ? actions : capabilities;
  const places = [...repositories, ...registries];
  let left = CELLS_MAX;
  for (const [index, place] of places.slice(0, 2).entries()) {
    for (const pair of pairs.slice(0, 2 + index)) {
      left -= 1;
      for (const name of left === CELLS_MAX - 1 ? names : names.slice(0, 1)) {
        yield { pair, place, name };
      }
    }
  }
}
