import { readFileSync } from 'node:fs';

import { expect, test } from 'vitest';

import { percentOf, scoresOf } from './report.ts';
import { isExplained, readExplanations } from './survivors.ts';

const explanations = readExplanations();

test('every survivor that is explained still is one of the source as it stands', () => {
  const stale = explanations.filter(({ file, code, changes }) => {
    const lines = readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8').split('\n');
    const isThere = lines.some((line) => line.trim() === code);
    return !isThere || changes.some(([from]) => !from.includes('\n') && !code.includes(from));
  });
  expect(stale).toEqual([]);
});

const report = {
  testFiles: {},
  files: {
    'a.ts': {
      source: 'const a = 1;\n  if (a > 1) {\n    stop();\n  }\n',
      mutants: [
        mutant('Survived', [2, 7], [2, 12], 'false'),
        mutant('NoCoverage', [2, 14], [4, 4], '{}'),
        mutant('Killed', [2, 7], [2, 12], 'true'),
        mutant('Timeout', [2, 7], [2, 12], 'a >= 1'),
        mutant('CompileError', [1, 11], [1, 12], '""'),
      ],
    },
  },
};

function mutant(status: string, [line, column]: [number, number], end: [number, number], replacement: string) {
  return {
    mutatorName: 'Any',
    status,
    replacement,
    location: { start: { line, column }, end: { line: end[0], column: end[1] } },
  };
}

test('a survivor is told by its line and by what replaced which part of it; what does not compile counts for nothing', () => {
  const [score] = scoresOf(report);
  expect(score).toEqual({
    file: 'a.ts',
    killed: 2,
    survivors: [
      { file: 'a.ts', line: 2, code: 'if (a > 1) {', from: 'a > 1', to: 'false' },
      { file: 'a.ts', line: 2, code: 'if (a > 1) {', from: '{\n    stop();\n  }', to: '{}' },
    ],
  });
  expect(score === undefined ? null : percentOf(score)).toBe('50.0');
});

test('an explanation covers the change that it names, and no other one of the same line', () => {
  const survivor = { file: 'a.ts', line: 2, code: 'if (a > 1) {', from: 'a > 1', to: 'false' };
  const because = {
    file: 'a.ts',
    code: 'if (a > 1) {',
    changes: [['a > 1', 'false'] satisfies [string, string]],
    why: '',
  };
  expect(isExplained(survivor, [because])).toBe(true);
  expect(isExplained({ ...survivor, to: 'true' }, [because])).toBe(false);
  expect(isExplained({ ...survivor, file: 'b.ts' }, [because])).toBe(false);
  expect(isExplained({ ...survivor, code: 'while (a > 1) {' }, [because])).toBe(false);
});
