import { expect, test } from 'vitest';

import { measuredFacts, missingOperators, missingRules, operators } from './coverage.ts';
import { loadConformanceFiles } from './load.ts';

const files = loadConformanceFiles();

test('every rule that decides has an allowing and a denying case', () => {
  expect(missingRules(files)).toEqual([]);
});

test('each of the 27 operators, in every spelling, meets every kind of value', () => {
  expect(operators).toHaveLength(27);
  expect(missingOperators(files)).toEqual([]);
});

test('the 28 facts measured on AWS are there as they were measured', () => {
  expect(measuredFacts(files)).toEqual({
    role: 'DDAAADD',
    session: 'AAAAADD',
    'account-condition': 'DDADADD',
    'everyone-condition': 'AAAAADD',
  });
});

test('no two cases of one file ask the same', () => {
  const repeated = files.flatMap(({ path, cases }) => {
    const questions = cases.map(({ parts, request }) => JSON.stringify([parts, request]));
    return questions.length === new Set(questions).size ? [] : [path];
  });
  expect(repeated).toEqual([]);
});
