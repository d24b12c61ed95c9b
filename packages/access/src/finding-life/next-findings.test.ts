import { describe, expect, test } from 'vitest';
import type { Coverage } from '../evaluate/coverage.ts';
import type { Finding } from '../findings/finding.ts';
import { withBrokenExceptions } from './broken-exceptions.ts';
import type { FindingException, FindingState } from './finding-state.ts';
import { nextFindings, type FindingsBefore, type NextFindings } from './next-findings.ts';

const account = '111122223333';
const repository = `arn:aws:ecr:eu-west-1:${account}:repository/prod/app`;
const other = `arn:aws:ecr:eu-west-1:${account}:repository/prod/web`;

function finding(changes: Partial<Finding> = {}): Finding {
  return {
    ruleId: 'ECR-PUB-PULL',
    severity: 'high',
    accountId: account,
    region: 'eu-west-1',
    resource: repository,
    principal: null,
    fingerprint: 'f1',
    title: 'anyone may pull prod/app',
    what: 'what',
    why: 'why',
    remedy: 'remedy',
    repositories: { count: 1, inProduction: 1, examples: [repository] },
    scope: { repositories: [repository], rights: ['pull'], conditions: [] },
    reasons: [],
    doubts: [],
    ...changes,
  };
}

const sources = ['iam', 'organization', 'ecr', 'cloudtrail'] as const;

/** Everything of the account and of another one, except what is named as `source` or `source account`. */
function coverage(...unread: readonly string[]): Coverage[] {
  return [account, '444455556666'].flatMap((accountId) =>
    sources.map((source): Coverage => {
      const isUnread = unread.includes(source) || unread.includes(`${source} ${accountId}`);
      const region = source === 'ecr' || source === 'cloudtrail' ? 'eu-west-1' : null;
      return {
        accountId,
        region,
        source,
        status: isUnread ? 'notReadable' : 'complete',
        detail: isUnread ? 'denied' : null,
      };
    }),
  );
}

const start: FindingsBefore = { states: [], exceptions: [], coverage: null };

interface Day {
  readonly findings?: readonly Finding[];
  readonly coverage?: readonly Coverage[];
  readonly exceptions?: readonly FindingException[];
  readonly notJudged?: readonly { readonly ruleId: string; readonly needs: 'events' }[];
  /** Days since the first one, where that is not the place in the list. */
  readonly day?: number;
}

interface Told extends NextFindings {
  readonly all: ReadonlyMap<string, FindingState>;
}

function timeOf(day: number): string {
  return new Date(Date.UTC(2026, 10, 1 + day)).toISOString();
}

/** Goes through scans, a day apart, and gives what each of them did. */
function history(...days: readonly Day[]): Told[] {
  let states = new Map<string, FindingState>();
  let earlier: readonly Coverage[] | null = null;
  return days.map(({ findings = [], exceptions = [], notJudged = [], ...day }, index) => {
    const read = day.coverage ?? coverage();
    const next = nextFindings(
      { states: [...states.values()], exceptions, coverage: earlier },
      { found: { findings, notJudged, because: new Map() }, coverage: read, takenAt: timeOf(day.day ?? index) },
    );
    states = new Map([...states, ...next.states.map((state) => [state.finding.fingerprint, state] as const)]);
    earlier = read;
    return { ...next, all: states };
  });
}

const digest = (text: string): string => `digest of ${text}`;
const without = (lines: readonly Coverage[]): Coverage[] => lines.filter(({ accountId }) => accountId !== account);
const kinds = (day: Told | undefined): string[] => (day?.changes ?? []).map(({ kind }) => kind);
const statusOf = (day: Told | undefined): string | undefined => day?.all.get('f1')?.status;

function exception(changes: Partial<FindingException> = {}): FindingException {
  const { severity, scope } = finding();
  return {
    id: 'e1',
    fingerprint: 'f1',
    approvedBy: 'anna',
    reason: 'the partner pulls',
    approvedAt: timeOf(-1),
    until: timeOf(10),
    severity,
    scope,
    ...changes,
  };
}

