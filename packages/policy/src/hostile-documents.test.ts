import { describe, expect, test } from 'vitest';

import { type KeyValue, present, type RequestContext, UNKNOWN } from './context.ts';
import { matchDocument, type PolicyRequest } from './match-statement.ts';
import { parsePolicyDocument } from './parse-document.ts';

const PREFIX = 'arn:aws:ecr:*:*:repository/';
const NAME_LENGTH = 1_954;
const RESOURCE = `arn:aws:ecr:eu-west-1:111122223333:repository/${'a'.repeat(NAME_LENGTH)}`;

function requestOf(keys: Readonly<Record<string, KeyValue>> = {}): PolicyRequest {
  const context: RequestContext = { lookup: (key) => keys[key] ?? UNKNOWN };
  return {
    principal: {
      kind: 'user',
      partition: 'aws',
      accountId: '111122223333',
      arn: 'arn:aws:iam::111122223333:user/ana',
      sessionArn: null,
      uniqueId: null,
      hasPermissionsBoundary: false,
      federatedProvider: null,
    },
    action: 'ecr:PutImage',
    resource: RESOURCE,
    context,
  };
}

function textOf(statement: object): string {
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: 'ecr:*', Resource: '*', ...statement }],
  });
}

/** How the one statement of a document applies; null where it does not. */
function outcome(text: string, keys: Readonly<Record<string, KeyValue>> = {}): string | null {
  const read = parsePolicyDocument(text, 'identity');
  if (read.kind === 'unreadable') {
    throw new TypeError(read.problem.message);
  }
  return matchDocument(read.value, 'p', requestOf(keys))[0]?.formula.kind ?? null;
}

/** Close to the longest text that is read. What is quadratic in these takes minutes to hours. */
const LENGTH = 990_000;

describe('a document as long as is read, made to keep a matcher busy, is answered', () => {
  test.each<readonly [string, object, string | null]>([
    ['stars in a resource', { Resource: `${PREFIX}${'*'.repeat(LENGTH)}` }, 'true'],
    ['stars and characters', { Resource: `${PREFIX}${'*a'.repeat(LENGTH / 2)}` }, null],
    ['as many as the name has', { Resource: `${PREFIX}${'*a'.repeat(NAME_LENGTH)}` }, 'true'],
    ['stars and question marks', { Resource: `${PREFIX}${'?*'.repeat(LENGTH / 2)}` }, null],
    ['question marks to the character', { Resource: `${PREFIX}${'*?'.repeat(NAME_LENGTH)}` }, 'true'],
    [
      'patterns that nearly match everywhere',
      { Resource: Array.from({ length: 40 }, () => `${PREFIX}*${'a'.repeat(950)}b*`) },
      null,
    ],
    ['stars in an action', { Action: `ecr:${'*'.repeat(LENGTH)}` }, 'true'],
    ['stars where a service should be', { Action: `${'*'.repeat(LENGTH)}:x` }, null],
    ['stars without a service', { Action: '*'.repeat(LENGTH) }, 'unreadable'],
    ['colons', { Resource: `arn${':'.repeat(LENGTH)}` }, null],
    ['variables', { Resource: `${PREFIX}${'${k}'.repeat(200_000)}` }, 'resource'],
    ['open variables', { Resource: `${PREFIX}${'${'.repeat(LENGTH / 2)}` }, 'unreadable'],
    ['open quotes in variables', { Resource: `${PREFIX}${"${k,'".repeat(LENGTH / 5)}` }, 'unreadable'],
    ['digits', { Condition: { NumericEquals: { k: '1'.repeat(LENGTH) } } }, 'unreadable'],
    ['a date that does not end', { Condition: { DateEquals: { k: `${'1'.repeat(LENGTH)}.` } } }, 'unreadable'],
    ['groups of an address', { Condition: { IpAddress: { k: '1:'.repeat(LENGTH / 2) } } }, 'unreadable'],
    ['base64 with a flaw at its end', { Condition: { BinaryEquals: { k: `${'A'.repeat(LENGTH)}!` } } }, 'unreadable'],
    [
      'stars before a value that is known in part',
      { Condition: { StringLike: { known: '*'.repeat(LENGTH) } } },
      'true',
    ],
    [
      'stars and question marks before it',
      { Condition: { StringLike: { known: '*?'.repeat(LENGTH / 2) } } },
      'condition',
    ],
    ['segments of an ARN', { Condition: { ArnLike: { arn: `arn${':*'.repeat(LENGTH / 2)}` } } }, null],
    [
      'values of one condition',
      { Condition: { StringEquals: { k: Array.from({ length: 20_000 }, (_, index) => `v${index}`) } } },
      'condition',
    ],
    [
      'conditions of one statement',
      { Condition: { StringEquals: Object.fromEntries(Array.from({ length: 20_000 }, (_, i) => [`k${i}`, 'v'])) } },
      'all',
    ],
    [
      'principals in a condition',
      { Condition: { Bool: { k: Array.from({ length: 90_000 }, () => 'true') } } },
      'condition',
    ],
  ])('%s', (_title, statement, expected) => {
    const keys = { known: { kind: 'prefix', prefix: 'AROAEXAMPLE:' } as const, arn: present(RESOURCE) };
    expect(outcome(textOf(statement), keys)).toBe(expected);
  });
});

describe('a text that is made to keep the reader busy is refused', () => {
  const depth = 100_000;

  test.each<readonly [string, string, string]>([
    ['lists in lists', `${'['.repeat(depth)}${']'.repeat(depth)}`, 'nested more than 64 levels deep'],
    ['objects in objects', `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`, 'nested more than 64 levels deep'],
    ['URL-encoded space before nothing', '%20'.repeat(LENGTH / 3), 'is no JSON value'],
    ['lines before a flaw', `{${'\n'.repeat(LENGTH)}!`, `line ${LENGTH + 1}, column 1`],
    ['backslashes', `"${'\\\\'.repeat(LENGTH / 2)}"`, 'expected a JSON object'],
    [
      'keys, and the last one twice',
      `{${Array.from({ length: 60_000 }, (_, i) => `"k${i}":1`).join(',')},"k0":1}`,
      'twice',
    ],
  ])('%s', (_title, text, message) => {
    const read = parsePolicyDocument(text, 'identity');
    expect(read.kind === 'unreadable' && read.problem.message).toContain(message);
  });

  test('and so is an object that nests as deep', () => {
    let nested: unknown = 1;
    for (let level = 0; level < depth; level += 1) {
      nested = [nested];
    }
    const read = parsePolicyDocument({ Statement: [{ Effect: nested }] }, 'identity');
    expect(read).toMatchObject({ kind: 'unreadable', problem: { message: 'is nested more than 64 levels deep' } });
  });

  test('a problem in each of 9,000 statements has a place and a line of its own', () => {
    const statements = Array.from({ length: 9_000 }, () => '{"Effect": "Alow", "Action": "ecr:*", "Resource": "*"}');
    const read = parsePolicyDocument(`{"Statement": [\n${statements.join(',\n')}]}`, 'identity');
    const problems = read.kind === 'readable' ? read.value.problems : [];
    expect(problems).toHaveLength(9_000);
    expect(problems.map(({ place, position }) => [place, position])).toEqual(
      statements.map((_, index) => [`Statement[${index}].Effect`, { line: index + 2, column: 12 }]),
    );
  });
});
