import type { Coverage } from '../evaluate/coverage.ts';
import type { Finding } from '../findings/finding.ts';
import { isAtLeast } from '../findings/finding.ts';
import type { FoundFindings } from '../findings/find-findings.ts';
import { RULES } from '../findings/rules.ts';
import type { Rule } from '../findings/rule.ts';
import type { FindingChange, FindingChangeKind, FindingException, FindingState } from './finding-state.ts';
import { isOpenAt, judgeExceptions } from './judge-exceptions.ts';
import { type ReadSources, readSources } from './read-sources.ts';
import { beyond } from './scope-words.ts';
import { withUnread } from './with-unread.ts';

/** Who looks at an occurrence has this long; afterwards it is history, which stays to be asked for. */
const OCCURRENCE_DAYS = 30;
const DAY_MS = 24 * 60 * 60 * 1000;

export interface FindingsBefore {
  /** Also those that are resolved. */
  readonly states: readonly FindingState[];
  /** Those that nobody has withdrawn, also those whose time is over. */
  readonly exceptions: readonly FindingException[];
  /** How much the scan before had read; null before the first one. */
  readonly coverage: readonly Coverage[] | null;
}

export interface ScanFindings {
  readonly found: FoundFindings;
  readonly coverage: readonly Coverage[];
  /** ISO time of the snapshot, UTC. */
  readonly takenAt: string;
}

export interface NextFindings {
  /** Those that are other than before. */
  readonly states: readonly FindingState[];
  readonly changes: readonly FindingChange[];
  /** Found for the first time in places that no earlier scan had read: nobody changed anything for all we know. */
  readonly firstSeen: ReadonlySet<string>;
  /** Those that became graver, or about more. */
  readonly widened: ReadonlySet<string>;
  /** Valid exceptions of which no finding is left. */
  readonly unmatched: readonly FindingException[];
}

/**
 * What becomes of the findings with another scan. Pure; the same scan twice changes nothing the second time.
 *
 * A finding that is not found any more is resolved only where everything that it rests on was read. An exception archives what
 * it was given for, and no more: when its time is over, or the matter has outgrown it, the finding is active again.
 */
export function nextFindings(before: FindingsBefore, scan: ScanFindings): NextFindings {
  const life = createLife(before, scan);
  const kept = new Map(before.states.map((state) => [state.finding.fingerprint, state]));
  const found = new Map(scan.found.findings.map((finding) => [finding.fingerprint, finding]));
  const steps = [
    ...[...found.values()].map((finding) => life.seen(finding, kept.get(finding.fingerprint) ?? null)),
    ...before.states
      .filter(({ finding, status }) => status !== 'resolved' && !found.has(finding.fingerprint))
      .map((state) => life.notSeen(state)),
  ].filter((step) => step !== null);
  const after = new Map([...kept, ...steps.map(({ state }) => [state.finding.fingerprint, state] as const)]);
  const earlier = before.coverage === null ? null : readSources(before.coverage);
  const changes = steps.flatMap(({ change }) => change ?? []);
  return {
    states: steps.map(({ state }) => state),
    changes,
    firstSeen: new Set(
      changes
        .filter(({ kind, fingerprint }) => kind === 'opened' && isFirstSeen(found.get(fingerprint), earlier))
        .map(({ fingerprint }) => fingerprint),
    ),
    widened: new Set(steps.filter(({ isMore }) => isMore).map(({ state }) => state.finding.fingerprint)),
    unmatched: before.exceptions.filter((exception) => {
      const status = after.get(exception.fingerprint)?.status;
      return isOpenAt(exception, scan.takenAt) && (status === undefined || status === 'resolved');
    }),
  };
}

interface Step {
  readonly state: FindingState;
  /** Null where only words are others. */
  readonly change: FindingChange | null;
  readonly isMore?: boolean;
}

interface Life {
  seen(finding: Finding, before: FindingState | null): Step | null;
  notSeen(state: FindingState): Step | null;
}

