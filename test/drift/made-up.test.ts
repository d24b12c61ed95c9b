import type { SnapshotPart } from '@ecr-audit/access';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { organizationPlan } from '../differential/arbitrary/organization.ts';
import { documentAt } from '../differential/render/document.ts';
import { snapshotFiles } from '../differential/render/snapshot-parts.ts';
import { changedFiles, type Files } from '../rehearsal/changed-files.ts';
import { CHANGE_WORDS, madeUpChange, pickBy } from '../rehearsal/made-up-changes.ts';
import { wronglyTold } from './compare-with-reference.ts';
import { driftOf, toldCells, withParts } from './drifted-cells.ts';

const SEED = 20261123;
const ORGANIZATIONS = 60;
const CHANGES_EACH = 4;

const asked = fc.record({
  plan: organizationPlan,
  numbers: fc.array(fc.array(fc.nat(), { minLength: 8, maxLength: 8 }), {
    minLength: CHANGES_EACH,
    maxLength: CHANGES_EACH,
  }),
  lost: fc.nat(),
});

const samples = fc.sample(asked, { seed: SEED, numRuns: ORGANIZATIONS }).map(({ plan, numbers, lost }, index) => {
  const before: Files = snapshotFiles(plan);
  const after = numbers.reduce((files, each, place) => {
    const word = CHANGE_WORDS[(index * CHANGES_EACH + place) % CHANGE_WORDS.length] ?? CHANGE_WORDS[0];
    const [first = 0] = each;
    const documents = {
      identity: documentAt(plan.identityDocuments, first),
      resource: documentAt(plan.resourceDocuments, first),
    };
    const change = madeUpChange(word, { files, pick: pickBy(each), documents });
    return change === null ? files : (changedFiles(files, change) ?? files);
  }, before);
  return { before: partsOf(before), after: partsOf(after), lost };
});

test(`after ${CHANGES_EACH} changes of all words, drift is what the reference evaluator says, cell by cell`, () => {
  let changed = 0;
  for (const { before, after } of samples) {
    const found = wronglyTold(withParts(before), withParts(after));
    expect(found.wrong.slice(0, 3)).toEqual([]);
    changed += found.changed;
  }
  expect(changed).toBeGreaterThan(ORGANIZATIONS);
}, 300_000);

test('a file that either side lost adds no cell to drift, and changes none', () => {
  for (const { before, after, lost } of samples) {
    const whole = toldCells(driftOf(withParts(before), withParts(after)).access).certain;
    for (const [earlier, later] of [
      [without(before, lost), after],
      [before, without(after, lost)],
    ] as const) {
      const { access } = driftOf(withParts(earlier), withParts(later));
      for (const [cell, { kind, before: a, after: b }] of toldCells(access).certain) {
        expect({ cell, kind, a, b }).toEqual({
          cell,
          kind: whole.get(cell)?.kind,
          a: whole.get(cell)?.before,
          b: whole.get(cell)?.after,
        });
      }
    }
  }
}, 300_000);

/** All but one of the files; without `snapshot.json` it would be no snapshot. */
function without(parts: readonly SnapshotPart[], number: number): SnapshotPart[] {
  const files = parts.filter(({ path }) => path !== 'snapshot.json');
  const lost = files[number % files.length];
  return parts.filter((part) => part !== lost);
}

function partsOf(files: Files): SnapshotPart[] {
  return [...files].map(([path, content]) => ({ path, content: JSON.stringify(content) }));
}
