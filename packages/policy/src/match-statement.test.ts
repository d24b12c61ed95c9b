import { describe, expect, test } from 'vitest';

import { ABSENT, type KeyValue, present, type RequestContext, UNKNOWN, UNREAD } from './context.ts';
import type { DocumentKind, PolicyDocument } from './document.ts';
import type { Formula } from './formula.ts';
import { matchDocument, mightAllow, mightConcern, type StatementMatch } from './match-statement.ts';
import { parsePolicyDocument } from './parse-document.ts';

const REPOSITORY = 'arn:aws:ecr:eu-west-1:111122223333:repository/app';
const USER = 'arn:aws:iam::111122223333:user/alice';
const ALLOW = { Effect: 'Allow', Action: 'ecr:*', Resource: '*' };

type Keys = Readonly<Record<string, KeyValue>>;

function parse(statement: object, kind: DocumentKind = 'identity'): PolicyDocument {
  const document = parsePolicyDocument({ Version: '2012-10-17', Statement: statement }, kind);
  if (document.kind === 'unreadable') {
    throw new TypeError(document.problem.message);
  }
  return document.value;
}

function match(
  statement: object,
  { kind = 'identity', keys = {}, action = 'ecr:PutImage', resource = REPOSITORY, context }: Partial<Asked> = {},
): StatementMatch[] {
  return matchDocument(parse(statement, kind), 'policy p', {
    principal: {
      kind: 'user',
      partition: 'aws',
      accountId: '111122223333',
      arn: USER,
      sessionArn: null,
      uniqueId: null,
      hasPermissionsBoundary: false,
      federatedProvider: null,
    },
    action,
    resource,
    context: context ?? { lookup: (key) => keys[key] ?? ABSENT },
  });
}

interface Asked {
  readonly kind: DocumentKind;
  readonly keys: Keys;
  /** In place of `keys`. */
  readonly context: RequestContext;
  readonly action: string;
  readonly resource: string;
}

function formulas(matches: readonly StatementMatch[]): readonly (readonly [string, Formula])[] {
  return matches.map(({ effect, formula }) => [effect, formula]);
}

const TRUE: Formula = { kind: 'true' };
const unread = (place: string, isGap: boolean): Formula => ({ kind: 'unreadable', place: `policy p ${place}`, isGap });

describe('a part that cannot be read', () => {
  test('is a gap in an Allow, and a condition that may hold in a Deny', () => {
    const conditions = { Condition: { NoSuchOperator: { 'aws:SourceVpce': 'vpce-1' } } };
    const place = 'Statement[0].Condition.NoSuchOperator.aws:SourceVpce';
    expect(formulas(match({ ...ALLOW, ...conditions }))).toEqual([['Allow', unread(place, true)]]);
    expect(formulas(match({ ...ALLOW, ...conditions, Effect: 'Deny' }))).toEqual([['Deny', unread(place, false)]]);
  });

  test('stands for either effect where that is what cannot be read, under a name of its own as each', () => {
    expect(formulas(match({ ...ALLOW, Effect: 'Perhaps' }))).toEqual([
      ['Allow', unread('Statement[0].Effect as Allow', true)],
      ['Deny', unread('Statement[0].Effect as Deny', false)],
    ]);
  });

  test('makes the whole statement unreadable where it is an element that IAM does not know', () => {
    expect(formulas(match({ ...ALLOW, Actoin: 'ecr:PutImage' }))).toEqual([
      ['Allow', unread('Statement[0].Actoin', true)],
    ]);
  });

  test('may be the action or the resource that is asked for', () => {
    expect(formulas(match({ ...ALLOW, Action: 7 }))).toEqual([['Allow', unread('Statement[0].Action', true)]]);
    expect(formulas(match({ ...ALLOW, Resource: 7 }))).toEqual([['Allow', unread('Statement[0].Resource', true)]]);
  });

  test('may be the caller where it is the principal, who is then meant directly', () => {
    const [found] = match({ ...ALLOW, Principal: 7 }, { kind: 'resource' });
    expect([found?.form, found?.formula]).toEqual(['direct', unread('Statement[0].Principal', true)]);
  });

  test('changes nothing in a statement that does not apply', () => {
    expect(match({ ...ALLOW, Action: 's3:*', Resource: 7 })).toEqual([]);
    expect(match({ ...ALLOW, Resource: 'arn:aws:ecr:*:*:repository/other', Action: 7 })).toEqual([]);
    expect(
      match({ ...ALLOW, Principal: { AWS: 'arn:aws:iam::111122223333:user/bob' }, Resource: 7 }, { kind: 'resource' }),
    ).toEqual([]);
  });
});

