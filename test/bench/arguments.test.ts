import { expect, test } from 'vitest';
import { help, parseArguments } from './arguments.ts';

test('without arguments every quick part runs, three times each, on every size that has targets', () => {
  expect(parseArguments([])).toEqual({
    kind: 'run',
    run: { part: 'all', runs: 3, days: 365, seed: '1', size: null },
  });
});

test('a part and its options are read, also behind the `--` of pnpm', () => {
  expect(parseArguments(['--', 'year', '--days', '30', '--size', 'small'])).toMatchObject({
    run: { part: 'year', days: 30, size: 'small' },
  });
});

test.each([
  [
    ['everything'],
    'there is no part `everything`: expected one of table, growth, hostile, pages, year, activity, collection, rehearsal, drift, usage, lists, demo',
  ],
  [['table', 'year'], 'there is no part `table year`'],
  [['--runs', '0'], 'cannot read `--runs 0`: expected a whole number from 1 to 9999'],
  [['--size', 'huge'], 'cannot read `--size huge`: expected account, organization, small'],
  [['--bogus'], "Unknown option '--bogus'"],
])('%j is refused with what was expected', (argv, message) => {
  expect(parseArguments(argv)).toEqual({ kind: 'wrong', message: expect.stringContaining(message) });
});

test.each(['table', 'growth', 'hostile', 'pages', 'year', 'rehearsal', 'usage', 'demo'])(
  'the help teaches the part %s',
  (part) => {
    expect(help).toContain(`\n  ${part} `);
    expect(parseArguments([part])).toMatchObject({ kind: 'run', run: { part } });
  },
);
