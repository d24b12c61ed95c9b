import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Coverage } from '../evaluate/coverage.ts';
import type { Finding } from '../findings/finding.ts';
import type { FindingChange, FindingState } from './finding-state.ts';
import { nextFindings } from './next-findings.ts';

/* Made-up histories: what is so each day, what of it could be read, and what became of the findings. */

const accounts = ['111111111111', '222222222222'] as const;
const regions = ['eu-west-1', 'us-east-1'] as const;
const places = accounts.flatMap((accountId) => regions.map((region) => ({ accountId, region })));

/** What is so on one day: by place the repositories that anyone may pull, and which places were read. */
const day = fc.record({
  open: fc.array(fc.subarray(['a', 'b', 'c']), { minLength: places.length, maxLength: places.length }),
  unread: fc.subarray(places.map((_, index) => index)),
});

type Day = typeof day extends fc.Arbitrary<infer Each> ? Each : never;

function arnOf(place: number, name: string): string {
  const { accountId = '', region = '' } = places[place] ?? {};
  return `arn:aws:ecr:${region}:${accountId}:repository/${name}`;
}

/** One finding an account, over the repositories of its regions that were read. */
function findingsOf({ open, unread }: Day): Finding[] {
  return accounts.flatMap((accountId): Finding[] => {
    const repositories = places
      .flatMap((place, index) =>
        place.accountId === accountId && !unread.includes(index)
          ? (open[index] ?? []).map((name) => arnOf(index, name))
          : [],
      )
      .toSorted();
    return repositories.length === 0
      ? []
      : [
          {
            ruleId: 'ECR-PUB-PULL',
            severity: 'high',
            accountId,
            region: null,
            resource: accountId,
            principal: null,
            fingerprint: accountId,
            title: 'anyone may pull',
            what: '',
            why: '',
            remedy: '',
            repositories: { count: repositories.length, inProduction: 0, examples: repositories },
            scope: { repositories, rights: ['pull'], conditions: [] },
            reasons: [],
            doubts: [],
          },
        ];
  });
}

function coverageOf({ unread }: Day): Coverage[] {
  return [
    ...accounts.flatMap((accountId) =>
      (['iam', 'organization'] as const).map((source): Coverage => ({
        accountId,
        region: null,
        source,
        status: 'complete',
        detail: null,
      })),
    ),
    ...places.map(({ accountId, region }, index): Coverage => ({
      accountId,
      region,
      source: 'ecr',
      status: unread.includes(index) ? 'notReadable' : 'complete',
      detail: unread.includes(index) ? 'access denied' : null,
    })),
  ];
}

function timeOf(index: number): string {
  return new Date(Date.UTC(2026, 10, 1 + index)).toISOString();
}

/** Goes through the days; `seen` is told what each of them changed. */
function live(
  days: readonly Day[],
  seen: (index: number, changes: readonly FindingChange[], states: readonly FindingState[]) => void,
): void {
  const states = new Map<string, FindingState>();
  let earlier: Coverage[] | null = null;
  days.forEach((each, index) => {
    const coverage = coverageOf(each);
    const found = { findings: findingsOf(each), notJudged: [], because: new Map<string, readonly number[]>() };
    const before = { states: [...states.values()], exceptions: [], coverage: earlier };
    const next = nextFindings(before, { found, coverage, takenAt: timeOf(index) });
    next.states.forEach((state) => states.set(state.finding.fingerprint, state));
    earlier = coverage;
    seen(index, next.changes, [...states.values()]);
    const again = nextFindings(
      { states: [...states.values()], exceptions: [], coverage },
      { found, coverage, takenAt: timeOf(index) },
    );
    expect([again.states, again.changes]).toEqual([[], []]);
  });
}

const history = fc.array(day, { minLength: 2, maxLength: 8 });

test('where nothing but what could be read differs, a finding is opened once and never told again, whatever the gaps', () => {
  fc.assert(
    fc.property(day, fc.array(day, { maxLength: 6 }), (first, others) => {
      const days = [{ ...first, unread: [] }, ...others.map(({ unread }) => ({ open: first.open, unread }))];
      live(days, (index, changes) => {
        expect(changes.map(({ kind }) => kind).filter((kind) => kind !== 'opened' || index > 0)).toEqual([]);
      });
    }),
  );
});

test('a finding is resolved only by a scan that read all that it was about', () => {
  fc.assert(
    fc.property(history, (days) => {
      let before: readonly FindingState[] = [];
      live(days, (index, changes, states) => {
        for (const { fingerprint } of changes.filter(({ kind }) => kind === 'resolved')) {
          const about =
            before.find(({ finding }) => finding.fingerprint === fingerprint)?.finding.scope.repositories ?? [];
          const unread = (days[index]?.unread ?? []).map((place) => arnOf(place, ''));
          expect(about.filter((arn) => unread.some((registry) => arn.startsWith(registry)))).toEqual([]);
        }
        before = states;
      });
    }),
  );
});

test('after a scan that read everything the active findings are exactly what is so', () => {
  fc.assert(
    fc.property(history, (days) => {
      const whole = days.map((each, index) => (index === days.length - 1 ? { ...each, unread: [] } : each));
      let last: readonly FindingState[] = [];
      live(whole, (_, __, states) => {
        last = states;
      });
      const active = last.filter(({ status }) => status === 'active');
      const real = whole.slice(-1).flatMap(findingsOf);
      expect(active.map(({ finding }) => finding.scope.repositories.join(' ')).toSorted()).toEqual(
        real.map(({ scope }) => scope.repositories.join(' ')).toSorted(),
      );
    }),
  );
});
