import { describe, expect, test } from 'vitest';

import { ABSENT, type RequestContext, UNKNOWN } from './context.ts';
import { decide, isHopeless } from './decide.ts';
import type { DocumentKind } from './document.ts';
import type { CallerSide, Gates, PolicySet } from './gates.ts';
import type { RequestPrincipal } from './match-principal.ts';
import type { PolicyRequest } from './match-statement.ts';
import { parsePolicyDocument } from './parse-document.ts';

const ACTION = 'ecr:PutImage';
const USER = 'arn:aws:iam::111122223333:user/alice';
const NOTHING: PolicySet<'any'> = { sources: [], unread: [] };

/** A policy of one document, which says what the statements say. */
function setOf(statements: unknown, kind: DocumentKind = 'identity', policy = 'policy'): PolicySet<'any'> {
  const document = parsePolicyDocument({ Version: '2012-10-17', Statement: statements }, kind);
  return { sources: [{ policyType: 'any', policy, via: 'attached', document }], unread: [] };
}

const ALLOW = { Effect: 'Allow', Action: 'ecr:*', Resource: '*' };
const DENY = { Effect: 'Deny', Action: 'ecr:*', Resource: '*' };
const IF_VPCE = { Condition: { StringEquals: { 'aws:SourceVpce': 'vpce-1' } } };
const allows = setOf(ALLOW);
const denies = setOf(DENY);
const allowsOther = setOf({ ...ALLOW, Action: 's3:*' });
const namesEveryone = setOf({ Effect: 'Allow', Principal: '*', Action: 'ecr:*', Resource: '*' }, 'resource');
const namesAccount = setOf(
  { Effect: 'Allow', Principal: { AWS: '111122223333' }, Action: 'ecr:*', Resource: '*' },
  'resource',
);
const unread: PolicySet<'any'> = { sources: [], unread: ['a policy'] };
const broken: PolicySet<'any'> = {
  sources: [{ policyType: 'any', policy: 'p', via: 'attached', document: parsePolicyDocument('no JSON', 'identity') }],
  unread: [],
};

function gatesWith(given: Partial<Gates<'any'>>): Gates<'any'> {
  return {
    isSameAccount: true,
    caller: { kind: 'policies', policies: NOTHING },
    permissionsBoundary: null,
    sessionPolicies: null,
    scpLevels: null,
    rcps: null,
    resourcePolicies: NOTHING,
    resourceMayAllow: true,
    ...given,
  };
}

const principal: RequestPrincipal = {
  kind: 'user',
  partition: 'aws',
  accountId: '111122223333',
  arn: USER,
  sessionArn: null,
  uniqueId: null,
  hasPermissionsBoundary: false,
  federatedProvider: null,
};

function requestIn(context: RequestContext): PolicyRequest {
  return { principal, action: ACTION, resource: 'arn:aws:ecr:eu-west-1:111122223333:repository/app', context };
}

const request = requestIn({ lookup: () => ABSENT });
const openRequest = requestIn({ lookup: () => UNKNOWN });

const policies = (set: PolicySet<'any'>): CallerSide<'any'> => ({ kind: 'policies', policies: set });
const root: CallerSide<'any'> = { kind: 'everything' };
const service: CallerSide<'any'> = { kind: 'nothing' };

describe('what nothing can allow is known from the actions alone', () => {
  test.each<readonly [boolean, string, Partial<Gates<'any'>>]>([
    [true, 'neither side says anything', {}],
    [true, 'all that is allowed are other actions', { caller: policies(allowsOther), resourcePolicies: allowsOther }],
    [true, 'the action is only denied', { caller: policies(denies) }],
    [false, 'the identity policies allow', { caller: policies(allows) }],
    [false, 'the resource policy allows', { resourcePolicies: namesEveryone }],
    [true, 'only an identity policy could allow', { resourcePolicies: namesEveryone, resourceMayAllow: false }],
    [false, 'an identity policy was not read', { caller: policies(unread) }],
    [false, 'an identity policy cannot be read', { caller: policies(broken) }],
    [false, 'a resource policy was not read', { resourcePolicies: unread }],
    [false, 'a resource policy cannot be read', { resourcePolicies: broken }],
    [true, 'across accounts the resource is silent', { isSameAccount: false, caller: policies(allows) }],
    [true, 'across accounts the caller has no policy', { isSameAccount: false, resourcePolicies: namesEveryone }],
    [
      false,
      'across accounts both sides allow',
      { isSameAccount: false, caller: policies(allows), resourcePolicies: namesEveryone },
    ],
    [false, 'the root user asks in its own account', { caller: root }],
    [true, 'the root user asks in another account that is silent', { caller: root, isSameAccount: false }],
    [
      false,
      'the root user asks in another account that allows',
      { caller: root, isSameAccount: false, resourcePolicies: namesEveryone },
    ],
    [true, 'a service asks a resource that is silent', { caller: service }],
    [false, 'a service asks a resource that allows', { caller: service, resourcePolicies: namesEveryone }],
  ])('%s: %s', (expected, _, given) => {
    expect(isHopeless(gatesWith(given), ACTION)).toBe(expected);
  });
});

