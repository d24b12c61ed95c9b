import { describe, expect, test } from 'vitest';

import { UNKNOWN } from './context.ts';
import { decide } from './decide.ts';
import type { DocumentKind } from './document.ts';
import type { PolicySet } from './gates.ts';
import { parsePolicyDocument } from './parse-document.ts';
import type { Problem } from './problem.ts';

type Json = Readonly<Record<string, unknown>>;

const ROLE = 'arn:aws:iam::111122223333:role/ci';
const REPOSITORY = 'arn:aws:ecr:eu-west-1:111122223333:repository/team/app';
const EVERYTHING = { Action: 'ecr:*', Resource: '*' };
const ALLOW = { ...EVERYTHING, Effect: 'Allow' };

function problemsOf(document: unknown, kind: DocumentKind): readonly Problem[] {
  const read = parsePolicyDocument(document, kind);
  return read.kind === 'readable' ? read.value.problems : [read.problem];
}

function setOf(documents: readonly unknown[], kind: DocumentKind): PolicySet<'any'> {
  return {
    unread: [],
    sources: documents.map((document, index) => ({
      policyType: 'any',
      policy: `p${index}`,
      via: 'attached',
      document: parsePolicyDocument(document, kind),
    })),
  };
}

/** The decision for a role of the account, given the documents of its own side and those of the repository. */
function decisionFor(identity: readonly unknown[], resource: readonly unknown[]): string {
  return decide(
    {
      isSameAccount: true,
      caller: { kind: 'policies', policies: setOf(identity, 'identity') },
      permissionsBoundary: null,
      sessionPolicies: null,
      scpLevels: null,
      rcps: null,
      resourcePolicies: setOf(resource, 'resource'),
      resourceMayAllow: true,
    },
    {
      principal: {
        kind: 'role',
        partition: 'aws',
        accountId: '111122223333',
        arn: ROLE,
        sessionArn: null,
        uniqueId: null,
        hasPermissionsBoundary: false,
        federatedProvider: null,
      },
      action: 'ecr:PutImage',
      resource: REPOSITORY,
      context: { lookup: () => UNKNOWN },
    },
  ).decision;
}

/** Alone, and beside an Allow for everything, of which only a Deny could take something away. */
function decisions(document: unknown, kind: DocumentKind): { readonly alone: string; readonly beside: string } {
  const allowing = { Statement: ALLOW };
  return kind === 'identity'
    ? { alone: decisionFor([document], []), beside: decisionFor([allowing, document], []) }
    : { alone: decisionFor([], [document]), beside: decisionFor([allowing], [document]) };
}

const WRONG: Readonly<Record<string, unknown>> = {
  null: null,
  'a number': 5,
  'a boolean': true,
  'an object': { a: 1 },
  'an empty object': {},
  'a list in a list': [['*']],
  'an empty list': [],
  'a list of null': [null],
  'a list of numbers': ['ecr:*', 1],
  'an empty text': '',
  'other text': 'nonsense',
};

/** What of the list above is right for an element after all. */
const RIGHT: Readonly<Record<string, readonly string[]>> = {
  Sid: ['an empty text', 'other text'],
  Condition: ['an empty object'],
  // Of keys to values, none among them.
  'Condition.StringEquals': ['an object', 'an empty object'],
};

const CONDITION = 'Condition.StringEquals.aws:SourceVpce';

/** Elements, and how a statement is written with a value in each. */
const ELEMENTS: Readonly<Record<string, (value: unknown) => Json>> = {
  Sid: (value) => ({ ...EVERYTHING, Sid: value }),
  Action: (value) => ({ ...EVERYTHING, Action: value }),
  NotAction: (value) => ({ NotAction: value, Resource: '*' }),
  Resource: (value) => ({ ...EVERYTHING, Resource: value }),
  NotResource: (value) => ({ Action: 'ecr:*', NotResource: value }),
  Condition: (value) => ({ ...EVERYTHING, Condition: value }),
  'Condition.StringEquals': (value) => ({ ...EVERYTHING, Condition: { StringEquals: value } }),
  Principal: (value) => ({ ...EVERYTHING, Principal: value }),
  'Principal.AWS': (value) => ({ ...EVERYTHING, Principal: { AWS: value } }),
  NotPrincipal: (value) => ({ ...EVERYTHING, NotPrincipal: value }),
};

