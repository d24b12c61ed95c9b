import { type ExportedFinding, RULES, SEVERITIES } from '@ecr-audit/access';
import * as fc from 'fast-check';

/* Findings with anything in them that a name in AWS, an event or a snapshot of somebody else could bring in. */

const hostile = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom(
    '',
    ' ',
    '\u{D83D}',
    'a\u{DC00}b',
    '{0} [here](https://attacker.example)',
    '=cmd()',
    '</script>',
    'null\0',
    '\u{1F600}'.repeat(2_000),
    'x'.repeat(5_000),
    'ü'.repeat(3_000),
    '\u{202E}gnp',
  ),
);

const arns = fc.constantFrom(
  'arn:aws:ecr:eu-west-1:111122223333:repository/team/app',
  'arn:aws-cn:ecr:cn-north-1:111122223333:repository/app',
  'arn:aws:iam::111122223333:role/ci/publisher',
  'arn:aws:iam::111122223333:user/anna',
  'arn:aws:iam::111122223333:root',
  'arn:aws:iam::aws:policy/AdministratorAccess',
  'registry:111122223333/eu-west-1',
  'account:111122223333',
  'organization',
  'ProtectRegistries',
);

const name = fc.oneof(arns, hostile);
const time = fc
  .date({ min: new Date('2020-01-01T00:00:00Z'), max: new Date('2030-01-01T00:00:00Z'), noInvalidDate: true })
  .map((date) => date.toISOString());

export const anyFinding: fc.Arbitrary<ExportedFinding> = fc.record({
  finding: fc.record({
    ruleId: fc.oneof(fc.constantFrom(...RULES.map(({ id }) => id)), fc.constant('ECR-OF-ANOTHER-VERSION')),
    severity: fc.constantFrom(...SEVERITIES),
    accountId: fc.constantFrom('111122223333', '222233334444', null),
    region: fc.constantFrom('eu-west-1', 'us-gov-west-1', null),
    resource: name,
    principal: fc.option(fc.record({ id: fc.constant('AROAEXAMPLE'), arn: fc.option(name) })),
    fingerprint: fc.string({ unit: fc.constantFrom('0', '7', 'a', 'f'), minLength: 64, maxLength: 64 }),
    title: hostile,
    what: hostile,
    why: hostile,
    remedy: hostile,
    repositories: fc.record({
      count: fc.nat(2_000),
      inProduction: fc.nat(2_000),
      examples: fc.array(name, { maxLength: 60 }),
    }),
    scope: fc.record({
      repositories: fc.array(name, { maxLength: 5 }),
      rights: fc.array(hostile, { maxLength: 5 }),
      conditions: fc.array(hostile, { maxLength: 5 }),
    }),
    reasons: fc.array(
      fc.record({
        policyType: fc.constantFrom('identity' as const, 'repository' as const, 'scp' as const),
        policy: name,
        statement: hostile,
        effect: fc.constantFrom('Allow' as const, 'Deny' as const),
        via: hostile,
      }),
      { maxLength: 60 },
    ),
    doubts: fc.array(hostile, { maxLength: 8 }),
  }),
  life: fc.option(
    fc.record({
      status: fc.constantFrom('active' as const, 'archived' as const, 'resolved' as const),
      openedAt: time,
      changedAt: time,
      resolvedAt: fc.option(time),
      acknowledged: fc.option(fc.record({ by: hostile, at: time })),
    }),
  ),
});

/** Half a character, which many readers of JSON refuse. */
export function hasLoneSurrogate(text: string): boolean {
  return !text.isWellFormed() || /\\ud[89a-f][0-9a-f]{2}/i.test(text);
}