describe('a finding', () => {
  test('is opened once, and the same scan again changes nothing', () => {
    const days = history({ findings: [finding()] }, { findings: [finding()] });
    expect(days.map(kinds)).toEqual([['opened'], []]);
    expect(days[1]?.states).toEqual([]);
  });

  test('that another scan does not show is resolved where all that it rests on was read', () => {
    const days = history({ findings: [finding()] }, {});
    expect(kinds(days[1])).toEqual(['resolved']);
    expect(days[1]?.all.get('f1')).toMatchObject({ status: 'resolved', resolvedAt: timeOf(1) });
  });

  test.each(['ecr', `ecr ${account}`])('is never resolved by a gap in %s, and says which', (gap) => {
    const days = history({ findings: [finding()] }, { coverage: coverage(gap) }, { coverage: coverage(gap) }, {});
    expect(days.map(kinds)).toEqual([['opened'], [], [], ['resolved']]);
    expect(days[1]?.all.get('f1')?.unseen).toContain(`ecr of account ${account}`);
    expect(days[2]?.states).toEqual([]);
  });

  test('of which nothing was read in between is not opened again', () => {
    const days = history({ findings: [finding()] }, { coverage: coverage('ecr') }, { findings: [finding()] });
    expect(days.map(kinds)).toEqual([['opened'], [], []]);
    expect(days[2]?.all.get('f1')?.unseen).toBeNull();
  });

  test('is resolved although something was not read that it does not rest on', () => {
    expect(
      kinds(history({ findings: [finding()] }, { coverage: coverage('ecr 444455556666', 'cloudtrail') })[1]),
    ).toEqual(['resolved']);
  });

  test('of an account that is in no scan any more stays where the organization was not read', () => {
    const days = history(
      { findings: [finding()] },
      { coverage: without(coverage('organization')) },
      { coverage: without(coverage()) },
    );
    expect(days.map(kinds)).toEqual([['opened'], [], ['resolved']]);
    expect(days[1]?.all.get('f1')?.unseen).toContain('was not collected');
  });

  test('whose rule could not judge stays', () => {
    const days = history({ findings: [finding()] }, { notJudged: [{ ruleId: 'ECR-PUB-PULL', needs: 'events' }] });
    expect(kinds(days[1])).toEqual([]);
    expect(days[1]?.all.get('f1')?.unseen).toContain('no events were collected');
  });

  test('that comes back is the same one, reopened', () => {
    const days = history({ findings: [finding()] }, {}, { findings: [finding()] });
    expect(kinds(days[2])).toEqual(['reopened']);
    expect(days[2]?.all.get('f1')).toMatchObject({ openedAt: timeOf(0), reopenedAt: timeOf(2), resolvedAt: null });
  });

  test('that becomes graver or wider is changed, and says how', () => {
    const wider = finding({ scope: { repositories: [repository, other], rights: ['pull'], conditions: [] } });
    const days = history(
      { findings: [finding()] },
      { findings: [wider] },
      { findings: [finding({ ...wider, severity: 'critical' })] },
    );
    expect(days.map(kinds)).toEqual([['opened'], ['changed'], ['changed']]);
    expect(days[1]?.changes[0]?.why).toBe(`1 more repository: ${other}`);
    expect(days[2]?.changes[0]?.why).toContain('critical');
    expect([...(days[1]?.widened ?? [])]).toEqual(['f1']);
  });

  test('that becomes less is changed, and nothing is told of it', () => {
    const days = history({ findings: [finding()] }, { findings: [finding({ severity: 'low' })] });
    expect(kinds(days[1])).toEqual(['changed']);
    expect(days[1]?.widened.size).toBe(0);
  });

  test('whose words alone are others keeps its times', () => {
    const days = history({ findings: [finding()] }, { findings: [finding({ title: 'another title' })] });
    expect(kinds(days[1])).toEqual([]);
    expect(days[1]?.all.get('f1')).toMatchObject({ changedAt: timeOf(0), finding: { title: 'another title' } });
  });

  test('that happened once stays for a month, and is history then', () => {
    const once = finding({ ruleId: 'ECR-ROOT-USE' });
    const days = history({ findings: [once] }, { day: 29 }, { day: 30 });
    expect(days.map(kinds)).toEqual([['opened'], [], ['resolved']]);
    expect(days[1]?.all.get('f1')?.unseen).toBeNull();
  });

  test('is first seen where the scan before had not read its place', () => {
    const unread = history({ coverage: coverage('ecr') }, { findings: [finding()] });
    expect([...(unread[1]?.firstSeen ?? [])]).toEqual(['f1']);
    const read = history({}, { findings: [finding()] });
    expect(read[1]?.firstSeen.size).toBe(0);
  });
});