interface Case {
  readonly title: string;
  readonly kind: DocumentKind;
  readonly place: string;
  readonly statement: Json;
}

function wrongTypes(): Case[] {
  return Object.entries(ELEMENTS).flatMap(([element, write]) =>
    Object.entries(WRONG)
      .filter(([name]) => RIGHT[element]?.includes(name) !== true)
      .map(([name, value]): Case => {
        const kind = element.includes('Principal') ? 'resource' : 'identity';
        return { title: `${element} that is ${name}`, kind, place: element, statement: write(value) };
      }),
  );
}

const value = (operator: string, text: unknown): Json => ({
  ...EVERYTHING,
  Condition: { [operator]: { 'aws:SourceVpce': text } },
});

const OTHERS: readonly Case[] = [
  ...[[null], {}, [['a']]].map((wrong): Case => ({
    title: `a value of a condition that is ${JSON.stringify(wrong)}`,
    kind: 'identity',
    place: CONDITION,
    statement: value('StringEquals', wrong),
  })),
  ...(
    [
      ['IpAddress', '10.0.0.0/33'],
      ['NotIpAddress', '10.0.0'],
      ['IpAddress', '::1/129'],
      ['NumericLessThan', '1h'],
      ['NumericEquals', ''],
      ['DateGreaterThan', '2026-02-30'],
      ['DateLessThan', 'tomorrow'],
      ['Bool', 'yes'],
      ['Null', 'maybe'],
      ['BinaryEquals', '***'],
      ['StringLike', '${aws:username'],
      ['StringEquals', '${}'],
      ['ArnLike', '${aws:username, nobody}'],
      ['StringIs', 'x'],
      ['stringequalsifexist', 'x'],
      ['ForSomeValues:StringEquals', 'x'],
      ['ForAllValues:', 'x'],
      ['NullIfExists', 'true'],
      ['ForAnyValue:Null', 'true'],
    ] as const
  ).map(([operator, text]): Case => ({
    title: `the condition ${operator} of ${text}`,
    kind: 'identity',
    place: `Condition.${operator}.aws:SourceVpce`,
    statement: value(operator, text),
  })),
  { title: 'an empty statement', kind: 'identity', place: 'Action', statement: {} },
  {
    title: 'a statement of a repository without Principal',
    kind: 'resource',
    place: 'Principal',
    statement: EVERYTHING,
  },
  {
    title: 'Principal in an identity policy',
    kind: 'identity',
    place: 'Principal',
    statement: { ...EVERYTHING, Principal: '*' },
  },
  {
    title: 'NotPrincipal in an identity policy',
    kind: 'identity',
    place: 'NotPrincipal',
    statement: { ...EVERYTHING, NotPrincipal: '*' },
  },
  { title: 'no Resource', kind: 'identity', place: 'Resource', statement: { Action: '*' } },
  {
    title: 'a resource that is no ARN',
    kind: 'identity',
    place: 'Resource',
    statement: { ...EVERYTHING, Resource: ['*', 'team/app'] },
  },
  {
    title: 'an ARN that does not begin as one',
    kind: 'identity',
    place: 'Resource',
    statement: { ...EVERYTHING, Resource: 'ARN:aws:ecr:*:*:*' },
  },
  {
    title: 'a variable in an ARN that is not closed',
    kind: 'identity',
    place: 'Resource',
    statement: { ...EVERYTHING, Resource: `${REPOSITORY}\${aws:username` },
  },
  {
    title: 'an element that IAM does not know',
    kind: 'identity',
    place: 'Actions',
    statement: { ...EVERYTHING, Actions: '*' },
  },
  {
    title: 'an element in the wrong case',
    kind: 'identity',
    place: 'action',
    statement: { action: 'ecr:*', Resource: '*' },
  },
  {
    title: 'both of two opposites',
    kind: 'identity',
    place: 'NotAction',
    statement: { ...EVERYTHING, NotAction: 's3:*' },
  },
  {
    title: 'a principal that is no name',
    kind: 'resource',
    place: 'Principal.AWS',
    statement: { ...EVERYTHING, Principal: { AWS: 'ci' } },
  },
];

