import type { AccessRow } from '@ecr-audit/access';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import { organizationPlan } from '../arbitrary/organization.ts';
import { statement } from '../arbitrary/statement.ts';
import { accessOf } from './access-of.ts';
import { changeStatements, splitDocuments, withOwnPlaces } from './change-plan.ts';
import { CELLS_TOLD_MAX, changedCells } from './same-answers.ts';
import { isWider } from './wider.ts';

const RUNS = { numRuns: 100, seed: 20261122 };

test('the order of the statements in a document never matters', () => {
  fc.assert(
    fc.property(organizationPlan, (plan) => {
      const turned = changeStatements(plan, (statements) => statements.toReversed());
      expect(changedCells({ before: accessOf(plan), after: accessOf(turned) })).toEqual([]);
    }),
    RUNS,
  );
});

test('a policy split in two decides as one', () => {
  fc.assert(
    fc.property(organizationPlan.map(withOwnPlaces), (plan) => {
      expect(changedCells({ before: accessOf(plan), after: accessOf(splitDocuments(plan)) })).toEqual([]);
    }),
    RUNS,
  );
});

test('other Sids change nothing but the names of statements', () => {
  fc.assert(
    fc.property(organizationPlan, (plan) => {
      const renamed = changeStatements(plan, (statements) => statements.map(withOtherSid));
      const [before, after] = [accessOf(plan), accessOf(renamed)];
      expect(changedCells({ before, after })).toEqual([]);
      expect(residualsOf(after)).toEqual(residualsOf(before));
    }),
    RUNS,
  );
});

function residualsOf(rows: ReadonlyMap<string, AccessRow>): unknown[] {
  return [...rows].map(([cell, { residual }]) => [cell, residual]);
}

/** A Sid that is no text is a problem of its statement, and stays one. */
function withOtherSid(each: unknown, index: number): unknown {
  const isStatement = typeof each === 'object' && each !== null && !Array.isArray(each);
  return isStatement && !('Sid' in each && typeof each.Sid !== 'string') ? { ...each, Sid: `Other${index}` } : each;
}

/** Statements of one effect for either kind of document, whatever else may be wrong with them. */
function further(effect: 'Allow' | 'Deny'): fc.Arbitrary<Readonly<Record<'identity' | 'resource', unknown>>> {
  const deny = effect === 'Deny' ? 9 : 1;
  const having = (hasPrincipal: boolean): fc.Arbitrary<unknown> =>
    statement({ hasPrincipal, deny }).filter(
      (each) => typeof each === 'object' && each !== null && 'Effect' in each && each.Effect === effect,
    );
  return fc.record({ identity: having(false), resource: having(true) });
}

test('a further Deny never adds access', () => {
  fc.assert(
    fc.property(organizationPlan, further('Deny'), (plan, added) => {
      const [before, after] = [accessOf(plan), accessOf(changeStatements(plan, (all, kind) => [...all, added[kind]]))];
      expect([...after.keys()]).toEqual([...before.keys()]);
      const wider = [...after].filter(([cell, row]) => isWider(row, before.get(cell) ?? row));
      expect(wider.slice(0, CELLS_TOLD_MAX).map(([cell, row]) => [cell, before.get(cell), row])).toEqual([]);
    }),
    RUNS,
  );
});

test('a further Allow never takes access away', () => {
  fc.assert(
    fc.property(organizationPlan, further('Allow'), (plan, added) => {
      const [before, after] = [accessOf(plan), accessOf(changeStatements(plan, (all, kind) => [...all, added[kind]]))];
      const narrower = [...before].filter(([cell, row]) => {
        const now = after.get(cell);
        return now === undefined || isWider(row, now);
      });
      expect(narrower.slice(0, CELLS_TOLD_MAX).map(([cell, row]) => [cell, row, after.get(cell)])).toEqual([]);
    }),
    RUNS,
  );
});