describe('an exception', () => {
  test('archives what it was given for, also before it is seen again', () => {
    const days = history({ findings: [finding()] }, { findings: [finding()], exceptions: [exception()] });
    expect(kinds(days[1])).toEqual(['archived']);
    expect(days[1]?.all.get('f1')).toMatchObject({ status: 'archived', exceptionId: 'e1' });
  });

  test.each([
    ['another repository', { scope: { repositories: [repository, other], rights: ['pull'], conditions: [] } }, other],
    ['another right', { scope: { repositories: [repository], rights: ['pull', 'push'], conditions: [] } }, 'push'],
    [
      'a principal more',
      { scope: { repositories: [repository], rights: ['pull'], conditions: [], principals: ['AROA2'] } },
      'AROA2',
    ],
    ['a graver severity', { severity: 'critical' }, 'critical'],
  ] as const)('does not cover %s: the finding is active again and says so', (_, changes, words) => {
    const exceptions = [exception()];
    const days = history({ findings: [finding()], exceptions }, { findings: [finding(changes)], exceptions });
    expect(statusOf(days[0])).toBe('archived');
    expect(days[1]?.changes).toMatchObject([{ kind: 'reopened', why: expect.stringContaining(words) }]);
  });

  test('that was given under a condition does not cover what holds without it', () => {
    const conditions = ['aws:SourceVpce is vpce-1'];
    const scope = { ...finding().scope, conditions };
    const exceptions = [exception({ scope })];
    const days = history({ findings: [finding({ scope })], exceptions }, { findings: [finding()], exceptions });
    expect(days.map(statusOf)).toEqual(['archived', 'active']);
    expect(days[1]?.changes[0]?.why).toContain('1 condition less');
  });

  test('covers what became less', () => {
    const exceptions = [
      exception({ scope: { repositories: [repository, other], rights: ['pull', 'push'], conditions: [] } }),
    ];
    const days = history(
      { findings: [finding()], exceptions },
      { findings: [finding({ severity: 'low' })], exceptions },
    );
    expect(days.map(statusOf)).toEqual(['archived', 'archived']);
  });

  test('that ends makes the finding active again, once', () => {
    const exceptions = [exception({ until: timeOf(1) })];
    const day = { findings: [finding()], exceptions };
    const days = history(day, day, day);
    expect(days.map(statusOf)).toEqual(['archived', 'active', 'active']);
    expect(days.map(kinds)).toEqual([['opened'], ['reopened'], []]);
    expect(days[1]?.changes[0]?.why).toContain('ended');
  });

  test('that was withdrawn covers nothing', () => {
    const days = history({ findings: [finding()], exceptions: [exception()] }, { findings: [finding()] });
    expect(days[1]?.changes).toMatchObject([{ kind: 'reopened', why: 'the exception was withdrawn' }]);
  });

  test('of which no finding is left is reported while its time lasts', () => {
    const days = history(
      { exceptions: [exception({ until: timeOf(1) })] },
      { exceptions: [exception({ until: timeOf(1) })] },
    );
    expect(days.map(({ unmatched }) => unmatched.map(({ id }) => id))).toEqual([['e1'], []]);
  });

  test('that is broken is a finding of its own, as grave as the matter and as long as it lasts', () => {
    const at = timeOf(20);
    const { found, originals } = withBrokenExceptions(
      { findings: [finding()], notJudged: [], because: new Map() },
      [exception()],
      {
        at,
        digest,
      },
    );
    expect(found.findings.map(({ ruleId, severity, resource }) => [ruleId, severity, resource])).toEqual([
      ['ECR-PUB-PULL', 'high', repository],
      ['ECR-BREAKGLASS', 'high', repository],
    ]);
    expect([...originals]).toEqual(['f1']);
    const covered = withBrokenExceptions(
      { findings: [finding()], notJudged: [], because: new Map() },
      [exception(), exception({ id: 'e2', approvedAt: timeOf(11), until: timeOf(30) })],
      { at, digest },
    );
    expect(covered.found.findings).toHaveLength(1);
  });
});

test('the beginning is quiet: everything is first seen', () => {
  const { firstSeen } = nextFindings(start, {
    found: { findings: [finding()], notJudged: [], because: new Map() },
    coverage: coverage(),
    takenAt: timeOf(0),
  });
  expect([...firstSeen]).toEqual(['f1']);
});
