import * as fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { type Finding, SEVERITIES } from '../findings/finding.ts';
import { alertSchema } from './alert.ts';
import type { AlertSettings } from './alert-settings.ts';
import { type FindingToTell, planAlerts } from './plan-alerts.ts';

const settings: AlertSettings = {
  link: 'https://audit.example.com',
  routes: [],
  timeZone: 'UTC',
  quietHours: null,
  digest: { severity: 'low', at: '09:00' },
  messagesMax: 5,
};
const noon = '2026-11-22T12:00:00.000Z';
const cause = {
  eventId: 'e-1',
  eventName: 'ecr:SetRepositoryPolicy',
  actor: 'someone',
  sourceAddress: null,
  time: noon,
};

function finding(fingerprint: string, more: Partial<Finding> = {}): Finding {
  return {
    ruleId: 'ECR-PUBLIC',
    severity: 'high',
    accountId: '111122223333',
    region: 'eu-west-1',
    resource: 'arn:aws:ecr:eu-west-1:111122223333:repository/payments/api',
    principal: null,
    fingerprint,
    title: `Title of ${fingerprint}`,
    what: 'what',
    why: 'why',
    remedy: 'remedy',
    repositories: { count: 0, inProduction: 0, examples: [] },
    scope: { repositories: [], rights: [], conditions: [] },
    reasons: [],
    doubts: [],
    ...more,
  };
}

const toTell = (one: Finding, more: Partial<FindingToTell> = {}): FindingToTell => ({
  finding: one,
  tags: {},
  cause: null,
  explanation: null,
  ...more,
});

function plan(
  findings: readonly FindingToTell[],
  { said = [], ...more }: Partial<Parameters<typeof planAlerts>[0]> = {},
): ReturnType<typeof planAlerts> {
  return planAlerts({ findings, said, settings, now: noon, digest: (text) => `#${text}`, ...more });
}

const told = (alerts: ReturnType<typeof planAlerts>): readonly string[] =>
  alerts.flatMap((alert) => alert.findings.map(({ fingerprint }) => fingerprint));

describe('what is told', () => {
  it('is each finding that was not told before, and each that is graver than it was told', () => {
    const findings = ['new', 'same', 'graver', 'milder'].map((name) => toTell(finding(name)));
    const said = [
      { fingerprint: 'same', severity: 'high' },
      { fingerprint: 'graver', severity: 'medium' },
      { fingerprint: 'milder', severity: 'critical' },
    ] as const;
    expect(told(plan(findings, { said }))).toEqual(['graver', 'new']);
  });

  it('is one summary after the first scan', () => {
    const alerts = plan([toTell(finding('a', { severity: 'critical' })), toTell(finding('b', { severity: 'info' }))], {
      said: null,
    });
    expect(alerts).toMatchObject([{ form: 'summary', severity: 'critical', title: 'The first scan: 2 findings' }]);
  });

  it('is nothing where nothing is found', () => {
    expect([plan([]), plan([], { said: null })]).toEqual([[], []]);
  });

  it('is one message for what one change brought about, with its cause', () => {
    const alerts = plan([
      toTell(finding('a', { ruleId: 'ECR-ONE' }), { cause }),
      toTell(finding('b', { ruleId: 'ECR-TWO' }), { cause }),
      toTell(finding('c', { ruleId: 'ECR-ONE' })),
    ]);
    expect(alerts.map(({ title, cause: found }) => [title, found])).toEqual([
      ['ecr:SetRepositoryPolicy: 2 findings', cause],
      ['Title of c', null],
    ]);
  });

  it('without a known cause is one message for a rule and an account', () => {
    const alerts = plan([
      toTell(finding('a')),
      toTell(finding('b')),
      toTell(finding('c', { accountId: '444455556666' })),
    ]);
    expect(alerts.map(({ title }) => title)).toEqual(['ECR-PUBLIC: 2 findings', 'Title of c']);
  });

  it('without a known cause says what explains it, in one message for each explanation', () => {
    const alerts = plan([
      toTell(finding('a'), { explanation: 'AWS changed its policy.' }),
      toTell(finding('b'), { explanation: 'AWS changed its policy.' }),
      toTell(finding('c'), { explanation: 'Events of that hour are missing.' }),
      toTell(finding('d', { ruleId: 'ECR-ONE' }), { cause, explanation: 'and not this' }),
    ]);
    expect(alerts.map(({ findings, explanation }) => [findings.length, explanation])).toEqual([
      [2, 'AWS changed its policy.'],
      [1, 'Events of that hour are missing.'],
      [1, null],
    ]);
  });

  it('gathers lesser findings for the next morning', () => {
    const alerts = plan([
      toTell(finding('a', { severity: 'low' })),
      toTell(finding('b', { severity: 'info', ruleId: 'X' })),
    ]);
    expect(alerts).toMatchObject([{ form: 'digest', notBefore: '2026-11-23T09:00:00.000Z', findings: [{}, {}] }]);
  });
});

