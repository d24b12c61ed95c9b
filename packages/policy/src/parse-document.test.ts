import { describe, expect, test } from 'vitest';

import type { DocumentKind, PolicyDocument } from './document.ts';
import { statementName } from './document.ts';
import { parsePolicyDocument } from './parse-document.ts';
import type { Problem } from './problem.ts';

type Json = Readonly<Record<string, unknown>>;

const GOOD: Json = { Effect: 'Allow', Action: 'ecr:PutImage', Resource: '*' };
const GOOD_RESOURCE: Json = { Effect: 'Allow', Principal: '*', Action: 'ecr:PutImage' };

function read(input: unknown, kind: DocumentKind = 'identity'): PolicyDocument {
  const document = parsePolicyDocument(input, kind);
  if (document.kind === 'unreadable') {
    throw new TypeError(document.problem.message);
  }
  return document.value;
}

function problemsOf(statement: unknown, kind: DocumentKind = 'identity', version = '2012-10-17'): readonly Problem[] {
  return read({ Version: version, Statement: [statement] }, kind).problems;
}

describe('a text that is no policy document is refused whole', () => {
  test.each<readonly [string, unknown, string, string]>([
    ['nothing', '', 'document', 'is no policy document: line 1, column 1 ends too early: expected a JSON value'],
    ['a list', [], 'document', 'is `[]`: expected a JSON object with `Version` and `Statement`'],
    ['null', null, 'document', 'is `null`: expected a JSON object with `Version` and `Statement`'],
    ['JSON text of a number', '5', 'document', 'is `5`: expected a JSON object with `Version` and `Statement`'],
    [
      'broken JSON',
      '{"Statement": [',
      'document',
      'is no policy document: line 1, column 16 ends too early: expected a JSON value',
    ],
    [
      'a key twice',
      '{"Statement": [],\n"Statement": []}',
      'document',
      'is no policy document: line 2, column 1 names the key `Statement` twice: expected each key once',
    ],
    ['broken URL encoding', '%7B%', 'document', 'is not URL-encoded text: expected a policy document'],
    [
      'a foreign element',
      { Statement: [], Statements: [] },
      'Statements',
      'is no element of a policy document: expected `Version`, `Id` and `Statement`',
    ],
    [
      'a later version',
      { Version: '2020-01-01', Statement: [] },
      'Version',
      'is `2020-01-01`: expected `2012-10-17` or `2008-10-17`',
    ],
    [
      'a version that is no text',
      { Version: 20_121_017, Statement: [] },
      'Version',
      'is `20121017`: expected `2012-10-17` or `2008-10-17`',
    ],
    ['no statement', { Version: '2012-10-17' }, 'Statement', 'is missing: expected a list of statements'],
    [
      'a text longer than any policy',
      ' '.repeat(1_000_001),
      'document',
      'has 1000001 characters: expected at most 1000000',
    ],
  ])('%s', (_title, input, place, message) => {
    const read = parsePolicyDocument(input, 'identity');
    expect(read).toMatchObject({ kind: 'unreadable', problem: { place, message } });
    expect(read.kind === 'unreadable' && read.problem.position !== undefined).toBe(typeof input === 'string');
  });
});

describe('a document is read from', () => {
  const document = { Version: '2012-10-17', Id: 'x', Statement: [GOOD] };

  test.each<readonly [string, unknown]>([
    ['JSON text', JSON.stringify(document)],
    ['JSON text with white space', `\n ${JSON.stringify(document, null, 2)}\n`],
    ['URL-encoded JSON text', encodeURIComponent(JSON.stringify(document))],
    ['an object', document],
    ['an object with one statement in place of a list', { ...document, Statement: GOOD }],
  ])('%s, with the same result', (_title, input) => {
    expect(read(input)).toEqual(read(document));
    expect(read(input).problems).toEqual([]);
  });

  test('a text without Version as one of 2008-10-17', () => {
    expect(read({ Statement: [] }).version).toBe('2008-10-17');
  });
});

const ELEMENTS_LIST =
  '`Sid`, `Effect`, `Principal`, `NotPrincipal`, `Action`, `NotAction`, `Resource`, `NotResource`, `Condition`';