describe('a statement with something that cannot be read', () => {
  test.each([...wrongTypes(), ...OTHERS])('$title: the problem names its place and what was expected', (each) => {
    for (const Effect of ['Allow', 'Deny']) {
      const problems = problemsOf({ Version: '2012-10-17', Statement: [{ Effect, ...each.statement }] }, each.kind);
      const about = problems.filter(({ place }) => place.startsWith(`Statement[0].${each.place}`));
      expect(about.map(({ message }) => message)).toContainEqual(expect.stringContaining('expected '));
    }
  });

  test.each([...wrongTypes(), ...OTHERS])('$title: it never allows as an Allow, and may deny as a Deny', (each) => {
    const asAllow = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...each.statement }] };
    expect(['unknown', 'implicitDeny']).toContain(decisions(asAllow, each.kind).alone);
    expect(decisions(asAllow, each.kind).beside).toBe('allowed');
    const asDeny = { Version: '2012-10-17', Statement: [{ Effect: 'Deny', ...each.statement }] };
    expect(decisions(asDeny, each.kind).alone).toBe('implicitDeny');
    expect(decisions(asDeny, each.kind).beside).toBe('conditional');
  });

  test.each([...Object.entries(WRONG), ['in lower case', 'allow'], ['missing', undefined]])(
    'an Effect that is %s may be either: it allows nothing, and may deny',
    (_title, Effect) => {
      const document = { Statement: [{ ...EVERYTHING, Effect }] };
      expect(problemsOf(document, 'identity')).toContainEqual({
        place: 'Statement[0].Effect',
        message: expect.stringContaining('expected `Allow` or `Deny`'),
      });
      expect(decisions(document, 'identity').alone).toBe('unknown');
      expect(['unknown', 'conditional']).toContain(decisions(document, 'identity').beside);
    },
  );

  test.each(Object.entries(WRONG).filter(([name]) => !name.includes('object') && !name.startsWith('an empty list')))(
    'a statement that is %s may be anything',
    (_title, statement) => {
      const document = { Statement: Array.isArray(statement) ? [statement] : statement };
      expect(problemsOf(document, 'identity')[0]?.place).toBe('Statement[0]');
      expect(decisions(document, 'identity').alone).toBe('unknown');
    },
  );
});

describe('a document that cannot be read as a whole', () => {
  test.each<readonly [string, unknown]>([
    ['of a later version', { Version: '2020-01-01', Statement: [ALLOW] }],
    ['of a version that is a number', { Version: 2_012, Statement: [ALLOW] }],
    ['of a version that is null', { Version: null, Statement: [ALLOW] }],
    ['without statements', { Version: '2012-10-17' }],
    ['with an element that IAM does not know', { Statement: [ALLOW], Allow: '*' }],
    ['with a key twice', '{"Statement": [{"Effect": "Deny", "Effect": "Allow", "Action": "*", "Resource": "*"}]}'],
    ['with JSON that ends early', '{"Statement": ['],
    ['that is a list', [ALLOW]],
    ['that is null', null],
    ['that is text', '"Allow"'],
    ['with a null character', { Statement: [{ ...ALLOW, Sid: 'a\0' }] }],
  ])('%s has one problem, allows nothing and may deny', (_title, document) => {
    const problems = problemsOf(document, 'identity');
    expect(problems).toHaveLength(1);
    expect(problems[0]?.message).toContain('expected ');
    expect(decisions(document, 'identity')).toEqual({ alone: 'unknown', beside: 'unknown' });
  });

  test('but what means nothing to a decision is a problem and no more', () => {
    const document = { Id: 5, Statement: [ALLOW] };
    expect(problemsOf(document, 'identity')).toEqual([{ place: 'Id', message: 'is `5`: expected text' }]);
    expect(decisions(document, 'identity').alone).toBe('allowed');
    const empty = { Statement: [] };
    expect(problemsOf(empty, 'identity')).toEqual([
      { place: 'Statement', message: 'is empty: expected at least one statement' },
    ]);
    expect(decisions(empty, 'identity')).toEqual({ alone: 'implicitDeny', beside: 'allowed' });
  });
});
