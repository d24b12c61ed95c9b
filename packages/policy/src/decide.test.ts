import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { ABSENT, type KeyValue, present, type RequestContext, UNKNOWN } from './context.ts';
import { decide, type Verdict } from './decide.ts';
import type { DocumentKind } from './document.ts';
import type { Atom, Formula } from './formula.ts';
import { substitute } from './simplify.ts';
import type { CallerSide, Gates, PolicySet, PolicySource } from './gates.ts';
import { matchCondition } from './match-condition.ts';
import type { RequestPrincipal } from './match-principal.ts';
import { matchDocument, type PolicyRequest } from './match-statement.ts';
import { parseConditions } from './parse-condition.ts';
import { Place } from './place.ts';
import { parsePolicyDocument } from './parse-document.ts';

const RUNS = { numRuns: 400, seed: 20261122 };

const ACCOUNT = '111122223333';
const ROLE = `arn:aws:iam::${ACCOUNT}:role/path/ci`;
const SESSION = `arn:aws:sts::${ACCOUNT}:assumed-role/ci/build`;
const USER = `arn:aws:iam::${ACCOUNT}:user/alice`;
const REPOSITORY = `arn:aws:ecr:eu-west-1:${ACCOUNT}:repository/team/app`;

type Json = Readonly<Record<string, unknown>>;
type Statements = readonly Json[];

/** What a test may change: lists of documents, each a list of statements, gate by gate. */
interface Said {
  readonly caller: 'user' | 'role' | 'session' | 'service';
  readonly isSameAccount: boolean;
  readonly resourceMayAllow: boolean;
  readonly identity: readonly Statements[];
  readonly boundary: readonly Statements[] | null;
  readonly session: readonly Statements[] | null;
  readonly scps: readonly (readonly Statements[])[] | null;
  readonly rcps: readonly Statements[] | null;
  readonly resource: readonly Statements[];
}

const conditions: fc.Arbitrary<Json> = fc.constantFrom<Json>(
  { StringEquals: { 'aws:SourceVpce': 'vpce-1' } },
  { StringNotEquals: { 'aws:SourceVpce': ['vpce-1', 'vpce-2'] } },
  { StringNotEqualsIfExists: { 'aws:SourceVpce': 'vpce-1' }, Bool: { 'aws:SecureTransport': true } },
  { Bool: { 'aws:SecureTransport': 'false' } },
  { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'true' } },
  { Null: { 'aws:SourceVpce': 'true' } },
  { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['team', 'app'] } },
  { 'ForAnyValue:StringNotEquals': { 'aws:TagKeys': 'team' } },
  { StringEquals: { 'aws:TagKeys': 'app' } },
  { StringEquals: { 'aws:PrincipalTag/Team': '${aws:SourceVpce}' } },
  { StringLike: { 'aws:PrincipalTag/Team': 't*' } },
);

const principals: fc.Arbitrary<unknown> = fc.constantFrom<unknown>(
  '*',
  { AWS: ACCOUNT },
  { AWS: ROLE },
  { AWS: [SESSION, USER] },
  { AWS: 'arn:aws:iam::999999999999:root' },
  { Service: 'lambda.amazonaws.com' },
);

