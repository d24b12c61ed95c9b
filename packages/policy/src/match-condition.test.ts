import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { ABSENT, type KeyValue, present, type RequestContext, UNKNOWN, UNREAD } from './context.ts';
import type { Condition } from './document.ts';
import { type Atom, atomsOf, type Formula, restsOnGap } from './formula.ts';
import { substitute } from './simplify.ts';
import { matchCondition } from './match-condition.ts';
import { parseConditions } from './parse-condition.ts';
import { Place } from './place.ts';

const RUNS = { numRuns: 4000, seed: 20261122 };

const TEAM = 'aws:PrincipalTag/Team';
const LIST = 'aws:TagKeys';
const SESSION = 'aws:userid';

/** Values that policies write, and values that requests bring, for each kind of operator. */
const KINDS = {
  String: {
    operators: ['StringEquals', 'StringNotEquals', 'StringLike', 'StringNotLike', 'StringEqualsIgnoreCase'],
    policy: [
      'a',
      'A',
      'b',
      'a*',
      '*',
      '?',
      '',
      '${aws:PrincipalTag/Team}',
      "x${aws:PrincipalTag/Team, 'a'}*",
      '${$}{a}',
    ],
    request: ['a', 'A', 'b', 'ab', '', 'xa', 'a*', '${a}'],
  },
  Arn: {
    operators: ['ArnEquals', 'ArnLike', 'ArnNotEquals', 'ArnNotLike'],
    policy: [
      'arn:aws:s3:::a',
      'arn:aws:s3:::*',
      'arn:*:s3:::${aws:PrincipalTag/Team}',
      '*',
      '${aws:PrincipalTag/Team}',
    ],
    request: ['arn:aws:s3:::a', 'arn:aws:s3:::b', 'arn:aws:s3:::', 'a', ''],
  },
  Numeric: {
    operators: ['NumericEquals', 'NumericNotEquals', 'NumericLessThan', 'NumericGreaterThanEquals'],
    policy: ['0', '10', '-1.5'],
    request: ['0', '10', '3', 'ten', '-1.50'],
  },
  Date: {
    operators: ['DateEquals', 'DateNotEquals', 'DateLessThanEquals', 'DateGreaterThan'],
    policy: ['2026-11-22T00:00:00Z', '2026', '1795305600'],
    request: ['2026-11-22T00:00:00Z', '1795305600', '2027-01-01', 'today'],
  },
  Bool: { operators: ['Bool'], policy: ['true', 'FALSE'], request: ['true', 'false', 'True', ''] },
  Ip: {
    operators: ['IpAddress', 'NotIpAddress'],
    policy: ['10.0.0.0/8', '10.0.0.1', '::/0'],
    request: ['10.0.0.1', '10.9.9.9', '192.0.2.1', '::1', 'vpc'],
  },
  Binary: { operators: ['BinaryEquals'], policy: ['YQ==', ''], request: ['YQ==', 'Yg=='] },
} as const;

type Kind = keyof typeof KINDS;

const condition: fc.Arbitrary<{ readonly kind: Kind; readonly condition: Condition }> = fc
  .constantFrom<Kind>('String', 'String', 'Arn', 'Numeric', 'Date', 'Bool', 'Ip', 'Binary')
  .chain((kind) =>
    fc
      .record({
        prefix: fc.constantFrom('', '', 'ForAllValues:', 'ForAnyValue:'),
        operator: fc.constantFrom(...KINDS[kind].operators),
        suffix: fc.constantFrom('', 'IfExists'),
        key: fc.constantFrom('aws:SourceVpce', LIST),
        values: fc.uniqueArray(fc.constantFrom<string>(...KINDS[kind].policy), { maxLength: 3 }),
        isNull: fc.constantFrom('true', 'false', null, null, null, null, null),
      })
      .map(({ prefix, operator, suffix, key, values, isNull }) => ({
        kind,
        condition:
          isNull === null
            ? readCondition(`${prefix}${operator}${suffix}`, key, values)
            : readCondition('Null', key, [isNull]),
      })),
  );

function readCondition(operator: string, key: string, values: readonly string[]): Condition {
  const [parsed] = parseConditions({ [operator]: { [key]: values } }, Place.document(null), '2012-10-17');
  if (parsed?.kind !== 'readable') {
    throw new TypeError(parsed?.problem.message ?? 'no condition');
  }
  return parsed.value;
}