describe('the gates of a verdict', () => {
  test('are told in their order, each by its name, with what it allows and denies and by which statements', () => {
    const verdict = decide(
      gatesWith({
        caller: policies(allows),
        permissionsBoundary: setOf([ALLOW, { ...DENY, ...IF_VPCE }]),
        sessionPolicies: allowsOther,
        scpLevels: [{ label: 'root r-1', policies: allows }],
        rcps: setOf(
          [ALLOW, DENY].map((statement) => ({ ...statement, Principal: '*' })),
          'resource',
        ),
        resourcePolicies: namesEveryone,
      }),
      openRequest,
    );
    const told = verdict.gates.map(({ gate, label, allow, deny, contributions }) => [
      gate,
      label,
      allow.kind,
      deny.kind,
      contributions.map(({ match }) => match.effect),
    ]);
    expect(told).toEqual([
      ['identity', 'identity policies', 'true', 'false', ['Allow']],
      ['permissionsBoundary', 'permissions boundary', 'true', 'condition', ['Allow', 'Deny']],
      ['session', 'session policy', 'false', 'false', []],
      ['scp', 'root r-1', 'true', 'false', ['Allow']],
      // What an RCP allows has no say.
      ['rcp', 'organization', 'true', 'true', ['Deny']],
      ['resource', 'resource policies', 'true', 'false', ['Allow']],
    ]);
  });

  test('have the root user allow without a statement', () => {
    const { decision, deciding, gates } = decide(gatesWith({ caller: root }), request);
    expect([decision, deciding]).toEqual(['allowed', []]);
    expect(gates[0]).toEqual({
      gate: 'identity',
      label: 'root user',
      allow: { kind: 'true' },
      deny: { kind: 'false' },
      contributions: [],
    });
  });

  test('have no identity side for a service, whom the resource policy alone allows', () => {
    const { decision, gates } = decide(gatesWith({ caller: service, resourcePolicies: namesEveryone }), request);
    expect([decision, gates.map(({ gate }) => gate)]).toEqual(['allowed', ['resource']]);
  });

  test('never let a resource policy allow what only an identity policy can, and let it deny', () => {
    const both = setOf(
      [
        { ...ALLOW, Principal: '*' },
        { ...DENY, ...IF_VPCE, Principal: '*' },
      ],
      'resource',
    );
    const { decision, gates } = decide(gatesWith({ resourcePolicies: both, resourceMayAllow: false }), openRequest);
    expect(decision).toBe('implicitDeny');
    expect(gates.at(-1)).toMatchObject({ allow: { kind: 'false' }, deny: { kind: 'condition' } });
    expect(gates.at(-1)?.contributions.map(({ match }) => match.effect)).toEqual(['Deny']);
  });
});

describe('what was not read', () => {
  test('may allow and may deny, and is told by its name, once as each', () => {
    const { decision, formula } = decide(
      gatesWith({ caller: policies({ ...allowsOther, unread: ['a policy'] }) }),
      request,
    );
    expect(decision).toBe('unknown');
    expect(formula).toEqual({
      kind: 'all',
      of: [
        { kind: 'unreadable', place: 'a policy (Allow statements)', isGap: true },
        { kind: 'not', of: { kind: 'unreadable', place: 'a policy (Deny statements)', isGap: true } },
      ],
    });
  });

  test('in a resource policy may name the caller, and then grants past a boundary that allows nothing', () => {
    const { decision } = decide(gatesWith({ permissionsBoundary: NOTHING, resourcePolicies: unread }), request);
    expect(decision).toBe('unknown');
  });

  test('in a resource policy allows nothing that only an identity policy can', () => {
    const { decision } = decide(gatesWith({ resourcePolicies: unread, resourceMayAllow: false }), request);
    expect(decision).toBe('implicitDeny');
  });
});

function doubtsAbout(statements: unknown): readonly string[] {
  return decide(gatesWith({ caller: policies(setOf(statements)) }), openRequest).doubts;
}

function decisionWith(given: Partial<Gates<'any'>>): string {
  return decide(gatesWith(given), openRequest).decision;
}