describe('a burst', () => {
  const burst = Array.from({ length: 1_000 }, (_, index) =>
    toTell(
      finding(`f-${String(index).padStart(4, '0')}`, {
        ruleId: `R-${index}`,
        severity: SEVERITIES[index % 5] ?? 'info',
      }),
    ),
  );

  it('of a thousand findings is a handful of messages and loses none, the gravest alone', () => {
    const alerts = plan(burst);
    expect(alerts.map(({ form }) => form)).toEqual(['change', 'change', 'change', 'burst', 'digest']);
    expect(told(alerts).toSorted()).toEqual(burst.map(({ finding: { fingerprint } }) => fingerprint).toSorted());
    expect(alerts.slice(0, 4).map(({ severity }) => severity)).toEqual([
      'critical',
      'critical',
      'critical',
      'critical',
    ]);
  });

  test('whatever is found and was said: each finding to tell is told once, to one channel, in a bounded number', () => {
    const severity = fc.constantFrom(...SEVERITIES);
    const one = fc.record({
      fingerprint: fc.integer({ min: 0, max: 60 }).map(String),
      severity,
      ruleId: fc.constantFrom('A', 'B', 'C', 'D', 'E', 'F', 'G', 'H'),
      accountId: fc.constantFrom('111122223333', '444455556666', null),
      cause: fc.option(fc.integer({ min: 0, max: 20 }).map((id) => ({ ...cause, eventId: String(id) }))),
    });
    const routes = [
      { channel: '#a', severity: 'high', accounts: ['111122223333'], repositories: [], tags: {} },
      { channel: '#b', severity: 'info', accounts: ['444455556666'], repositories: [], tags: {} },
    ] as const;
    fc.assert(
      fc.property(
        fc.uniqueArray(one, { selector: ({ fingerprint }) => fingerprint, maxLength: 60 }),
        fc.array(fc.record({ fingerprint: fc.integer({ min: 0, max: 60 }).map(String), severity }), { maxLength: 20 }),
        (found, said) => {
          const findings = found.map(({ fingerprint, cause: by, ...more }) =>
            toTell(finding(fingerprint, more), { cause: by }),
          );
          const alerts = plan(findings, { said, settings: { ...settings, routes } });
          const before = new Map(said.map((entry) => [entry.fingerprint, SEVERITIES.indexOf(entry.severity)]));
          const expected = found.filter(
            (entry) => SEVERITIES.indexOf(entry.severity) < (before.get(entry.fingerprint) ?? 9),
          );
          expect(told(alerts).toSorted()).toEqual(expected.map(({ fingerprint }) => fingerprint).toSorted());
          expect(alerts.length).toBeLessThanOrEqual(3 * settings.messagesMax);
          expect(new Set(alerts.map(({ key }) => key)).size).toBe(alerts.length);
          expect(alerts.every((alert) => alertSchema.safeParse(JSON.parse(JSON.stringify(alert))).success)).toBe(true);
          // What was told is not told again.
          const saidNow = [...said, ...alerts.flatMap((alert) => alert.findings)];
          expect(plan(findings, { said: saidNow, settings: { ...settings, routes } })).toEqual([]);
        },
      ),
    );
  });

  it('has the same keys when it is planned again, whatever the order', () => {
    const again = plan(burst.toReversed());
    expect(again.map(({ key }) => key)).toEqual(plan(burst).map(({ key }) => key));
  });
});

describe('a route', () => {
  const routes = [
    { channel: '#urgent', severity: 'critical', accounts: [], repositories: [], tags: {} },
    { channel: '#payments', severity: 'info', accounts: [], repositories: ['payments/*'], tags: { owner: 'payments' } },
    { channel: '#account', severity: 'info', accounts: ['444455556666'], repositories: [], tags: {} },
  ] as const;
  it.each([
    ['by severity', { severity: 'critical' }, {}, '#urgent'],
    ['by repository and owner tag', {}, { owner: 'payments' }, '#payments'],
    ['not by the repository alone where a tag is wanted', {}, { owner: 'others' }, null],
    ['not by a tag that every object inherits', {}, { constructor: 'x' }, null],
    ['by account', { accountId: '444455556666' }, {}, '#account'],
    ['never to an account for what is about none', { accountId: null }, {}, null],
  ] as const)('is chosen %s', (_, more, tags, channel) => {
    const [alert] = plan([toTell(finding('a', more), { tags })], { settings: { ...settings, routes } });
    expect(alert?.channel).toBe(channel);
  });
});

describe('quiet hours', () => {
  const quiet = { ...settings, quietHours: { from: '20:00', to: '07:00', except: 'critical' } } as const;
  it.each([
    ['2026-11-22T19:59:00.000Z', 'high', null],
    ['2026-11-22T20:00:00.000Z', 'high', '2026-11-23T07:00:00.000Z'],
    ['2026-11-23T06:59:30.000Z', 'high', '2026-11-23T07:00:00.000Z'],
    ['2026-11-23T07:00:00.000Z', 'high', null],
    ['2026-11-22T23:00:00.000Z', 'critical', null],
  ] as const)('at %s a finding that is %s waits until %s', (now, severity, notBefore) => {
    const [alert] = plan([toTell(finding('a', { severity }))], { now, settings: quiet });
    expect(alert?.notBefore).toBe(notBefore);
  });

  it('hold back a digest that is due in them', () => {
    const [alert] = plan([toTell(finding('a', { severity: 'low' }))], {
      settings: { ...quiet, digest: { severity: 'low', at: '06:00' } },
    });
    expect(alert?.notBefore).toBe('2026-11-23T07:00:00.000Z');
  });
});