describe('a wrong element is a problem that names its place and what was expected', () => {
  test.each<readonly [string, unknown, string, string]>([
    ['a statement that is text', 'Allow', 'Statement[0]', 'is `Allow`: expected an object'],
    ['no Effect', { ...GOOD, Effect: undefined }, 'Statement[0].Effect', 'is missing: expected `Allow` or `Deny`'],
    [
      'Effect in lower case',
      { ...GOOD, Effect: 'allow' },
      'Statement[0].Effect',
      'is `allow`: expected `Allow` or `Deny`',
    ],
    [
      'Effect as a list',
      { ...GOOD, Effect: ['Allow'] },
      'Statement[0].Effect',
      'is `["Allow"]`: expected `Allow` or `Deny`',
    ],
    ['Sid as a number', { ...GOOD, Sid: 5 }, 'Statement[0].Sid', 'is `5`: expected text'],
    [
      'no Action',
      { ...GOOD, Action: undefined },
      'Statement[0].Action',
      'is missing: expected an action such as `ecr:BatchGetImage`',
    ],
    [
      'Action beside NotAction',
      { ...GOOD, NotAction: 's3:*' },
      'Statement[0].NotAction',
      'stands beside `Action`: expected only one of the two',
    ],
    [
      'an Action without a service',
      { ...GOOD, Action: ['ecr:PutImage', 'PutImage'] },
      'Statement[0].Action',
      'holds `PutImage`: expected `service:Action` or `*`',
    ],
    [
      'an Action that is a number',
      { ...GOOD, Action: [1] },
      'Statement[0].Action',
      'holds `1`: expected text or a list of texts',
    ],
    [
      'an empty list of actions',
      { ...GOOD, Action: [] },
      'Statement[0].Action',
      'is empty: expected at least one value',
    ],
    [
      'no Resource',
      { ...GOOD, Resource: undefined },
      'Statement[0].Resource',
      'is missing: expected a resource ARN or `*`',
    ],
    [
      'Resource beside NotResource',
      { ...GOOD, NotResource: '*' },
      'Statement[0].NotResource',
      'stands beside `Resource`: expected only one of the two',
    ],
    [
      'a Resource that is no ARN',
      { ...GOOD, Resource: 'team/app' },
      'Statement[0].Resource',
      'holds `team/app`: expected an ARN or `*`',
    ],
    [
      'an open variable in a Resource',
      { ...GOOD, Resource: 'arn:aws:ecr:*:*:repository/${aws:username' },
      'Statement[0].Resource',
      'has a policy variable that is not closed: expected `}` after `${`',
    ],
    [
      'Principal in an identity policy',
      { ...GOOD, Principal: '*' },
      'Statement[0].Principal',
      'stands in a policy without principals: expected none',
    ],
    [
      'an element that IAM does not know',
      { ...GOOD, Conditions: {} },
      'Statement[0].Conditions',
      `is no element of a statement: expected one of ${ELEMENTS_LIST}`,
    ],
    [
      'Condition as a list',
      { ...GOOD, Condition: [] },
      'Statement[0].Condition',
      'is `[]`: expected an object of operators',
    ],
    [
      'an operator without keys',
      { ...GOOD, Condition: { Bool: 'true' } },
      'Statement[0].Condition.Bool',
      'is `true`: expected an object of condition keys',
    ],
    [
      'an unknown operator',
      { ...GOOD, Condition: { StringIs: { 'aws:SourceVpce': 'x' } } },
      'Statement[0].Condition.StringIs.aws:SourceVpce',
      "has the operator `StringIs`: expected one of IAM's condition operators",
    ],
    [
      'Null with IfExists',
      { ...GOOD, Condition: { NullIfExists: { 'aws:SourceVpce': 'true' } } },
      'Statement[0].Condition.NullIfExists.aws:SourceVpce',
      "has the operator `NullIfExists`: expected one of IAM's condition operators",
    ],
    [
      'an unknown set prefix',
      { ...GOOD, Condition: { 'ForSomeValues:StringEquals': { 'aws:TagKeys': 'x' } } },
      'Statement[0].Condition.ForSomeValues:StringEquals.aws:TagKeys',
      "has the operator `ForSomeValues:StringEquals`: expected one of IAM's condition operators",
    ],
    [
      'an empty key',
      { ...GOOD, Condition: { StringEquals: { '': 'x' } } },
      'Statement[0].Condition.StringEquals.',
      'has an empty condition key: expected one such as `aws:SourceVpce`',
    ],
    [
      'a value that is an object',
      { ...GOOD, Condition: { StringEquals: { 'aws:SourceVpce': [{}] } } },
      'Statement[0].Condition.StringEquals.aws:SourceVpce',
      'holds `{}`: expected text, a number or a boolean',
    ],
    [
      'a flag that is neither true nor false',
      { ...GOOD, Condition: { Bool: { 'aws:SecureTransport': 'yes' } } },
      'Statement[0].Condition.Bool.aws:SecureTransport',
      'holds `yes`: expected `true` or `false`',
    ],
    [
      'an address that is none',
      { ...GOOD, Condition: { NotIpAddress: { 'aws:SourceIp': ['10.0.0.0/8', '10.0.0.0/33'] } } },
      'Statement[0].Condition.NotIpAddress.aws:SourceIp',
      'holds `10.0.0.0/33`: expected an IP address or a CIDR range such as `10.0.0.0/8`',
    ],
    [
      'a number that is none',
      { ...GOOD, Condition: { NumericLessThan: { 'aws:MultiFactorAuthAge': '1h' } } },
      'Statement[0].Condition.NumericLessThan.aws:MultiFactorAuthAge',
      'holds `1h`: expected a number',
    ],
    [
      'a date that is none',
      { ...GOOD, Condition: { DateLessThan: { 'aws:CurrentTime': '2026-02-31' } } },
      'Statement[0].Condition.DateLessThan.aws:CurrentTime',
      'holds `2026-02-31`: expected an ISO 8601 date or seconds since 1970',
    ],
    [
      'base64 that is none',
      { ...GOOD, Condition: { BinaryEquals: { 'aws:x': '***' } } },
      'Statement[0].Condition.BinaryEquals.aws:x',
      'holds `***`: expected base64 text',
    ],
  ])('%s', (_title, statement, place, message) => {
    expect(problemsOf(statement)).toContainEqual({ place, message });
  });

  test.each<readonly [string, unknown, string, string]>([
    [
      'no Principal',
      { ...GOOD_RESOURCE, Principal: undefined },
      'Statement[0].Principal',
      'is missing: expected the principals that this resource policy is about',
    ],
    [
      'a Principal that is an ARN',
      { ...GOOD_RESOURCE, Principal: 'arn:aws:iam::111122223333:root' },
      'Statement[0].Principal',
      'is `arn:aws:iam::111122223333:root`: expected `*` or an object with `AWS` or `Service`',
    ],
    [
      'an empty Principal',
      { ...GOOD_RESOURCE, Principal: {} },
      'Statement[0].Principal',
      'is `{}`: expected `*` or an object with `AWS` or `Service`',
    ],
    [
      'a type of principal that IAM does not know',
      { ...GOOD_RESOURCE, Principal: { Aws: '*' } },
      'Statement[0].Principal.Aws',
      'is no type of principal: expected `AWS`, `Service`, `Federated` or `CanonicalUser`',
    ],
    [
      'a principal that is no name',
      { ...GOOD_RESOURCE, Principal: { AWS: ['*', 'alice'] } },
      'Statement[0].Principal.AWS',
      'holds `alice`: expected `*`, an account id, an ARN or a unique id',
    ],
    [
      'an empty list of principals',
      { ...GOOD_RESOURCE, Principal: { AWS: [] } },
      'Statement[0].Principal.AWS',
      'is empty: expected at least one value',
    ],
    [
      'Principal beside NotPrincipal',
      { ...GOOD_RESOURCE, NotPrincipal: '*' },
      'Statement[0].NotPrincipal',
      'stands beside `Principal`: expected only one of the two',
    ],
    [
      'NotPrincipal with Allow',
      { Effect: 'Allow', NotPrincipal: { AWS: '111122223333' }, Action: '*' },
      'Statement[0].NotPrincipal',
      'stands beside `Allow`: expected `Deny`',
    ],
  ])('in a resource policy: %s', (_title, statement, place, message) => {
    expect(problemsOf(statement, 'resource')).toContainEqual({ place, message });
  });

  test.each<readonly [string, Json, string]>([
    [
      'an action whose service has a wildcard',
      { ...GOOD, Action: 'e*:PutImage' },
      'holds `e*:PutImage`, which matches nothing: expected a service prefix without wildcards',
    ],
    [
      'a resource whose service has a wildcard',
      { ...GOOD, Resource: 'arn:aws:e*:*:*:repository/x' },
      'holds `arn:aws:e*:*:*:repository/x`, which matches nothing: expected a service without wildcards',
    ],
  ])('a warning where %s is read and can match nothing', (_title, statement, message) => {
    expect(problemsOf(statement).map((problem) => problem.message)).toEqual([message]);
  });
});

