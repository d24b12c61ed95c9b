import { expect, test } from 'vitest';
import { decoysOf } from './history/decoys.ts';
import type { Step } from './history/step.ts';
import { steps } from './history/steps.ts';
import { runStep } from './run-step.ts';

/** By name. */
function named(list: readonly Step[]): (readonly [string, Step])[] {
  return list.map((step) => [step.name, step]);
}

test.each(named(steps))('%s: every difference has its cause, among events that only look like it', (_name, step) => {
  const told = runStep(step);
  expect(Object.fromEntries([...told].map(([key, { made }]) => [key, made]))).toEqual(step.expected);
  const earlier = [...told.values()].flatMap((each) => each.earlier);
  expect(new Set(earlier)).toEqual(new Set(step.earlier));
});

test.each(named(steps.filter(({ events }) => events.length > 1)))(
  '%s: the order of the events and their repetition change nothing',
  (_name, step) => {
    expect(runStep(step, (events) => [...events, ...events].toReversed())).toEqual(runStep(step));
  },
);

test.each(named(steps.filter(({ events }) => events.length > 0)))(
  '%s: without its events no other one is blamed',
  (_name, step) => {
    const ids = new Set(step.events.map(({ eventID }) => eventID));
    const told = runStep(step, (events) => events.filter(({ eventID }) => !ids.has(eventID)));
    expect([...told.values()].filter(({ made }) => typeof made !== 'string')).toEqual([]);
  },
);

test('the history has at least forty changes, each with decoys, and every cause in it is right', () => {
  const answers = steps.flatMap((step) => {
    const told = runStep(step);
    return Object.entries(step.expected).map(([key, made]) => ({
      name: `${step.name}: ${key}`,
      isRight: JSON.stringify(told.get(key)?.made) === JSON.stringify(made),
    }));
  });
  const right = answers.filter(({ isRight }) => isRight).length;
  const decoys = steps.flatMap(({ events }) => events.flatMap(decoysOf)).length;
  process.stdout.write(`causes: ${right} of ${answers.length} right, in ${steps.length} steps with ${decoys} decoys\n`);
  expect(steps.length).toBeGreaterThanOrEqual(40);
  expect(answers.filter(({ isRight }) => !isRight).map(({ name }) => name)).toEqual([]);
});
