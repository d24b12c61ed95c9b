import { describe, expect, test } from 'vitest';

import { describeCounterexample } from './describe-counterexample.ts';
import { type DifferentialFigures, runDifferential } from './run-differential.ts';

const BATCHES = 20;
const ORGANIZATIONS_PER_BATCH = 100;
const SEED = 20261122;

describe(`${BATCHES * ORGANIZATIONS_PER_BATCH} generated organizations`, () => {
  const all: DifferentialFigures[] = [];

  test.each(Array.from({ length: BATCHES }, (_, index) => SEED + index))(
    'are answered by the engine as by the reference evaluator, cell by cell: from seed %i',
    async (seed) => {
      const { figures, counterexample } = await runDifferential({
        seed,
        isOver: ({ organizations }) => organizations >= ORGANIZATIONS_PER_BATCH,
      });
      expect(counterexample === null ? null : describeCounterexample(counterexample)).toBeNull();
      expect(figures.organizations).toBe(ORGANIZATIONS_PER_BATCH);
      // A residual that is too large to compare would be one that nobody checked.
      expect(figures.residuals.undecided).toBe(0);
      all.push(figures);
    },
  );

  test('hold many cells of every decision, since cells that all come to the same would prove little', () => {
    const cells = all.reduce((sum, figures) => sum + figures.cells, 0);
    const rare = (['allowed', 'conditional', 'unknown', 'explicitDeny', 'implicitDeny'] as const).filter(
      (decision) => all.reduce((sum, { decisions }) => sum + decisions[decision], 0) / cells < 0.03,
    );
    expect(rare).toEqual([]);
  });
});
