import { expect, test } from 'vitest';

import { type Memory, recollection } from './memory.ts';

const SOURCE = 'const limit = 5;\n';
const judges = { whole: 'w', files: { 'a.test.ts': 'a as it was', 'b.test.ts': 'b as it was' } };

type Mutant = Memory['report']['files'][string]['mutants'][number];

function mutant(replacement: string, more: Partial<Mutant>): Mutant {
  const location = { start: { line: 1, column: 15 }, end: { line: 1, column: 16 } };
  return { mutatorName: 'Any', replacement, status: 'Survived', location, ...more };
}

function memoryOf(file: string, mutants: readonly Mutant[]): Memory {
  return {
    judges: null,
    testFiles: judges.files,
    report: {
      schemaVersion: '1',
      files: { [file]: { source: SOURCE, mutants: [...mutants] } },
      testFiles: {
        'a.test.ts': { source: 'a', tests: [{ id: '0', name: 'first' }] },
        'b.test.ts': { source: 'b', tests: [{ id: '1', name: 'second' }] },
      },
    },
  };
}

test('what two runs said stands in one report, each with the tests of its own run', () => {
  const killed = mutant('6', { status: 'Killed', coveredBy: ['0', '1'], killedBy: ['1'] });
  const memories = [memoryOf('x.ts', [killed]), memoryOf('y.ts', [mutant('7', { coveredBy: ['0'] })])];
  const { files, testFiles, ...others } = recollection(memories, { judges, explanations: [] });
  expect(others).toEqual({ schemaVersion: '1' });
  expect(testFiles).toEqual({
    'a.test.ts': {
      tests: [
        { id: '0:0', name: 'first' },
        { id: '1:0', name: 'first' },
      ],
    },
    'b.test.ts': {
      tests: [
        { id: '0:1', name: 'second' },
        { id: '1:1', name: 'second' },
      ],
    },
  });
  expect(files['x.ts']?.mutants).toEqual([{ ...killed, coveredBy: ['0:0', '0:1'], killedBy: ['0:1'] }]);
  expect(files['y.ts']?.mutants).toEqual([mutant('7', { coveredBy: ['1:0'] })]);
});

test.each([
  ['changed', { ...judges.files, 'b.test.ts': 'b as it is now' }],
  ['gone', { 'a.test.ts': 'a as it was' }],
])('tests of a file that is %s since are as good as never asked', (_, files) => {
  const memories = [memoryOf('x.ts', [])];
  const { testFiles } = recollection(memories, { judges: { whole: 'v', files }, explanations: [] });
  expect(Object.keys(testFiles)).toEqual(['a.test.ts']);
});

test('a change that takes effect while modules are loaded is asked about again as long as it lives unexplained', () => {
  const mutants = [
    mutant('1', { static: true }),
    mutant('2', { static: true }),
    mutant('3', { static: false }),
    mutant('4', { static: true, status: 'Killed' }),
  ];
  const because = { file: 'x.ts', code: 'const limit = 5;', changes: [['5', '2'] satisfies [string, string]], why: '' };
  const { files } = recollection([memoryOf('x.ts', mutants)], { judges, explanations: [because] });
  expect(files['x.ts']?.mutants.map(({ replacement }) => replacement)).toEqual(['2', '3', '4']);
});
