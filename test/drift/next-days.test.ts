import { describe, expect, test } from 'vitest';
import { organizationFor } from '../organization-generator/generate.ts';
import { nextDay } from '../organization-generator/next-day.ts';
import { generatorOptions } from '../organization-generator/options.ts';
import { renderSnapshot } from '../organization-generator/render-snapshot.ts';
import { wronglyTold } from './compare-with-reference.ts';
import { withParts } from './drifted-cells.ts';

const SEEDS = ['1', '2', '3', '4', '5', '6'];

describe('an organization of three accounts, a few days later', () => {
  test.each(SEEDS)(
    'drifted in every cell as the reference evaluator says, and in no other (seed %s)',
    (seed) => {
      const options = { accounts: 3, principals: 36, repositories: 20, regions: ['eu-west-1', 'us-east-1'], seed };
      const first = organizationFor(generatorOptions(options));
      const days = [6, 6, 6].reduce((day, documents) => nextDay(day, { documents }), first);
      const { wrong, changed } = wronglyTold(withParts(renderSnapshot(first)), withParts(renderSnapshot(days)));
      expect(wrong.slice(0, 3)).toEqual([]);
      expect(changed).toBeGreaterThan(0);
    },
    120_000,
  );
});
