import { assembleSnapshot, evaluateSnapshot, type SnapshotPart } from '@ecr-audit/access';
import { describe, expect, test } from 'vitest';
import { organizationFor } from '../organization-generator/generate.ts';
import { nextDay } from '../organization-generator/next-day.ts';
import { generatorOptions } from '../organization-generator/options.ts';
import { renderSnapshot } from '../organization-generator/render-snapshot.ts';
import { wronglyTold } from './compare-with-reference.ts';
import { driftOf, withParts } from './drifted-cells.ts';
import { MADE_AGAIN, OTHER_EDITS, type OtherEdit } from './other-edits.ts';

/* Drift asks only about what a difference can concern. Here whole evaluations of both sides say what it should have found. */

const SIZE = { accounts: 3, principals: 60, repositories: 30, regions: ['eu-west-1', 'us-east-1'] };
const EDITED = 8;

interface TwoDays {
  readonly before: readonly SnapshotPart[];
  readonly after: readonly SnapshotPart[];
}

function twoDays(seed: string, edit: OtherEdit): TwoDays {
  const first = organizationFor(generatorOptions({ ...SIZE, seed }));
  const before = renderSnapshot(first);
  const edited = [EDITED, EDITED].reduce((day, documents) => nextDay(day, { documents }), first);
  return { before, after: edit(renderSnapshot(edited)) };
}

const everyCell = ({
  parts,
}: {
  readonly parts: readonly SnapshotPart[];
}): ReturnType<typeof evaluateSnapshot>['rows'] => evaluateSnapshot(assembleSnapshot(parts)).rows;

describe.each([...OTHER_EDITS])('a few documents edited, and %s', (name, edit) => {
  test.each(name === MADE_AGAIN ? [] : ['1', '2', '3'])(
    'drifted as two whole evaluations say, in every cell and in no other (seed %s)',
    (seed) => {
      const days = twoDays(seed, edit);
      for (const [from, to] of [
        [days.before, days.after],
        [days.after, days.before],
      ] as const) {
        const [before, after] = [withParts(from), withParts(to)];
        const { wrong, changed } = wronglyTold(before, after, driftOf(before, after), everyCell);
        expect(wrong.slice(0, 3)).toEqual([]);
        expect(changed).toBeGreaterThan(0);
      }
    },
    120_000,
  );

  test('drift is the same whether or not either side was evaluated before', () => {
    const { before, after } = twoDays('4', edit);
    const cold = driftOf(withParts(before), withParts(after));
    const warm = [withParts(before), withParts(after)] as const;
    for (const { snapshot } of warm) {
      expect([...evaluateSnapshot(snapshot).access].length).toBeGreaterThan(0);
    }
    expect(driftOf(...warm)).toEqual(cold);
    expect(driftOf(...warm)).toEqual(cold);
  }, 120_000);
});
