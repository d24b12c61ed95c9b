import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { parsePolicyDocument } from './parse-document.ts';
import { POLICY_LENGTHS_MAX, policyLength } from './policy-length.ts';
import { describePlace, type Problem } from './problem.ts';
import { Place } from './place.ts';

function problemsOf(text: string, lengthMax?: number): readonly Problem[] {
  const read = parsePolicyDocument(text, 'resource', lengthMax === undefined ? {} : { lengthMax });
  return read.kind === 'readable' ? read.value.problems : [read.problem];
}

/** The text with the marker `^` taken out, and where it stood. */
function marked(text: string): { readonly text: string; readonly line: number; readonly column: number } {
  const before = text.slice(0, text.indexOf('^')).split('\n');
  return { text: text.replace('^', ''), line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

const head = '{"Version": "2012-10-17",\n "Statement": [{"Effect": "Deny", "Principal": "*", "Action": "ecr:*"},\n  ';
const tail = '\n]}';
const good = '"Effect": "Allow",\n "Principal": "*"';

describe('a problem stands in the line and column of the value or the name that it is about', () => {
  test.each<readonly [string, string, string]>([
    ['an Effect that is none', `{"Effect": ^"Alow", "Principal": "*", "Action": "ecr:*"}`, 'Effect'],
    ['what is missing: the statement', `^{"Effect": "Allow", "Principal": "*"}`, 'Action'],
    ['one action of a list', `{${good}, "Action": ["ecr:*",\n   ^"PutImage"]}`, 'Action'],
    ['the only action', `{${good}, "Action": ^"PutImage"}`, 'Action'],
    ['one that is no text', `{${good}, "Action": ["ecr:*", ^5]}`, 'Action'],
    ['a list without values', `{${good}, "Action": ^[]}`, 'Action'],
    ['a warning', `{${good}, "Action": ["ecr:*", ^"e*:PutImage"]}`, 'Action'],
    ['a resource', `{${good}, "Action": "*", "Resource": ["*", ^"team/app"]}`, 'Resource'],
    ['an open variable', `{${good}, "Action": "*", "Resource": ^"arn:a:b:c:d:\${e"}`, 'Resource'],
    ['a principal', '{"Effect": "Allow", "Action": "*", "Principal": {"AWS": ["*", ^"alice"]}}', 'Principal.AWS'],
    [
      'the name of a type of principal',
      '{"Effect": "Allow", "Action": "*", "Principal": {"AWS": "*", ^"Aws": "*"}}',
      'Principal.Aws',
    ],
    ['the name of an element', `{${good}, "Action": "*",\t^"Conditions": {}}`, 'Conditions'],
    ['the name of the second of two opposites', `{${good}, "Action": "*", ^"NotAction": "*"}`, 'NotAction'],
    ['NotPrincipal beside Allow', '{"Effect": "Allow", "Action": "*", ^"NotPrincipal": "*"}', 'NotPrincipal'],
    ['a Sid', `{${good}, "Action": "*", "Sid":  ^7}`, 'Sid'],
    ['a Condition', `{${good}, "Action": "*", "Condition": ^[]}`, 'Condition'],
    ['the keys of an operator', `{${good}, "Action": "*", "Condition": {"Bool": ^"true"}}`, 'Condition.Bool'],
    [
      'the name of an operator',
      `{${good}, "Action": "*", "Condition": {\n^"StringIs": {"aws:SourceVpce": "x"}}}`,
      'Condition.StringIs.aws:SourceVpce',
    ],
    ['an empty key', `{${good}, "Action": "*", "Condition": {"Bool": {^"": "x"}}}`, 'Condition.Bool.'],
    [
      'one value of a condition',
      `{${good}, "Action": "*", "Condition": {"IpAddress": {"aws:SourceIp": ["10.0.0.0/8",\n^"10.0.0.0/33"]}}}`,
      'Condition.IpAddress.aws:SourceIp',
    ],
    [
      'a key that the text spells with escapes',
      `{${good}, "Action": "*", "Condition": {"Bool": {"\\u0061": ^"x"}}}`,
      'Condition.Bool.a',
    ],
    ['a statement that is none', '^"Allow"', ''],
  ])('%s', (_title, statement, element) => {
    const { text, line, column } = marked(`${head}${statement}${tail}`);
    const place = element === '' ? 'Statement[1]' : `Statement[1].${element}`;
    expect(problemsOf(text)).toContainEqual({ place, message: expect.any(String), position: { line, column } });
  });

  test.each<readonly [string, string, string]>([
    ['a version', '\n {"Version": ^"2020-01-01", "Statement": []}', 'Version'],
    ['an Id', '{"Id": ^5, "Statement": []}', 'Id'],
    ['no statements', ' ^{"Version": "2012-10-17"}', 'Statement'],
    ['an element of the document', '{"Statement": [],\r\n ^"Statements": []}', 'Statements'],
    ['a single statement', '{"Statement": ^"Allow"}', 'Statement[0]'],
    ['what is no object', '\n\n ^5', 'document'],
    ['JSON that is broken', '{"Statement": [\n ^}', 'document'],
    ['a key that stands twice', '{"Statement": [],\n ^"Statement": []}', 'document'],
    ['a text with a null character', '{"Statement": [{"Sid": ^"\\u0000"}]}', 'document'],
    ['a key with half a character', '{"Statement": [{"Sid": "a", ^"\\uD800": ""}]}', 'document'],
  ])('%s', (_title, source, place) => {
    const { text, line, column } = marked(source);
    expect(problemsOf(text)).toContainEqual({ place, message: expect.any(String), position: { line, column } });
  });

  test('of a principal in a policy that names none', () => {
    const { text, line, column } = marked(
      '{"Statement": {"Effect": "Allow",\n ^"Principal": "*", "Action": "*", "Resource": "*"}}',
    );
    const read = parsePolicyDocument(text, 'identity');
    expect(read.kind === 'readable' && read.value.problems).toMatchObject([
      { place: 'Statement[0].Principal', position: { line, column } },
    ]);
  });

  test('of the JSON text, where the document is URL-encoded', () => {
    const { text, line, column } = marked('{\n "Version": ^1,\n "Statement": []}');
    expect(problemsOf(encodeURIComponent(text))[0]?.position).toEqual({ line, column });
  });

  test('and nowhere, where the document was given as an object', () => {
    const read = parsePolicyDocument({ Statement: 'Allow' }, 'identity');
    expect(read.kind === 'readable' && read.value.problems.map((problem) => 'position' in problem)).toEqual([false]);
  });

  test('every problem of a text has a place that begins there, whatever is wrong', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 4 }), fc.nat(3), (value, space) => {
        const text = JSON.stringify({ Statement: [{ Effect: 1, Condition: JSON.parse(value) }] }, null, space);
        const lines = text.split('\n');
        const problems = problemsOf(text);
        expect(problems.length).toBeGreaterThan(0);
        for (const { position } of problems) {
          const rest = lines[(position?.line ?? 0) - 1]?.slice((position?.column ?? 0) - 1) ?? '';
          expect(rest).toMatch(/^["{[\dtfn-]/);
        }
      }),
      { numRuns: 500, seed: 20261122 },
    );
  });
});