/** A value, and something less that may be known of it. */
interface Veiled {
  readonly full: KeyValue;
  readonly partial: KeyValue;
}

function veiled(full: fc.Arbitrary<KeyValue>): fc.Arbitrary<Veiled> {
  return fc.tuple(full, fc.constantFrom('known', 'unknown', 'unread', 'other')).map(([value, veil]): Veiled => {
    switch (veil) {
      case 'unknown':
        return { full: value, partial: UNKNOWN };
      case 'unread':
        return { full: value, partial: UNREAD };
      case 'other': {
        const than = ['a', 'b', 'arn:aws:s3:::b', 'x/', 'arn:aws:s3:::a'].filter(
          // Ids of organizations, which is what this is for, never differ in case alone.
          (entry) => value.kind !== 'present' || !value.values.some((text) => text.toLowerCase().startsWith(entry)),
        );
        return { full: value, partial: { kind: 'other', than } };
      }
      default:
        return { full: value, partial: value };
    }
  });
}

function valueFor(kind: Kind, isList: boolean): fc.Arbitrary<KeyValue> {
  const text = fc.constantFrom<string>(...KINDS[kind].request);
  return fc.oneof(
    fc.constant(ABSENT),
    text.map((value) => present(value)),
    ...(isList ? [fc.array(text, { maxLength: 3 }).map((values) => present(...values))] : []),
  );
}

function contextOf(keys: Readonly<Record<string, KeyValue>>): RequestContext {
  const lower = new Map(Object.entries(keys).map(([key, value]) => [key.toLowerCase(), value]));
  return { lookup: (key) => lower.get(key) ?? ABSENT };
}

/** A residual condition, asked of a request where everything is known. */
function holds(atom: Atom, context: RequestContext): boolean {
  if (atom.kind !== 'condition') {
    throw new TypeError('expected a condition');
  }
  const value = matchCondition(readCondition(atom.operator, atom.key, atom.values), context);
  expect(['true', 'false']).toContain(value.kind);
  return value.kind === 'true';
}

function truthIn(formula: Formula, context: RequestContext): Formula {
  return substitute(formula, (atom) => holds(atom, context));
}