function statement(hasPrincipal: boolean, effect: fc.Arbitrary<string>): fc.Arbitrary<Json> {
  return fc
    .record({
      Sid: fc.string({ minLength: 8, maxLength: 12, unit: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f') }),
      Effect: effect,
      element: fc.constantFrom('Action', 'Action', 'Action', 'Action', 'Action', 'NotAction'),
      action: fc.constantFrom<unknown>(
        '*',
        'ecr:*',
        'ecr:PutImage',
        ['ecr:BatchGetImage', 'ecr:Put*'],
        'ecr:*Image',
        's3:*',
      ),
      resource: fc.constantFrom<unknown>(
        '*',
        '*',
        REPOSITORY,
        `arn:aws:ecr:*:${ACCOUNT}:repository/\${aws:PrincipalTag/Team}/*`,
        `arn:aws:ecr:*:*:repository/other`,
      ),
      condition: fc.option(conditions),
      principal: principals,
      principalElement: fc.constantFrom('Principal', 'Principal', 'Principal', 'NotPrincipal'),
    })
    .map((said) => ({
      Sid: said.Sid,
      Effect: said.Effect,
      [said.element]: said.action,
      Resource: said.resource,
      ...(said.condition === null ? {} : { Condition: said.condition }),
      ...(hasPrincipal ? { [said.Effect === 'Deny' ? said.principalElement : 'Principal']: said.principal } : {}),
    }));
}

const effects = fc.constantFrom('Allow', 'Allow', 'Allow', 'Deny');
const documents = (hasPrincipal: boolean): fc.Arbitrary<Statements[]> =>
  fc.array(fc.array(statement(hasPrincipal, effects), { maxLength: 3 }), { maxLength: 3, size: 'max' });
/** A gate that holds nothing denies everything, so that most of them let everything pass. */
const limits = fc.oneof(
  { arbitrary: fc.constant([[{ Effect: 'Allow', Action: '*', Resource: '*' }]]), weight: 2 },
  { arbitrary: documents(false), weight: 1 },
);

const said: fc.Arbitrary<Said> = fc.record({
  caller: fc.constantFrom('user', 'role', 'session', 'service'),
  isSameAccount: fc.constantFrom(true, true, false),
  resourceMayAllow: fc.constantFrom(true, true, true, false),
  identity: documents(false),
  boundary: fc.option(limits),
  session: fc.option(limits),
  scps: fc.option(fc.array(limits, { maxLength: 2 })),
  rcps: fc.option(documents(true)),
  resource: documents(true),
});

function setOf(lists: readonly Statements[], kind: DocumentKind): PolicySet<'any'> {
  const sources = lists.map((statements, index): PolicySource<'any'> => {
    const document = parsePolicyDocument({ Version: '2012-10-17', Statement: statements }, kind);
    expect(document.kind).toBe('readable');
    return { policyType: 'any', policy: `policy ${index}`, via: 'attached', document };
  });
  return { sources, unread: [] };
}

function gatesOf(from: Said): Gates<'any'> {
  const optional = (lists: readonly Statements[] | null, kind: DocumentKind): PolicySet<'any'> | null =>
    lists === null ? null : setOf(lists, kind);
  const caller: CallerSide<'any'> =
    from.caller === 'service' ? { kind: 'nothing' } : { kind: 'policies', policies: setOf(from.identity, 'identity') };
  return {
    isSameAccount: from.isSameAccount,
    caller,
    permissionsBoundary: optional(from.boundary, 'identity'),
    sessionPolicies: optional(from.session, 'identity'),
    scpLevels:
      from.scps?.map((lists, level) => ({ label: `level ${level}`, policies: setOf(lists, 'identity') })) ?? null,
    rcps: optional(from.rcps, 'resource'),
    resourcePolicies: setOf(from.resource, 'resource'),
    resourceMayAllow: from.resourceMayAllow,
  };
}

function principalOf(from: Said): RequestPrincipal {
  const common = { partition: 'aws', uniqueId: null, federatedProvider: null, sessionArn: null };
  switch (from.caller) {
    case 'user':
      return { ...common, kind: 'user', accountId: ACCOUNT, arn: USER, hasPermissionsBoundary: from.boundary !== null };
    case 'role':
    case 'session':
      return {
        ...common,
        kind: 'role',
        accountId: ACCOUNT,
        arn: ROLE,
        sessionArn: from.caller === 'session' ? SESSION : null,
        hasPermissionsBoundary: from.boundary !== null,
      };
    case 'service':
      return {
        ...common,
        kind: 'service',
        accountId: null,
        arn: 'lambda.amazonaws.com',
        hasPermissionsBoundary: false,
      };
  }
}

type Keys = Readonly<Record<string, KeyValue>>;

const keys: fc.Arbitrary<Keys> = fc.record({
  'aws:sourcevpce': fc.constantFrom(ABSENT, present('vpce-1'), present('vpce-2'), present('vpce-3'), present('team')),
  'aws:securetransport': fc.constantFrom(ABSENT, present('true'), present('false')),
  'aws:multifactorauthpresent': fc.constantFrom(ABSENT, present('true'), present('false')),
  'aws:tagkeys': fc.constantFrom(ABSENT, present(), present('team'), present('team', 'app'), present('other', 'app')),
  'aws:principaltag/team': fc.constantFrom(ABSENT, present('team'), present('vpce-1'), present('*')),
});
const hidden = fc.subarray([
  'aws:sourcevpce',
  'aws:securetransport',
  'aws:multifactorauthpresent',
  'aws:tagkeys',
  'aws:principaltag/team',
]);

function contextOf(known: Keys, unknown: readonly string[] = []): RequestContext {
  return { lookup: (key) => (unknown.includes(key) ? UNKNOWN : (known[key] ?? ABSENT)) };
}

function decideFor(from: Said, context: RequestContext): Verdict<'any'> {
  return decide(gatesOf(from), requestOf(from, context));
}

function requestOf(from: Said, context: RequestContext): PolicyRequest {
  return { principal: principalOf(from), action: 'ecr:PutImage', resource: REPOSITORY, context };
}

/** An atom of a residual, asked of a request where everything is known. */
function holds(atom: Atom, from: Said, context: RequestContext): boolean {
  if (atom.kind === 'condition') {
    const parsed = parseConditions(
      { [atom.operator]: { [atom.key]: atom.values } },
      Place.document(null),
      '2012-10-17',
    );
    return parsed.every((each) => each.kind === 'readable' && matchCondition(each.value, context).kind === 'true');
  }
  const document = parsePolicyDocument(
    {
      Version: '2012-10-17',
      Statement: { Effect: 'Allow', Action: '*', Resource: atom.kind === 'resource' ? atom.pattern : '' },
    },
    'identity',
  );
  return (
    document.kind === 'readable' &&
    matchDocument(document.value, 'residual', requestOf(from, context)).some(({ formula }) => formula.kind === 'true')
  );
}

/** Every gate's documents rewritten; `rewrite` gets a list of documents. */
function rewritten(from: Said, rewrite: (lists: readonly Statements[]) => readonly Statements[]): Said {
  const optional = (lists: readonly Statements[] | null): readonly Statements[] | null =>
    lists === null ? null : rewrite(lists);
  return {
    ...from,
    identity: rewrite(from.identity),
    boundary: optional(from.boundary),
    session: optional(from.session),
    scps: from.scps?.map(rewrite) ?? null,
    rcps: optional(from.rcps),
    resource: rewrite(from.resource),
  };
}

/** The statement put into one gate that applies to the request, chosen by `place`. */
function withStatement(from: Said, place: number, added: { readonly identity: Json; readonly resource: Json }): Said {
  const own = [[added.identity]];
  const choices: Said[] = [
    { ...from, identity: [...from.identity, ...own] },
    { ...from, resource: [...from.resource, [added.resource]] },
    ...(from.boundary === null ? [] : [{ ...from, boundary: [...from.boundary, ...own] }]),
    ...(from.session === null ? [] : [{ ...from, session: [...from.session, ...own] }]),
    ...(from.rcps === null ? [] : [{ ...from, rcps: [...from.rcps, [added.resource]] }]),
    ...(from.scps ?? []).map((_, level) => ({
      ...from,
      scps: from.scps?.map((lists, index) => (index === level ? [...lists, ...own] : lists)) ?? null,
    })),
  ];
  return choices[place % choices.length] ?? from;
}

const mirrored = (lists: readonly Statements[]): readonly Statements[] =>
  lists.map((statements) => statements.toReversed()).toReversed();
const split = (lists: readonly Statements[]): readonly Statements[] =>
  lists.flatMap((statements) => statements.map((each) => [each]));
const joined = (lists: readonly Statements[]): readonly Statements[] => [lists.flat()];

function kindOf(verdict: Verdict<'any'>): 'allowed' | 'denied' | 'open' {
  return isDenied(verdict) ? 'denied' : verdict.decision === 'allowed' ? 'allowed' : 'open';
}

function isDenied(verdict: Verdict<'any'>): boolean {
  return verdict.decision === 'explicitDeny' || verdict.decision === 'implicitDeny';
}

function decidingSids(verdict: Verdict<'any'>): string[] {
  return verdict.deciding.map(({ match }) => `${match.effect} ${match.statement.sid ?? ''}`).toSorted();
}

describe('a decision', () => {
  test('of a request in which all is known is never conditional, and is the same with its formula', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(said, keys, (from, known) => {
        const { decision, formula } = decideFor(from, contextOf(known));
        seen.add(decision);
        expect(['allowed', 'explicitDeny', 'implicitDeny']).toContain(decision);
        expect(formula.kind).toBe(decision === 'allowed' ? 'true' : 'false');
      }),
      RUNS,
    );
    expect(seen.size).toBe(3);
  });

  test('of a request in which not all is known leaves a residual that gives the full decision once the rest is told', () => {
    let open = 0;
    fc.assert(
      fc.property(said, keys, hidden, (from, known, unknown) => {
        const full = contextOf(known);
        const direct = decideFor(from, full);
        const partial = decideFor(from, contextOf(known, unknown));
        open += partial.decision === 'conditional' ? 1 : 0;
        expect(partial.decision).not.toBe('unknown');
        const told: Formula = substitute(partial.formula, (atom) => holds(atom, from, full));
        expect(told.kind).toBe(direct.decision === 'allowed' ? 'true' : 'false');
        expect([direct.decision === 'allowed' ? 'allowed' : 'denied', 'open']).toContain(kindOf(partial));
      }),
      { ...RUNS, numRuns: 1000 },
    );
    expect(open).toBeGreaterThan(50);
  });

  test('does not depend on the order of statements and documents', () => {
    fc.assert(
      fc.property(said, keys, hidden, (from, known, unknown) => {
        const context = contextOf(known, unknown);
        const [one, other] = [decideFor(from, context), decideFor(rewritten(from, mirrored), context)];
        expect(other.decision).toBe(one.decision);
        expect(other.formula).toEqual(one.formula);
        expect(decidingSids(other)).toEqual(decidingSids(one));
        expect(other.doubts).toEqual(one.doubts);
      }),
      RUNS,
    );
  });

  test('does not depend on how statements are spread over documents', () => {
    fc.assert(
      fc.property(said, keys, hidden, fc.constantFrom(split, joined), (from, known, unknown, spread) => {
        const context = contextOf(known, unknown);
        const [one, other] = [decideFor(from, context), decideFor(rewritten(from, spread), context)];
        expect(other.decision).toBe(one.decision);
        expect(other.formula).toEqual(one.formula);
        expect(decidingSids(other)).toEqual(decidingSids(one));
      }),
      RUNS,
    );
  });

  test('never allows more for one more Deny, wherever it is put', () => {
    const deny = fc.record({
      identity: statement(false, fc.constant('Deny')),
      resource: statement(true, fc.constant('Deny')),
    });
    fc.assert(
      fc.property(said, keys, hidden, fc.nat(), deny, (from, known, unknown, place, added) => {
        const stricter = withStatement(from, place, added);
        for (const context of [contextOf(known), contextOf(known, unknown)]) {
          const [before, after] = [decideFor(from, context), decideFor(stricter, context)];
          expect(after.decision === 'allowed' && before.decision !== 'allowed').toBe(false);
          expect(isDenied(before) && !isDenied(after)).toBe(false);
        }
      }),
      RUNS,
    );
  });

  test('never allows less for one more Allow, wherever it is put', () => {
    const allow = fc.record({
      identity: statement(false, fc.constant('Allow')),
      resource: statement(true, fc.constant('Allow')),
    });
    fc.assert(
      fc.property(said, keys, hidden, fc.nat(), allow, (from, known, unknown, place, added) => {
        const wider = withStatement(from, place, added);
        for (const context of [contextOf(known), contextOf(known, unknown)]) {
          const [before, after] = [decideFor(from, context), decideFor(wider, context)];
          expect(before.decision === 'allowed' && after.decision !== 'allowed').toBe(false);
          expect(!isDenied(before) && isDenied(after)).toBe(false);
        }
      }),
      RUNS,
    );
  });

  test('never allows by what was not read, and never denies by it', () => {
    fc.assert(
      fc.property(said, keys, fc.constantFrom('identity', 'resource'), (from, known, where) => {
        const context = contextOf(known);
        const before = decideFor(from, context);
        const gates = gatesOf(from);
        const unread = { sources: [], unread: ['a policy'] };
        const after = decide(
          where === 'resource'
            ? {
                ...gates,
                resourcePolicies: { ...gates.resourcePolicies, ...unread, sources: gates.resourcePolicies.sources },
              }
            : {
                ...gates,
                permissionsBoundary: { ...unread, sources: gates.permissionsBoundary?.sources ?? [] },
              },
          requestOf(from, context),
        );
        // A gap may only make open what was settled; an explicit Deny that was read stays one.
        expect(after.decision === 'allowed' && before.decision !== 'allowed').toBe(false);
        expect(before.decision === 'allowed' && isDenied(after)).toBe(false);
        expect(before.decision === 'explicitDeny' && after.decision !== 'explicitDeny').toBe(false);
      }),
      RUNS,
    );
  });
});
