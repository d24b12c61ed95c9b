import { describe, expect, test } from 'vitest';

import { UNKNOWN } from './context.ts';
import { decide } from './decide.ts';
import type { DocumentKind } from './document.ts';
import { explain, type Explanation } from './explain.ts';
import type { Gates, PolicySet } from './gates.ts';
import { parsePolicyDocument } from './parse-document.ts';

function setOf(policy: string, statements: readonly object[], kind: DocumentKind = 'identity'): PolicySet<'any'> {
  const document = parsePolicyDocument({ Version: '2012-10-17', Statement: statements }, kind);
  return { sources: [{ policyType: 'any', policy, via: `via ${policy}`, document }], unread: [] };
}

const everything = { Action: '*', Resource: '*' };
const allow = { ...everything, Effect: 'Allow' };
const fromVpce = { Condition: { StringEquals: { 'aws:SourceVpce': 'vpce-1' } } };
const deny = { ...everything, Effect: 'Deny' };

function explained(changes: Partial<Gates<'any'>>): Explanation {
  const gates: Gates<'any'> = {
    isSameAccount: true,
    caller: { kind: 'policies', policies: setOf('own', [allow]) },
    permissionsBoundary: null,
    sessionPolicies: null,
    scpLevels: null,
    rcps: null,
    resourcePolicies: { sources: [], unread: [] },
    resourceMayAllow: true,
    ...changes,
  };
  return explain(
    decide(gates, {
      principal: {
        kind: 'role',
        partition: 'aws',
        accountId: '111122223333',
        arn: 'arn:aws:iam::111122223333:role/ci',
        sessionArn: null,
        uniqueId: null,
        hasPermissionsBoundary: false,
        federatedProvider: null,
      },
      action: 'ecr:PutImage',
      resource: 'arn:aws:ecr:eu-west-1:111122223333:repository/a',
      context: { lookup: () => UNKNOWN },
    }),
  );
}

test('an explanation names every gate in order, with the statements that apply and those that decided', () => {
  const account = { ...everything, Effect: 'Allow', Principal: { AWS: '111122223333' }, Sid: 'Delegate' };
  expect(
    explained({
      scpLevels: [{ label: 'root', policies: setOf('full', [allow]) }],
      permissionsBoundary: setOf('boundary', [
        { ...allow, ...fromVpce, Sid: 'Home' },
        { ...allow, Action: 's3:*' },
      ]),
      resourcePolicies: setOf('repository', [account], 'resource'),
    }),
  ).toEqual({
    decision: 'conditional',
    condition: 'if aws:SourceVpce is vpce-1',
    residual: { operator: 'StringEquals', key: 'aws:SourceVpce', values: ['vpce-1'] },
    gates: [
      {
        gate: 'identity',
        label: 'identity policies',
        verdict: 'allows',
        statements: [
          {
            effect: 'Allow',
            policy: 'own',
            via: 'via own',
            statement: '0',
            names: null,
            condition: null,
            decides: true,
          },
        ],
      },
      {
        gate: 'permissionsBoundary',
        label: 'permissions boundary',
        verdict: 'allowsConditionally',
        statements: [
          {
            effect: 'Allow',
            policy: 'boundary',
            via: 'via boundary',
            statement: 'Home',
            names: null,
            condition: 'if aws:SourceVpce is vpce-1',
            decides: true,
          },
        ],
      },
      {
        gate: 'scp',
        label: 'root',
        verdict: 'allows',
        statements: [
          {
            effect: 'Allow',
            policy: 'full',
            via: 'via full',
            statement: '0',
            names: null,
            condition: null,
            decides: true,
          },
        ],
      },
      {
        gate: 'resource',
        label: 'resource policies',
        verdict: 'allows',
        statements: [
          {
            effect: 'Allow',
            policy: 'repository',
            via: 'via repository',
            statement: 'Delegate',
            names: 'account',
            condition: null,
            decides: false,
          },
        ],
      },
    ],
  });
});

function boundaryVerdict(statements: readonly object[]): readonly [string, string] {
  const { decision, gates } = explained({ permissionsBoundary: setOf('boundary', statements) });
  return [decision, gates.find(({ gate }) => gate === 'permissionsBoundary')?.verdict ?? ''];
}

describe('a gate', () => {
  test.each<readonly [string, readonly object[], string, string]>([
    ['allows', [allow], 'allowed', 'allows'],
    ['allows under a condition', [{ ...allow, ...fromVpce }], 'conditional', 'allowsConditionally'],
    ['has no Allow', [{ ...allow, Action: 's3:*' }], 'implicitDeny', 'noAllow'],
    ['has no Allow, whatever it may deny', [{ ...deny, ...fromVpce }], 'implicitDeny', 'noAllow'],
    ['denies', [allow, deny], 'explicitDeny', 'denies'],
    [
      'denies under a condition what it allows',
      [allow, { ...deny, ...fromVpce }],
      'conditional',
      'deniesConditionally',
    ],
  ])('%s', (_title, statements, decision, verdict) => {
    expect(boundaryVerdict(statements)).toEqual([decision, verdict]);
  });

  test('that only denies allows where it does not', () => {
    const { gates } = explained({ rcps: setOf('rcp', [{ ...deny, Principal: '*', Action: 's3:*' }], 'resource') });
    expect(gates.find(({ gate }) => gate === 'rcp')).toEqual({
      gate: 'rcp',
      label: 'organization',
      verdict: 'allows',
      statements: [],
    });
  });
});

test('a decision that needs no condition has none, and is plain data', () => {
  const explanation = explained({ sessionPolicies: setOf('session', [deny]) });
  expect(explanation).toMatchObject({ decision: 'explicitDeny', condition: null, residual: null });
  expect(JSON.parse(JSON.stringify(explanation))).toEqual(explanation);
});
