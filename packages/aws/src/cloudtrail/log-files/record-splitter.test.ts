import { describe, expect, test } from 'vitest';

import { RecordSplitter } from './record-splitter.ts';

function split(text: string, chunkBytes: number): readonly string[] {
  const bytes = new TextEncoder().encode(text);
  const splitter = new RecordSplitter();
  const records: string[] = [];
  for (let start = 0; start < bytes.length; start += chunkBytes) {
    records.push(...splitter.add(bytes.subarray(start, start + chunkBytes)));
  }
  splitter.end();
  return records;
}

const records = [
  { a: '}{][', b: [{ c: 1 }, { d: { e: [] } }] },
  { quote: 'a "quoted" \\ text\\', more: 'ünïcode ✓ 💥' },
  {},
  { nested: '{"Records":[{"a":1}]}' },
];

describe('the records of a file', () => {
  test.each([1, 2, 3, 7, 64, 10_000])(
    'are the same however the file comes in, here %s bytes at a time',
    (chunkBytes) => {
      const text = JSON.stringify({ Records: records }, null, 2);
      expect(split(text, chunkBytes).map((each) => JSON.parse(each) as unknown)).toEqual(records);
    },
  );

  test('may be none', () => {
    expect(split('{"Records":[]}', 5)).toEqual([]);
  });

  test('that are larger than any event are cut, and those after them are whole', () => {
    const [large, small] = split(JSON.stringify({ Records: [{ a: 'x'.repeat(5_000_000) }, { b: 1 }] }), 65_536);
    expect(large).toHaveLength(2 * 1024 * 1024 + 1);
    expect(small).toBe('{"b":1}');
  });
});

test.each([
  ['nothing', ''],
  ['a text that ends in the middle of a record', '{"Records":[{"a":1},{"b"'],
  ['a text that ends between records', '{"Records":[{"a":1},'],
  ['a text that ends in a string', '{"Records":["a'],
  ['a list', '[{"a":1}]'],
  ['two objects', '{"Records":[]}{"Records":[]}'],
  ['more closed than opened', '{"Records":[]}]}{'],
])('%s is no log file', (_title, text) => {
  expect(() => split(text, 3)).toThrow(SyntaxError);
});