describe('what is well formed has no problem', () => {
  test.each<readonly [string, unknown, DocumentKind]>([
    ['a plain statement', GOOD, 'identity'],
    [
      'lists of everything',
      { ...GOOD, Action: ['ecr:*', '*'], Resource: ['*', 'arn:aws:ecr:*:*:repository/*'] },
      'identity',
    ],
    ['operators in any case', { ...GOOD, Condition: { 'foranyvalue:STRINGlikeifexists': { k: 'x' } } }, 'identity'],
    [
      'numbers and booleans in conditions',
      { ...GOOD, Condition: { Bool: { a: true }, NumericEquals: { b: [1, 2.5] } } },
      'identity',
    ],
    ['a condition without values', { ...GOOD, Condition: { StringEquals: { k: [] } } }, 'identity'],
    ['an empty Condition', { ...GOOD, Condition: {} }, 'identity'],
    ['a repository policy without Resource', GOOD_RESOURCE, 'resource'],
    [
      'all types of principal',
      {
        ...GOOD_RESOURCE,
        Principal: {
          AWS: ['*', '111122223333', 'arn:aws:iam::111122223333:role/x', 'AROAEXAMPLEEXAMPLE01'],
          Service: 'lambda.amazonaws.com',
          Federated: 'cognito-identity.amazonaws.com',
          CanonicalUser: 'abc',
        },
      },
      'resource',
    ],
  ])('%s', (_title, statement, kind) => {
    expect(problemsOf(statement, kind)).toEqual([]);
  });
});

