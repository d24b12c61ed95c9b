import { describe, expect, test } from 'vitest';

import { parsePolicyDocument } from './parse-document.ts';
import type { Problem } from './problem.ts';

const GOOD = { Effect: 'Allow', Action: 'ecr:PutImage', Resource: '*' };
const TEXT = JSON.stringify({ Version: '2012-10-17', Statement: [GOOD] });

/** The one problem for which a document is refused, or null where it is read. */
function refusal(input: unknown): Problem | null {
  const read = parsePolicyDocument(input, 'identity');
  return read.kind === 'unreadable' ? read.problem : null;
}

function nested(levels: number): unknown {
  return levels === 0 ? 'x' : [nested(levels - 1)];
}

test('a text as long as any may be is read, and one character more is not', () => {
  expect(refusal(TEXT.padEnd(1_000_000))).toBeNull();
  expect(refusal(TEXT.padEnd(1_000_001))).toEqual({
    place: 'document',
    message: 'has 1000001 characters: expected at most 1000000',
    position: { line: 1, column: 1 },
  });
});

describe('a text is URL-encoded where its first brace is', () => {
  test.each(['', ' ', '\n\t', '%20', '%0A%0D%09%20', '%0a%0d', ' %20\n'])('after %j', (space) => {
    expect(refusal(`${space}${encodeURIComponent(TEXT)}`)).toBeNull();
    expect(refusal(`${space}${encodeURIComponent(TEXT).replaceAll('%7B', '%7b')}`)).toBeNull();
  });

  test.each(['x', '%0B', '%0', '%2', '%'])('and not after %j', (text) => {
    expect(refusal(`${text}${encodeURIComponent(TEXT)}`)?.message).toContain('is no policy document: line 1, column 1');
  });

  test('and a brace that is encoded later is a part of a text', () => {
    const statement = { ...GOOD, Sid: '%7B' };
    const read = parsePolicyDocument(JSON.stringify({ Statement: statement }), 'identity');
    expect(read).toMatchObject({ value: { statements: [{ sid: '%7B' }] } });
  });
});

test('a document nests as deep as a text of one may, and no deeper', () => {
  const deep = 'is nested more than 64 levels deep';
  expect(refusal({ Statement: nested(63) })).toBeNull();
  expect(refusal({ Statement: nested(64) })).toEqual({ place: 'document', message: deep });
});

describe('what neither IAM nor a database takes is refused wherever it stands:', () => {
  const message = 'holds a null character or half a character: expected text that IAM accepts';
  test.each<readonly [string, unknown]>([
    ['a value', { Statement: [{ ...GOOD, Sid: 'a\0' }] }],
    ['half a character', { Statement: [{ ...GOOD, Sid: '\uD83D' }] }],
    ['a name', { Statement: [{ ...GOOD, 'a\0': 1 }] }],
    ['the document itself', '"\\u0000"'],
  ])('%s', (_title, input) => {
    expect(refusal(input)).toMatchObject({ place: 'document', message });
  });

  test('and whole characters, numbers and null are not', () => {
    expect(refusal({ Statement: [{ ...GOOD, Sid: '💡', More: [1, null, true, {}] }] })).toBeNull();
  });
});

test('the name of an element that is none is told in part', () => {
  expect(refusal({ Statement: [], ['x'.repeat(100)]: 1 })).toEqual({
    place: 'x'.repeat(60),
    message: 'is no element of a policy document: expected `Version`, `Id` and `Statement`',
  });
});

test('an Id that is no text is a problem, and no reason to refuse the document', () => {
  const read = parsePolicyDocument({ Id: 5, Statement: [GOOD] }, 'identity');
  expect(read).toMatchObject({ value: { problems: [{ place: 'Id', message: 'is `5`: expected text' }] } });
});

test('the problems of a document are told in its order, and each once', () => {
  const statements = [{ ...GOOD, Effect: 'a', Sid: 5, Action: 'b', Resource: 'c', Condition: [] }, 6];
  const read = parsePolicyDocument({ Id: 7, Statement: statements }, 'resource', { lengthMax: 10 });
  expect(read.kind === 'readable' && read.value.problems.map(({ place }) => place)).toEqual([
    'document',
    'Id',
    'Statement[0].Sid',
    'Statement[0].Effect',
    'Statement[0].Principal',
    'Statement[0].Action',
    'Statement[0].Resource',
    'Statement[0].Condition',
    'Statement[1]',
  ]);
});
