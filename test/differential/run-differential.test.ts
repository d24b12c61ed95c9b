import { type AccessRow, evaluateByReference, type ReferenceOptions, type Snapshot } from '@ecr-audit/access';
import { expect, test } from 'vitest';

import { EVALUATORS } from './compare/compare-evaluators.ts';
import { describeCounterexample } from './describe-counterexample.ts';
import { runDifferential } from './run-differential.ts';

/** Denies everything where any statement with a condition on an endpoint decides: wrong in many organizations. */
function* mistaken(snapshot: Snapshot, options: ReferenceOptions): Generator<AccessRow> {
  for (const row of evaluateByReference(snapshot, options)) {
    const isWrong = JSON.stringify(row.residual).includes('aws:SourceVpce');
    yield isWrong ? { ...row, decision: 'implicitDeny', residual: null } : row;
  }
}

const evaluators = { engine: mistaken, reference: evaluateByReference };

test('a mismatch is made as small as can be, told as files, and comes again by its seed and path', async () => {
  const { counterexample } = await runDifferential({ seed: 20261122, isOver: () => false, evaluators });
  if (counterexample === null) {
    throw new Error('expected a mismatch');
  }
  const { plan, seed, path } = counterexample;
  expect(plan.accounts).toHaveLength(1);
  expect(plan.accounts.flatMap(({ regions }) => regions).length).toBeLessThanOrEqual(1);
  const told = describeCounterexample(counterexample);
  expect(told).toContain('--- accounts/111111111111/');
  expect(told).toContain('aws:SourceVpce');
  expect(told).toContain(`pnpm differential --seed ${seed} --path ${path}`);
  const again = await runDifferential({ seed, path, isOver: () => false, evaluators });
  expect(again.counterexample?.plan).toEqual(plan);
});

test('it ends between two organizations, with the figures so far', async () => {
  const told: number[] = [];
  const { figures, counterexample } = await runDifferential({
    seed: 1,
    isOver: ({ organizations }) => organizations >= 3,
    onProgress: ({ organizations }) => told.push(organizations),
    evaluators: { ...EVALUATORS, engine: EVALUATORS.reference },
  });
  expect(counterexample).toBeNull();
  expect(told).toEqual([1, 2, 3]);
  expect(figures.organizations).toBe(3);
  expect(Object.values(figures.decisions).reduce((sum, count) => sum + count, 0)).toBe(figures.cells);
});

function refused(): never {
  throw new TypeError('planted');
}

test('an evaluator that throws is a mismatch too, with the organization that it does not take', async () => {
  const { counterexample } = await runDifferential({
    seed: 1,
    isOver: () => false,
    evaluators: { engine: refused, reference: evaluateByReference },
  });
  expect(counterexample?.comparison).toBeInstanceOf(TypeError);
  expect(counterexample === null ? '' : describeCounterexample(counterexample)).toContain('planted');
});
