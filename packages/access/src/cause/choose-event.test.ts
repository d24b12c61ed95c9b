import { expect, test } from 'vitest';
import { actorOf } from '../activity/actor.ts';
import { chooseEvent } from './choose-event.ts';
import { indexChanges } from './index-changes.ts';
import type { SeenChange } from './seen-change.ts';

const minute = 60_000;
const day = { fromMs: 0, untilMs: 24 * 60 * minute };
const fact = {
  label: null,
  rules: [
    {
      source: 'test',
      names: ['Put'],
      subject: 'thing:a',
      judge: ({ request }: SeenChange) =>
        request === 'this' ? ('leads' as const) : request === 'cut' ? ('open' as const) : ('elsewhere' as const),
    },
  ],
};

/** Calls as `MINUTES ASKED`. */
function chosen(calls: readonly (readonly [number, string])[], isWhole = true) {
  const changes = calls.map(([minutes, request], index): SeenChange => ({
    id: `${index}`,
    timeMs: minutes * minute,
    accountId: '111122223333',
    region: 'us-east-1',
    eventSource: 'test',
    eventName: 'Put',
    actor: actorOf(null),
    onBehalfOf: null,
    sourceAddress: null,
    subjects: ['Thing:A'],
    request,
    response: null,
  }));
  const { made, isOpen, others } = chooseEvent(fact, indexChanges(changes), { window: day, isWhole: () => isWhole });
  return { made: made?.timeMs === undefined ? null : made.timeMs / minute, isOpen, others: others.length };
}

test.each([
  ['no call', [], { made: null, isOpen: false, others: 0 }],
  ['one that leads there', [[10, 'this']], { made: 10, isOpen: false, others: 0 }],
  [
    'the last of two',
    [
      [10, 'this'],
      [20, 'this'],
    ],
    { made: 20, isOpen: false, others: 1 },
  ],
  ['one that leads elsewhere alone', [[10, 'other']], { made: null, isOpen: false, others: 1 }],
  [
    'one that leads elsewhere before',
    [
      [10, 'other'],
      [20, 'this'],
    ],
    { made: 20, isOpen: false, others: 1 },
  ],
  [
    'one that leads elsewhere afterwards',
    [
      [10, 'this'],
      [20, 'other'],
    ],
    { made: null, isOpen: false, others: 2 },
  ],
  [
    'one that leads elsewhere just before the read',
    [
      [10, 'this'],
      [24 * 60 - 4, 'other'],
    ],
    { made: 10, isOpen: false, others: 0 },
  ],
  [
    'one that leads there just before the read',
    [
      [10, 'other'],
      [24 * 60 - 4, 'this'],
    ],
    { made: 24 * 60 - 4, isOpen: false, others: 1 },
  ],
  [
    'one that was cut',
    [
      [10, 'this'],
      [20, 'cut'],
    ],
    { made: 20, isOpen: true, others: 1 },
  ],
  ['one just before the first read', [[-4, 'this']], { made: -4, isOpen: false, others: 0 }],
  ['one long before the first read', [[-6, 'this']], { made: null, isOpen: false, others: 0 }],
  [
    'one just before the first read and a contradiction',
    [
      [-4, 'this'],
      [10, 'other'],
    ],
    { made: null, isOpen: false, others: 1 },
  ],
  [
    'the first while the second scan reads',
    [
      [24 * 60 + 5, 'this'],
      [24 * 60 + 50, 'this'],
    ],
    { made: 24 * 60 + 5, isOpen: false, others: 0 },
  ],
  ['one after the second scan', [[25 * 60, 'this']], { made: null, isOpen: false, others: 0 }],
  [
    'one between and one while the scan reads',
    [
      [10, 'this'],
      [24 * 60 + 5, 'this'],
    ],
    { made: 10, isOpen: false, others: 0 },
  ],
] as const)('%s', (_what, calls, told) => {
  expect(chosen(calls)).toEqual(told);
});

test('a call just around a point is not blamed where one in between may have gone unseen', () => {
  expect(chosen([[-4, 'this']], false)).toEqual({ made: null, isOpen: false, others: 1 });
  expect(chosen([[24 * 60 + 5, 'this']], false)).toEqual({ made: null, isOpen: false, others: 1 });
  expect(chosen([[10, 'this']], false)).toEqual({ made: 10, isOpen: false, others: 0 });
});