test('a place is told with its line and column where they are known', () => {
  const problem = { place: 'Statement[1].Effect', message: 'is missing' };
  expect(describePlace(problem)).toBe('Statement[1].Effect');
  expect(describePlace({ ...problem, position: { line: 7, column: 17 } })).toBe(
    'Statement[1].Effect (line 7, column 17)',
  );
});

describe('a document above the limit that AWS sets', () => {
  const statement = { Effect: 'Allow', Principal: '*', Action: 'ecr:*', Sid: 'a b' };
  const text = JSON.stringify({ Statement: Array.from({ length: 100 }, () => statement) });
  const spaced = JSON.stringify(JSON.parse(text), null, 8);

  test('is read, with a problem that says how long it is and may be', () => {
    const read = parsePolicyDocument(text, 'resource', { lengthMax: 5_120 });
    expect(read.kind === 'readable' && read.value.statements).toHaveLength(100);
    expect(problemsOf(text, POLICY_LENGTHS_MAX.scp)).toEqual([
      {
        place: 'document',
        message: `has ${text.length} characters, white space aside: expected at most 5120, as AWS does`,
        position: { line: 1, column: 1 },
      },
    ]);
  });

  test('is above it by what is no white space between its parts, however it is given', () => {
    expect([text, spaced].map(policyLength)).toEqual([text.length, text.length]);
    expect(problemsOf(spaced, text.length)).toEqual([]);
    expect(problemsOf(spaced, text.length - 1)).toHaveLength(1);
    const given = parsePolicyDocument(JSON.parse(text), 'resource', { lengthMax: text.length - 1 });
    expect(given.kind === 'readable' && given.value.problems).toHaveLength(1);
  });

  test('is counted with the white space inside its texts, and with quotes in them', () => {
    expect(policyLength('{ "a \\" b" : "c\td\\\\" }')).toBe('{"a \\" b":"c\td\\\\"}'.length);
  });
});

test('what is missing from a value that holds nothing has the position of that value', () => {
  const place = Place.document('[true]').at(0, 'a').at('b', 'a.b');
  expect(place.problem('is missing').position).toEqual({ line: 1, column: 2 });
});
