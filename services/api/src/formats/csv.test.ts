import { z } from '@hono/zod-openapi';
import { expect, it } from 'vitest';
import { columnsOf, fieldNames, selectColumns, selectFields } from './columns.ts';
import { csvHeader, csvLine } from './csv.ts';

const schema = z.object({
  name: z.string(),
  owner: z.object({ id: z.int(), place: z.object({ region: z.string() }) }).nullable(),
  tags: z.array(z.string()),
  more: z.array(z.object({ key: z.string() })),
  isOpen: z.boolean(),
});
const columns = columnsOf(schema);
const entry = {
  name: 'a',
  owner: { id: 7, place: { region: 'eu' } },
  tags: ['x', 'y'],
  more: [{ key: 'k' }],
  isOpen: false,
};

it('gives what lies in objects a column of its own, and lists one together', () => {
  expect(csvHeader(columns)).toBe('name,owner.id,owner.place.region,tags,more,isOpen\n');
  expect(csvLine(entry, columns)).toBe('a,7,eu,x; y,"[{""key"":""k""}]",false\n');
  expect(csvLine({ ...entry, owner: null, tags: [], more: [] }, columns)).toBe('a,,,,,false\n');
});

it('puts an apostrophe before whatever a spreadsheet would take for a formula', () => {
  for (const name of ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '\n=1']) {
    expect(csvLine({ ...entry, name }, [{ name: 'name', path: ['name'] }])).toMatch(/^"?'/);
  }
  expect(csvLine({ ...entry, name: '="a",b' }, [{ name: 'name', path: ['name'] }])).toBe('"\'=""a"",b"\n');
  const tags = { ...entry, tags: ['=cmd', 'x'] };
  expect(csvLine(tags, [{ name: 'tags', path: ['tags'] }])).toBe("'=cmd; x\n");
});

const line = (name: string): string => csvLine({ ...entry, name }, [{ name: 'name', path: ['name'] }]);

it('quotes commas, quotes and line ends, and nothing else', () => {
  expect([line('a,b'), line('a"b'), line('a\nb'), line('a\r\nb'), line("a'b; c")]).toEqual([
    '"a,b"\n',
    '"a""b"\n',
    '"a\nb"\n',
    '"a\r\nb"\n',
    "a'b; c\n",
  ]);
});

it('selects fields and whole objects, and keeps what is null as null', () => {
  expect(fieldNames(columns)).toEqual([
    'name',
    'owner',
    'owner.id',
    'owner.place',
    'owner.place.region',
    'tags',
    'more',
    'isOpen',
  ]);
  const chosen = selectColumns(columns, ['owner.place', 'isOpen']);
  expect(selectFields(entry, chosen)).toEqual({ owner: { place: { region: 'eu' } }, isOpen: false });
  expect(selectFields({ ...entry, owner: null }, chosen)).toEqual({ owner: null, isOpen: false });
  expect(selectFields(entry, columns)).toEqual(entry);
});
