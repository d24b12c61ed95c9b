import {
  answerRequest,
  type AccessRow,
  assembleSnapshot,
  evaluateSnapshot,
  type Residual,
  type Snapshot,
} from '@ecr-audit/access';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import { organizationPlan } from '../arbitrary/organization.ts';
import { compareResiduals } from '../compare/same-residual.ts';
import { snapshotParts } from '../render/snapshot-parts.ts';
import { conditionOf } from './wider.ts';

const RUNS = { numRuns: 150, seed: 20261122 };

/** Cells of one organization that are asked again: the same question costs as much as a cell. */
const CELLS_MAX = 30;

type Condition = Extract<Residual, { readonly operator: string }>;
type Context = Readonly<Record<string, string | null>>;

function conditionsOf(residual: Residual): readonly Condition[] {
  if ('all' in residual) {
    return residual.all.flatMap(conditionsOf);
  }
  if ('any' in residual) {
    return residual.any.flatMap(conditionsOf);
  }
  if ('not' in residual) {
    return conditionsOf(residual.not);
  }
  return 'operator' in residual ? [residual] : [];
}

/** Rests on the request alone, and can be asked for by name. */
function openRows(snapshot: Snapshot): AccessRow[] {
  return [...evaluateSnapshot(snapshot).rows]
    .filter(({ residual, principal }) => residual !== null && principal.id !== 'external:*')
    .slice(0, CELLS_MAX);
}

/** The cell's question again, with what is stated about the request. */
function ask(snapshot: Snapshot, row: AccessRow, context: Context, contextComplete = false): AccessRow {
  const { principal, action, resource, region } = row;
  const question = { principal: principal.arn, action, resource, region, context, contextComplete };
  const answer = answerRequest(snapshot, question);
  if ('error' in answer) {
    throw new Error(answer.error);
  }
  return { ...row, ...answer };
}

/** Every key of a residual with what it may be: absent, or a value that a condition names. */
function statedOf(residual: Residual): readonly (readonly [key: string, value: string | null])[] {
  return conditionsOf(residual).flatMap(({ key, operator, values }) => [
    [key, null] as const,
    ...(operator === 'Null' ? [] : values.map((value) => [key, value] as const)),
  ]);
}

/** What a residual comes to where one key has a value; null where it takes more than comparing texts to tell. */
function decided(residual: Residual, key: string, value: string | null): Residual | null {
  const some = JSON.stringify(residual);
  // A variable may take its value from the key.
  if (some.includes('${')) {
    return null;
  }
  return replaceKey(residual, key.toLowerCase(), value);
}

const NEVER: Residual = { any: [] };
const ALWAYS: Residual = { all: [] };

function replaceKey(residual: Residual, key: string, value: string | null): Residual | null {
  if ('all' in residual) {
    const parts = residual.all.map((part) => replaceKey(part, key, value));
    return parts.some((part) => part === null) ? null : { all: parts.filter((part) => part !== null) };
  }
  if ('any' in residual) {
    const parts = residual.any.map((part) => replaceKey(part, key, value));
    return parts.some((part) => part === null) ? null : { any: parts.filter((part) => part !== null) };
  }
  if ('not' in residual) {
    const part = replaceKey(residual.not, key, value);
    return part === null ? null : { not: part };
  }
  return 'operator' in residual && residual.key.toLowerCase() === key ? holdsFor(residual, value) : residual;
}

function holdsFor({ operator, values }: Condition, value: string | null): Residual | null {
  if (value === null) {
    return operator === 'Null' || operator.startsWith('ForAllValues:') ? ALWAYS : NEVER;
  }
  if (operator === 'Null') {
    return NEVER;
  }
  const isPlain = operator === 'StringEquals' || operator === 'Bool';
  return !isPlain ? null : values.includes(value) ? ALWAYS : NEVER;
}

test('an answer under a stated key is its residual with that key put in', () => {
  let checked = 0;
  fc.assert(
    fc.property(organizationPlan, (plan) => {
      const snapshot = assembleSnapshot(snapshotParts(plan));
      const asked = openRows(snapshot).flatMap((row) =>
        statedOf(conditionOf(row)).flatMap(([key, value]) => {
          const expected = decided(conditionOf(row), key, value);
          return expected === null ? [] : [{ row, key, value, expected, answer: ask(snapshot, row, { [key]: value }) }];
        }),
      );
      checked += asked.length;
      const wrong = asked.filter(
        ({ answer, expected }) => compareResiduals(conditionOf(answer), expected) === 'different',
      );
      expect(wrong).toEqual([]);
    }),
    RUNS,
  );
  expect(checked).toBeGreaterThan(1000);
});

test('what is settled stays settled, however much more is stated about the request', () => {
  fc.assert(
    fc.property(organizationPlan, fc.array(fc.nat(), { minLength: 3, maxLength: 3 }), (plan, choices) => {
      const snapshot = assembleSnapshot(snapshotParts(plan));
      for (const row of openRows(snapshot)) {
        const stated = statedOf(conditionOf(row));
        let context: Context = {};
        let before = row;
        for (const choice of choices) {
          const [key, value] = stated[choice % stated.length] ?? [];
          context = key === undefined || value === undefined ? context : { [key]: value, ...context };
          const after = ask(snapshot, row, context);
          expect(movedOn(before, after) ? null : [row, context, before, after]).toBeNull();
          before = after;
        }
        const whole = ask(snapshot, row, context, true);
        expect(movedOn(before, whole) ? null : [row, context, before, whole]).toBeNull();
      }
    }),
    RUNS,
  );
});

/** Open answers may become anything; those that are settled stay what they are. */
function movedOn(before: AccessRow, after: AccessRow): boolean {
  return before.residual !== null || (after.residual === null && isAllowed(before) === isAllowed(after));
}

function isAllowed({ decision }: AccessRow): boolean {
  return decision === 'allowed';
}