function sids(given: Partial<Gates<'any'>>, asked: PolicyRequest): readonly string[] {
  return decide(gatesWith(given), asked).deciding.map(({ match }) => match.statement.sid ?? '');
}

describe('the statements that decide', () => {
  test('are those that hold without condition, where there are any', () => {
    const both = setOf([
      { ...ALLOW, ...IF_VPCE, Sid: 'conditional' },
      { ...ALLOW, Sid: 'certain' },
    ]);
    expect(sids({ caller: policies(both) }, openRequest)).toEqual(['certain']);
    const denied = setOf([
      { ...DENY, ...IF_VPCE, Sid: 'conditional' },
      { ...DENY, Sid: 'certain' },
    ]);
    expect(sids({ caller: policies(denied) }, openRequest)).toEqual(['certain']);
  });

  test('are all that take part, where the answer depends on conditions', () => {
    const both = setOf([
      { ...ALLOW, Sid: 'allow' },
      { ...DENY, ...IF_VPCE, Sid: 'deny' },
    ]);
    expect(sids({ caller: policies(both) }, openRequest)).toEqual(['allow', 'deny']);
  });

  test('are not those that only name the account of the caller, in that account', () => {
    expect(sids({ caller: policies(allows), resourcePolicies: namesAccount }, request)).toHaveLength(1);
    expect(
      sids({ caller: policies(allows), resourcePolicies: namesAccount, isSameAccount: false }, request),
    ).toHaveLength(2);
  });

  test('are not those of a side that the boundary closes, but the SCP and the grant that goes past it', () => {
    const given = {
      caller: policies(setOf({ ...ALLOW, Sid: 'identity' })),
      permissionsBoundary: NOTHING,
      scpLevels: [{ label: 'root', policies: setOf({ ...ALLOW, Sid: 'scp' }) }],
      resourcePolicies: setOf({ ...ALLOW, Sid: 'direct', Principal: { AWS: USER } }, 'resource'),
    };
    expect(sids(given, request)).toEqual(['scp', 'direct']);
  });

  test('are none where nothing allows, and a Deny beside it decides nothing while its condition is open', () => {
    expect(sids({ caller: policies(setOf({ ...DENY, ...IF_VPCE })) }, openRequest)).toEqual([]);
  });

  test('are Allow statements alone, where a Deny takes part that can never hold', () => {
    const never = { ...IF_VPCE.Condition, StringLike: { 'aws:SourceVpce': 'vpce-2' } };
    const set = setOf([
      { ...ALLOW, ...IF_VPCE, Sid: 'there' },
      { ...ALLOW, Condition: { StringNotEquals: { 'aws:SourceVpce': 'vpce-1' } }, Sid: 'elsewhere' },
      { ...DENY, Condition: never, Sid: 'never' },
    ]);
    expect(decide(gatesWith({ caller: policies(set) }), openRequest).decision).toBe('allowed');
    expect(sids({ caller: policies(set) }, openRequest)).toEqual(['there', 'elsewhere']);
  });

  test('are those of the resource too for a root user, in whichever form they name it', () => {
    expect(sids({ caller: root, resourcePolicies: namesAccount }, request)).toHaveLength(1);
  });

  test('are the only ones whose doubts are told, except where none decides', () => {
    const short = { ...ALLOW, ...IF_VPCE, Resource: 'arn:aws:ecr:*' };
    expect(doubtsAbout([ALLOW, short])).toEqual([]);
    expect(doubtsAbout([short])).toEqual(['shortResourcePattern']);
    expect(doubtsAbout([{ ...short, Effect: 'Deny' }])).toEqual(['shortResourcePattern']);
  });
});

describe('conditions that exclude each other', () => {
  const elsewhere = { Condition: { StringEquals: { 'aws:SourceVpce': 'vpce-2' } } };
  test('deny explicitly where it is a Deny that takes back everything that is allowed', () => {
    expect(
      decisionWith({
        caller: policies(
          setOf([
            { ...ALLOW, ...IF_VPCE },
            { ...DENY, ...IF_VPCE },
          ]),
        ),
      }),
    ).toBe('explicitDeny');
  });

  test('deny implicitly where nothing is allowed to begin with, whatever is denied beside it', () => {
    const boundary = setOf([
      { ...ALLOW, ...IF_VPCE },
      { ...DENY, ...elsewhere },
    ]);
    const caller = policies(setOf({ ...ALLOW, ...elsewhere }));
    expect(decisionWith({ caller, permissionsBoundary: boundary })).toBe('implicitDeny');
  });
});