describe('a statement applies', () => {
  test('only under conditions that can hold', () => {
    const condition = { Condition: { StringEquals: { 'aws:SourceVpce': 'vpce-1' } } };
    expect(match({ ...ALLOW, ...condition })).toEqual([]);
    expect(formulas(match({ ...ALLOW, ...condition }, { keys: { 'aws:sourcevpce': present('vpce-1') } }))).toEqual([
      ['Allow', TRUE],
    ]);
  });

  test('whatever the resource, where it is in the policy of that resource and has none', () => {
    const [found] = match({ Effect: 'Allow', Principal: '*', Action: 'ecr:*' }, { kind: 'resource' });
    expect([found?.form, found?.formula]).toEqual(['direct', TRUE]);
  });

  test('without a form of naming in policies that have no Principal', () => {
    expect(match(ALLOW)[0]?.form).toBeNull();
  });

  test.each<readonly [string, string, boolean]>([
    ['ecr:PutImage', 'ecr:PutImage', true],
    ['ECR:putimage', 'ecr:PutImage', true],
    ['ecr:putimage', 'ECR:PUTIMAGE', true],
    ['ecr:Put*', 'ecr:PutImage', true],
    ['ecr:Put?mage', 'ecr:PutImage', true],
    ['*', 'ecr:PutImage', true],
    ['ecr:*', 'ecr:PutImage', true],
    ['s3:*', 'ecr:PutImage', false],
    ['ecr:Get*', 'ecr:PutImage', false],
    ['ecr-public:*', 'ecr:PutImage', false],
  ])('action %s to %s: %s, and NotAction the other way round', (pattern, action, expected) => {
    expect(match({ ...ALLOW, Action: pattern }, { action })).toHaveLength(expected ? 1 : 0);
    const { Action: _, ...rest } = { ...ALLOW, NotAction: pattern };
    expect(match(rest, { action })).toHaveLength(expected ? 0 : 1);
  });

  test('to every resource but those that NotResource lists', () => {
    const { Resource: _, ...rest } = { ...ALLOW, NotResource: [REPOSITORY] };
    expect(match(rest)).toEqual([]);
    expect(match(rest, { resource: `${REPOSITORY}2` })).toHaveLength(1);
  });
});

function openResource(isGap: boolean): Formula {
  const pattern = 'arn:aws:ecr:*:111122223333:repository/${aws:principaltag/team}';
  return { kind: 'resource', resource: REPOSITORY, pattern, isGap };
}

function keysAskedBy(statement: object): readonly string[] {
  const asked: string[] = [];
  const lookup = (key: string): KeyValue => {
    asked.push(key);
    return UNKNOWN;
  };
  match(statement, { context: { lookup } });
  return asked;
}

test('a statement about another action or resource asks for no key of the request', () => {
  const condition = { Condition: { StringEquals: { 'aws:PrincipalTag/team': 'blue' } } };
  expect(keysAskedBy({ ...ALLOW, ...condition })).toContain('aws:principaltag/team');
  expect(keysAskedBy({ ...ALLOW, ...condition, Action: 's3:*', Resource: 'arn:aws:ecr:*:*:${aws:userid}' })).toEqual(
    [],
  );
  expect(keysAskedBy({ ...ALLOW, ...condition, Resource: 'arn:aws:s3:::bucket' })).toEqual([]);
});

describe('a resource with a variable', () => {
  const statement = { ...ALLOW, Resource: 'arn:aws:ecr:*:111122223333:repository/${aws:PrincipalTag/team}' };
  const withTeam = (value: KeyValue) => formulas(match(statement, { keys: { 'aws:principaltag/team': value } }));
  test('matches by its value, and nothing where it has none', () => {
    expect(withTeam(present('app'))).toEqual([['Allow', TRUE]]);
    expect(withTeam(present('other'))).toEqual([]);
    expect(withTeam(ABSENT)).toEqual([]);
  });

  test('is told with the wildcards that it means literally', () => {
    const resource = 'arn:aws:ecr:eu-west-1:111122223333:repository/*app';
    const literal = { ...ALLOW, Resource: 'arn:aws:ecr:*:*:repository/${*}${aws:PrincipalTag/team}' };
    const [found] = match(literal, { resource, keys: { 'aws:principaltag/team': UNKNOWN } });
    expect(found?.formula).toMatchObject({ pattern: 'arn:aws:ecr:*:*:repository/${*}${aws:principaltag/team}' });
  });

  test('is open where the value is not known, and a gap where it could have been', () => {
    expect(withTeam(UNKNOWN)).toEqual([['Allow', openResource(false)]]);
    expect(withTeam(UNREAD)).toEqual([['Allow', openResource(true)]]);
  });
});