describe('what a condition leaves open', () => {
  test('holds in exactly the requests in which the condition itself holds', () => {
    const cases = condition.chain(({ kind, condition: read }) =>
      fc.record({
        read: fc.constant(read),
        value: veiled(valueFor(kind, read.key === LIST)),
        team: veiled(fc.constantFrom<KeyValue>(ABSENT, present('a'), present('b'), present('${a}'), present('*'))),
      }),
    );
    let open = 0;
    fc.assert(
      fc.property(cases, ({ read, value, team }) => {
        const full = contextOf({ [read.key]: value.full, [TEAM]: team.full });
        const direct = matchCondition(read, full);
        expect(['true', 'false']).toContain(direct.kind);
        const residual = matchCondition(read, contextOf({ [read.key]: value.partial, [TEAM]: team.partial }));
        open += residual.kind === 'true' || residual.kind === 'false' ? 0 : 1;
        expect(truthIn(residual, full)).toEqual(direct);
      }),
      RUNS,
    );
    expect(open).toBeGreaterThan(RUNS.numRuns / 4);
  });

  test('holds in every session whose name no policy names', () => {
    const patterns = ['AROA1:*', 'AROA1:a', 'AROA1:?*', 'aroa1:*', '*', 'AROA2:*', 'AROA1', '${aws:PrincipalTag/Team}'];
    const cases = fc.record({
      operator: fc.constantFrom(...KINDS.String.operators, 'Bool', 'NumericLessThan'),
      set: fc.constantFrom('', 'ForAllValues:', 'ForAnyValue:'),
      values: fc.uniqueArray(fc.constantFrom(...patterns), { minLength: 1, maxLength: 3 }),
      name: fc.constantFrom('z', 'zz', 'Z/z', 'zzzz'),
      team: veiled(fc.constantFrom<KeyValue>(ABSENT, present('AROA1:'), present('*'))),
    });
    fc.assert(
      fc.property(cases, ({ operator, set, values, name, team }) => {
        const typed = operator === 'Bool' ? ['true'] : operator.startsWith('Numeric') ? ['5'] : values;
        const read = readCondition(`${set}${operator}`, SESSION, typed);
        const full = contextOf({ [SESSION]: present(`AROA1:${name}`), [TEAM]: team.full });
        const known = contextOf({ [SESSION]: { kind: 'prefix', prefix: 'AROA1:' }, [TEAM]: team.partial });
        expect(truthIn(matchCondition(read, known), full)).toEqual(matchCondition(read, full));
      }),
      RUNS,
    );
  });

  test('of a session name, without regard to case, may be settled by a tag that is not known', () => {
    const read = readCondition('StringEqualsIgnoreCase', SESSION, ['aroa1:${aws:PrincipalTag/Team}']);
    const known = contextOf({ [SESSION]: { kind: 'prefix', prefix: 'AROA1:' }, [TEAM]: UNKNOWN });
    expect(matchCondition(read, known).kind).toBe('condition');
  });

  test('rests on a gap where the key could not be read, and only there', () => {
    fc.assert(
      fc.property(condition, fc.boolean(), ({ condition: read }, isGap) => {
        const formula = matchCondition(read, contextOf({ [read.key]: isGap ? UNREAD : UNKNOWN, [TEAM]: present('a') }));
        expect(restsOnGap(formula)).toBe(isGap && atomsOf(formula).length > 0);
      }),
      RUNS,
    );
  });

  test('is the same formula whatever the case of the key and the order of the values', () => {
    const values = ['b', 'a', 'c'];
    const formula = matchCondition(readCondition('StringEquals', 'AWS:sourceVPCE', values), contextOf({}));
    const open = (key: string, order: readonly string[]): Formula =>
      matchCondition(readCondition('StringEquals', key, order), { lookup: () => UNKNOWN });
    expect(formula.kind).toBe('false');
    expect(open('AWS:sourceVPCE', values)).toEqual(open('aws:SourceVpce', values.toSorted()));
    expect(open('aws:sourcevpce', values)).toEqual({
      kind: 'condition',
      operator: 'StringEquals',
      key: 'aws:SourceVpce',
      values: ['a', 'b', 'c'],
      isGap: false,
    });
  });
});

describe('the names of condition keys', () => {
  test.each([
    'aws:CalledVia',
    'aws:CalledViaFirst',
    'aws:CalledViaLast',
    'aws:CurrentTime',
    'aws:EpochTime',
    'aws:FederatedProvider',
    'aws:MultiFactorAuthAge',
    'aws:MultiFactorAuthPresent',
    'aws:PrincipalAccount',
    'aws:PrincipalArn',
    'aws:PrincipalIsAWSService',
    'aws:PrincipalOrgID',
    'aws:PrincipalOrgPaths',
    'aws:PrincipalServiceName',
    'aws:PrincipalServiceNamesList',
    'aws:PrincipalType',
    'aws:Referer',
    'aws:RequestedRegion',
    'aws:ResourceAccount',
    'aws:ResourceOrgID',
    'aws:ResourceOrgPaths',
    'aws:SecureTransport',
    'aws:SourceAccount',
    'aws:SourceArn',
    'aws:SourceIdentity',
    'aws:SourceIp',
    'aws:SourceOrgID',
    'aws:SourceOrgPaths',
    'aws:SourceVpc',
    'aws:SourceVpcArn',
    'aws:SourceVpce',
    'aws:TagKeys',
    'aws:TokenIssueTime',
    'aws:UserAgent',
    'aws:userid',
    'aws:username',
    'aws:ViaAWSService',
    'aws:VpceAccount',
    'aws:VpceOrgID',
    'aws:VpceOrgPaths',
    'aws:VpcSourceIp',
    'ecr:AccountSetting',
  ])('%s is shown as AWS writes it, however a policy does', (key) => {
    const [condition] = parseConditions(
      { StringEquals: { [key.toUpperCase()]: 'value' } },
      Place.document(null),
      '2012-10-17',
    );
    const formula = condition?.kind === 'readable' ? matchCondition(condition.value, { lookup: () => UNKNOWN }) : null;
    expect(formula).toMatchObject({ kind: 'condition', key });
  });
});