function createLife(before: FindingsBefore, { found, coverage, takenAt: at }: ScanFindings): Life {
  const exceptions = Map.groupBy(before.exceptions, ({ fingerprint }) => fingerprint);
  const reads = readSources(coverage);
  const readsBefore = before.coverage === null ? null : readSources(before.coverage);
  const rules = new Map(RULES.map((rule) => [rule.id, rule]));
  const notJudged = new Map(found.notJudged.map(({ ruleId, needs }) => [ruleId, needs]));
  const change = (fingerprint: string, kind: FindingChangeKind, why: string | null): FindingChange => ({
    fingerprint,
    kind,
    at,
    by: null,
    why,
  });

  const opened = (finding: Finding): Step => {
    const verdict = judgeExceptions(finding, exceptions.get(finding.fingerprint) ?? [], at);
    const status = verdict.covers === null ? 'active' : 'archived';
    return {
      state: {
        finding,
        status,
        openedAt: at,
        changedAt: at,
        resolvedAt: null,
        reopenedAt: null,
        acknowledged: null,
        exceptionId: verdict.covers?.id ?? null,
        unseen: null,
      },
      change: change(
        finding.fingerprint,
        'opened',
        verdict.covers === null ? verdict.fails : archivedBy(verdict.covers),
      ),
    };
  };

  return {
    seen: (seen, state) => {
      if (state === null) {
        return opened(seen);
      }
      const finding = withUnread(seen, state, reads);
      const verdict = judgeExceptions(finding, exceptions.get(finding.fingerprint) ?? [], at);
      const widened = widening(finding, state.finding);
      const isOther = widened !== null || !isSameMatter(finding, state.finding);
      const status = verdict.covers === null ? 'active' : 'archived';
      const isReopened = status === 'active' && state.status !== 'active';
      const next: FindingState = {
        ...state,
        finding,
        status,
        changedAt: isOther ? at : state.changedAt,
        resolvedAt: null,
        reopenedAt: isReopened ? at : state.reopenedAt,
        // Whoever looked after it looked at less.
        acknowledged: isReopened || widened !== null ? null : state.acknowledged,
        exceptionId: verdict.covers?.id ?? null,
        unseen: null,
      };
      if (isReopened) {
        const why =
          state.status === 'archived' ? (verdict.fails ?? 'the exception was withdrawn') : 'it is there again';
        return { state: next, change: change(finding.fingerprint, 'reopened', why) };
      }
      if (status === 'archived' && state.status !== 'archived') {
        const why = verdict.covers === null ? null : archivedBy(verdict.covers);
        return { state: next, change: change(finding.fingerprint, 'archived', why) };
      }
      if (isOther) {
        return {
          state: next,
          change: change(finding.fingerprint, 'changed', widened ?? 'it became less'),
          isMore: widened !== null,
        };
      }
      return isSameState(next, state) ? null : { state: next, change: null };
    },
    notSeen: (state) => {
      const { finding } = state;
      const rule = rules.get(finding.ruleId);
      const unseen = whyNotGone(state, { rule, needs: notJudged.get(finding.ruleId) ?? null, reads, readsBefore, at });
      if (unseen !== null) {
        return unseen === state.unseen
          ? null
          : { state: { ...state, unseen: unseen === '' ? null : unseen }, change: null };
      }
      return {
        state: { ...state, status: 'resolved', resolvedAt: at, acknowledged: null, exceptionId: null, unseen: null },
        change: change(finding.fingerprint, 'resolved', resolvedBecause(rule)),
      };
    },
  };
}

function resolvedBecause(rule: Rule | undefined): string | null {
  if (rule === undefined) {
    return 'the rule is no longer there';
  }
  return rule.life === 'occurrence' ? `it happened more than ${OCCURRENCE_DAYS} days ago` : null;
}

interface Absence {
  readonly rule: Rule | undefined;
  readonly needs: string | null;
  readonly reads: ReadSources;
  readonly readsBefore: ReadSources | null;
  readonly at: string;
}

/** Why a finding that is not found stays; empty where it stays without any doubt, null where it is gone. */
function whyNotGone(state: FindingState, { rule, needs, reads, readsBefore, at }: Absence): string | null {
  if (rule === undefined) {
    return null;
  }
  if (rule.life === 'occurrence') {
    const happenedAt = state.reopenedAt ?? state.changedAt;
    return Date.parse(at) - Date.parse(happenedAt) < OCCURRENCE_DAYS * DAY_MS ? '' : null;
  }
  if (needs !== null) {
    return `the rule could not judge: ${NEEDS[needs] ?? needs}`;
  }
  const unread = rule.rests
    .map((source) => ({ source, why: reads.unreadFor(state.finding, [source]) }))
    // An organization that was as unread when the finding was seen cannot be why it is not seen now.
    .find(
      ({ source, why }) =>
        why !== null &&
        !(
          source === 'organization' &&
          state.unseen === null &&
          readsBefore?.unreadFor(state.finding, [source]) === why
        ),
    );
  return unread?.why ?? null;
}

const NEEDS: Readonly<Record<string, string>> = {
  earlierSnapshot: 'there was no earlier snapshot to compare with',
  events: 'no events were collected',
  use: 'the use of rights was not seen',
};

function archivedBy({ approvedBy, until, reason }: FindingException): string {
  return `${approvedBy} approved it until ${until}: ${reason}`;
}

/** What a finding is more than it was; null where it is not more. */
function widening(now: Finding, before: Finding): string | null {
  if (now.severity !== before.severity && isAtLeast(now.severity, before.severity)) {
    return `it is ${now.severity} now, after ${before.severity}`;
  }
  return beyond(now.scope, before.scope);
}

/** Severity and scope are what a finding is; the rest is words. */
function isSameMatter(a: Finding, b: Finding): boolean {
  return a.severity === b.severity && JSON.stringify(a.scope) === JSON.stringify(b.scope);
}

function isSameState(a: FindingState, b: FindingState): boolean {
  return (
    a.status === b.status &&
    a.unseen === b.unseen &&
    a.exceptionId === b.exceptionId &&
    JSON.stringify(a.finding) === JSON.stringify(b.finding)
  );
}

/** Whether no earlier scan had read what the finding rests on. */
function isFirstSeen(finding: Finding | undefined, earlier: ReadSources | null): boolean {
  if (finding === undefined || earlier === null) {
    return earlier === null;
  }
  const rule = RULES.find(({ id }) => id === finding.ruleId);
  return (
    rule?.life === 'state' &&
    earlier.unreadFor(
      finding,
      rule.rests.filter((source) => source !== 'organization'),
    ) !== null
  );
}
