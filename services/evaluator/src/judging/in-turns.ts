import { setImmediate } from 'node:timers/promises';

// Locks of jobs are renewed and signals answered in between.
const turnMs = 25;

/** Runs all steps, and lets the process do what else is due now and then. */
export async function inTurns<Step, Result>(
  steps: Generator<Step, Result>,
  onStep: (step: Step) => void = () => undefined,
): Promise<Result> {
  for (let turnAt = performance.now() + turnMs; ;) {
    const step = steps.next();
    if (step.done === true) {
      return step.value;
    }
    onStep(step.value);
    if (performance.now() >= turnAt) {
      await setImmediate();
      turnAt = performance.now() + turnMs;
    }
  }
}

/** Everything that a list computes as it is read. */
export async function listInTurns<Item>(items: Iterable<Item>): Promise<Item[]> {
  const list: Item[] = [];
  await inTurns(stepsOf(items), (item) => list.push(item));
  return list;
}

function* stepsOf<Item>(items: Iterable<Item>): Generator<Item, void> {
  yield* items;
}