function doubts(statement: object, asked: Partial<Asked> = {}) {
  return match(statement, asked)[0]?.doubts;
}

describe('a doubt is told', () => {
  test('where a short resource pattern is what matches', () => {
    expect(doubts({ ...ALLOW, Resource: 'arn:aws:ecr:*' })).toEqual(['shortResourcePattern']);
    expect(doubts({ ...ALLOW, Resource: ['arn:aws:s3:*', REPOSITORY] })).toEqual([]);
    expect(doubts({ ...ALLOW, Resource: ['arn:aws:ecr:*', 'arn:aws:s3:::bucket'] })).toEqual(['shortResourcePattern']);
    expect(doubts({ ...ALLOW, Resource: '*' })).toEqual([]);
    expect(doubts({ ...ALLOW, Resource: '**' })).toEqual([]);
  });

  test('where NotPrincipal decides, and not where Principal does', () => {
    const deny = { Effect: 'Deny', Action: 'ecr:*', Resource: '*' };
    const other = { AWS: 'arn:aws:iam::111122223333:user/bob' };
    expect(doubts({ ...deny, NotPrincipal: other }, { kind: 'resource' })).toEqual(['notPrincipal']);
    expect(doubts({ ...deny, Principal: '*' }, { kind: 'resource' })).toEqual([]);
  });

  test('where a key with several values is compared without a set prefix', () => {
    const several = { keys: { 'aws:tagkeys': present('team', 'app') } };
    const on = (operator: string, values: unknown = 'team') => ({
      ...ALLOW,
      Condition: { [operator]: { 'aws:TagKeys': values } },
    });
    expect(doubts(on('StringEquals'), several)).toEqual(['severalValuesWithoutSetOperator']);
    expect(doubts(on('StringEquals'), { keys: { 'aws:tagkeys': present('team') } })).toEqual([]);
    expect(doubts(on('ForAnyValue:StringEquals'), several)).toEqual([]);
    expect(doubts(on('Null', 'false'), several)).toEqual([]);
    expect(doubts(on('StringEquals'), { keys: { 'aws:tagkeys': UNKNOWN } })).toEqual([]);
    expect(doubts({ ...ALLOW, Condition: { NoSuchOperator: { 'aws:TagKeys': 'team' } } }, several)).toEqual([]);
  });

  test('each beside the others', () => {
    const statement = {
      Effect: 'Deny',
      NotPrincipal: { AWS: 'arn:aws:iam::111122223333:user/bob' },
      Action: 'ecr:*',
      Resource: 'arn:aws:ecr:*',
      Condition: { StringEquals: { 'aws:TagKeys': 'team' } },
    };
    expect(doubts(statement, { kind: 'resource', keys: { 'aws:tagkeys': present('team', 'app') } })).toEqual([
      'shortResourcePattern',
      'notPrincipal',
      'severalValuesWithoutSetOperator',
    ]);
  });
});

describe('whether a document might allow an action', () => {
  test.each<readonly [boolean, string, object]>([
    [true, 'a statement allows it', ALLOW],
    [true, 'one of several does', [{ ...ALLOW, Action: 's3:*' }, ALLOW]],
    [false, 'it is denied', { ...ALLOW, Effect: 'Deny' }],
    [false, 'another action is allowed', { ...ALLOW, Action: 's3:*' }],
    [true, 'the effect cannot be read', { ...ALLOW, Effect: 7 }],
    [true, 'the action cannot be read', { ...ALLOW, Action: 7 }],
    [false, 'the effect cannot be read, of another action', { ...ALLOW, Effect: 7, Action: 's3:*' }],
    [true, 'it is allowed on another resource', { ...ALLOW, Resource: 'arn:aws:s3:::bucket' }],
  ])('%s where %s', (expected, _, statement) => {
    expect(mightAllow(parse(statement), 'ecr:PutImage')).toBe(expected);
  });

  test('a statement concerns the action that it denies, too', () => {
    const [statement] = parse({ ...ALLOW, Effect: 'Deny' }).statements;
    expect(statement !== undefined && mightConcern(statement, 'ecr:PutImage')).toBe(true);
    expect(statement !== undefined && mightConcern(statement, 's3:GetObject')).toBe(false);
  });
});
