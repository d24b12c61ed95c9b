import { describe, expect, test } from 'vitest';
import { CHANGE_WORDS } from './made-up-changes.ts';
import { runRehearsals } from './run-differential.ts';

const CHANGING_EACH = 2;
const ORGANIZATIONS_MAX = 400;
const SEED = 20261122;

describe(`generated organizations, ${CHANGING_EACH} that each word of a change changes something in`, () => {
  test.each(CHANGE_WORDS)(
    '%s does to every cell what the reference evaluator says of before and after',
    (word) => {
      const found = runRehearsals(word, {
        seed: SEED,
        changing: CHANGING_EACH,
        organizationsMax: ORGANIZATIONS_MAX,
      });
      expect(found.wrong).toEqual([]);
      expect(found.changing).toBe(CHANGING_EACH);
    },
    120_000,
  );
});