describe('one bad statement', () => {
  const document = {
    Version: '2012-10-17',
    Statement: [GOOD, { ...GOOD, Effect: 'Maybe', Sid: 'Second' }, { ...GOOD, Sid: '' }],
  };

  test('leaves the others as they are', () => {
    const parsed = read(document);
    expect(parsed.problems).toEqual([
      { place: 'Statement[1].Effect', message: 'is `Maybe`: expected `Allow` or `Deny`' },
    ]);
    expect(parsed.statements[0]).toEqual(read({ ...document, Statement: [GOOD] }).statements[0]);
  });

  test('is named by its Sid, or by its index where it has none', () => {
    expect(read(document).statements.map(statementName)).toEqual(['0', 'Second', '2']);
  });
});

test('a variable is one in documents of 2012-10-17 only', () => {
  const statement = { ...GOOD, Resource: 'arn:aws:ecr:*:*:repository/${aws:username' };
  expect(problemsOf(statement, 'identity', '2008-10-17')).toEqual([]);
  expect(problemsOf(statement)).toHaveLength(1);
});

test('a long value is cut in messages', () => {
  const [problem] = problemsOf({ ...GOOD, Effect: 'x'.repeat(5000) });
  expect(problem?.message).toBe(`is \`${'x'.repeat(60)}...\`: expected \`Allow\` or \`Deny\``);
});

test('the object that a document was read from may come from anywhere, with keys that objects inherit', () => {
  const hostile: unknown = JSON.parse('{"Statement": [{"__proto__": {"Effect": "Allow"}, "constructor": 1}]}');
  const [statement] = read(hostile).statements;
  expect(statement?.effect.kind).toBe('unreadable');
  expect(statement?.strayElements.map((problem) => problem.place)).toEqual([
    'Statement[0].__proto__',
    'Statement[0].constructor',
  ]);
});
