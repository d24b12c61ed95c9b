import { expect, test } from 'vitest';

import { createSequences, step, walk } from './sequences.ts';

const SEQUENCES: readonly (readonly number[])[] = [[], [-1], [0], [0, 0], [0, 1], [1, 0], [1], [0, 1, 2], [-1, 0]];

test('equal sequences end at one node, and different ones never', () => {
  const root = createSequences<string>();
  for (const sequence of SEQUENCES) {
    const node = walk(root, sequence);
    expect(node.value).toBeNull();
    node.value = sequence.join(' ');
  }
  for (const sequence of SEQUENCES.toReversed()) {
    expect(walk(root, sequence).value).toBe(sequence.join(' '));
  }
});

test('a walk goes the same way as its steps', () => {
  const root = createSequences<string>();
  expect(walk(root, [3, 1, 4])).toBe(step(step(step(root, 3), 1), 4));
  expect(walk(root, [3, 1, 5])).toBe(step(step(step(root, 3), 1), 5));
});
