import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Interval, intersectionOf, missingFrom, unionOf } from './intervals.ts';
import { planLookup } from './plan-lookup.ts';

const now = Date.parse('2026-11-22T12:00:00.700Z');
const at = (time: string): number => Date.parse(`2026-11-${time}Z`);
const seen = (from: string, until: string): Interval => ({ fromMs: at(from), untilMs: at(until) });
const shown = (intervals: readonly Interval[]): readonly string[] =>
  intervals.map(({ fromMs, untilMs }) => `${new Date(fromMs).toISOString()} ${new Date(untilMs).toISOString()}`);

describe('what is looked up', () => {
  test('at first is everything that LookupEvents keeps, up to a quarter of an hour ago', () => {
    expect(shown(planLookup([], { nowMs: now }).windows)).toEqual([
      '2026-08-24T13:00:00.000Z 2026-11-22T11:45:00.000Z',
    ]);
  });

  test('later reaches back a quarter of an hour for late events', () => {
    const { windows } = planLookup([seen('01T00:00:00', '22T11:40:00')], { nowMs: now });
    expect(shown(windows)[0]).toBe('2026-11-22T11:25:00.000Z 2026-11-22T11:45:00.000Z');
  });

  test('reaches back two hours once an hour', () => {
    const { windows } = planLookup([seen('01T00:00:00', '22T10:58:00')], { nowMs: now });
    expect(shown(windows)[0]).toBe('2026-11-22T08:58:00.000Z 2026-11-22T11:45:00.000Z');
  });

  test('is nothing where nothing can have settled since', () => {
    const whole = { fromMs: Date.parse('2026-08-01T00:00:00Z'), untilMs: at('22T11:45:00') };
    expect(planLookup([whole], { nowMs: now })).toEqual({ windows: [], expired: [] });
  });

  test('is what is new first, then what was left, the newest first', () => {
    const { windows } = planLookup([seen('10T00:00:00', '11T00:00:00'), seen('20T00:00:00', '22T11:44:00')], {
      nowMs: now,
    });
    expect(shown(windows)).toEqual([
      '2026-11-22T11:29:00.000Z 2026-11-22T11:45:00.000Z',
      '2026-11-11T00:00:00.000Z 2026-11-20T00:00:00.000Z',
      '2026-08-24T13:00:00.000Z 2026-11-10T00:00:00.000Z',
    ]);
  });

  test('leaves out what is not wanted any more, which is then no hole', () => {
    const notBeforeMs = at('20T00:00:00');
    expect(shown(planLookup([], { nowMs: now, notBeforeMs }).windows)).toEqual([
      '2026-11-20T00:00:00.000Z 2026-11-22T11:45:00.000Z',
    ]);
    const old = { fromMs: Date.parse('2026-05-01T00:00:00Z'), untilMs: Date.parse('2026-06-01T00:00:00Z') };
    expect(planLookup([old], { nowMs: now, notBeforeMs }).expired).toEqual([]);
  });

  test('leaves out what AWS has forgotten, which is a hole only after reading had begun', () => {
    const old = { fromMs: Date.parse('2026-05-01T00:00:00Z'), untilMs: Date.parse('2026-06-01T00:00:00Z') };
    expect(shown(planLookup([old], { nowMs: now }).expired)).toEqual([
      '2026-06-01T00:00:00.000Z 2026-08-24T13:00:00.000Z',
    ]);
    expect(planLookup([seen('01T00:00:00', '02T00:00:00')], { nowMs: now }).expired).toEqual([]);
  });
});

describe('intervals', () => {
  const interval = fc.tuple(fc.nat(40), fc.nat(12)).map(([fromMs, length]) => ({ fromMs, untilMs: fromMs + length }));

  test('union, difference and intersection hold the times that they should, sorted and apart', () => {
    fc.assert(
      fc.property(fc.array(interval), fc.array(interval), interval, (left, right, whole) => {
        const missing = missingFrom(whole, left);
        const both = intersectionOf(left, right);
        for (let time = 0; time < 60; time += 1) {
          expect(holds(unionOf(left), time)).toBe(holds(left, time));
          expect(holds(missing, time)).toBe(holds([whole], time) && !holds(left, time));
          expect(holds(both, time)).toBe(holds(left, time) && holds(right, time));
        }
        for (const list of [unionOf(left), missing, both]) {
          expect(
            list.every((each, index) => each.fromMs < each.untilMs && (list[index - 1]?.untilMs ?? -1) < each.fromMs),
          ).toBe(true);
        }
      }),
    );
  });
});

function holds(intervals: readonly Interval[], time: number): boolean {
  return intervals.some(({ fromMs, untilMs }) => fromMs <= time && time < untilMs);
}
