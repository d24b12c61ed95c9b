import { expect, test } from 'vitest';

import { jsonLine, jsonPart, snapshotTime, sortedBy } from './snapshot-json.ts';

test.each([
  [new Date('2026-11-09T06:00:00Z'), '"2026-11-09T06:00:00+00:00"'],
  [new Date('2026-11-09T06:00:00.250Z'), '"2026-11-09T06:00:00.250000+00:00"'],
])('times are printed as the AWS CLI prints them in UTC: %s', (date, expected) => {
  expect(jsonLine(date)).toBe(expected);
});

test('a part is pretty JSON with one final line break, without members that AWS did not answer', () => {
  const part = jsonPart('snapshot.json', { b: 1, a: [{ at: new Date(0), none: undefined }] });
  expect(part.content).toBe('{\n  "b": 1,\n  "a": [\n    {\n      "at": "1970-01-01T00:00:00+00:00"\n    }\n  ]\n}\n');
});

test('sorting goes by code unit, so that every machine agrees, and keeps equals in their order', () => {
  const items = [{ name: 'b' }, { name: 'ä' }, { name: 'B' }, { name: 'a', nth: 1 }, { name: 'a', nth: 2 }, {}];
  expect(sortedBy(items, (item) => item.name)).toEqual([
    {},
    { name: 'B' },
    { name: 'a', nth: 1 },
    { name: 'a', nth: 2 },
    { name: 'b' },
    { name: 'ä' },
  ]);
});

test('times of the snapshot itself carry milliseconds only where there are any', () => {
  expect(snapshotTime(new Date('2026-11-09T06:00:00.000Z'))).toBe('2026-11-09T06:00:00Z');
  expect(snapshotTime(new Date('2026-11-09T06:00:00.001Z'))).toBe('2026-11-09T06:00:00.001Z');
});
