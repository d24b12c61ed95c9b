import type { Alert } from '../alerts/alert.ts';
import type { AlertSettings } from '../alerts/alert-settings.ts';
import { planAlerts } from '../alerts/plan-alerts.ts';
import { EVALUATOR_VERSION } from '../evaluate/evaluator-version.ts';
import { type Finding, type Severity } from '../findings/finding.ts';
import { withBrokenExceptions } from './broken-exceptions.ts';
import { type CausedDrift, type FindingCause, findingCauses } from './finding-causes.ts';
import type { FindingChange, FindingException, FindingState } from './finding-state.ts';
import { type FindingsBefore, nextFindings, type ScanFindings } from './next-findings.ts';

/** Raised whenever a rule finds something else in the same scan. */
const RULES_VERSION = '1';

/** The rules by which a scan is judged: of access and of findings. */
export const JUDGED_BY = `${EVALUATOR_VERSION}.${RULES_VERSION}`;

export interface JudgeInput {
  readonly before: FindingsBefore & {
    /** The rules that judged the scan before; null where none did. */
    readonly judgedBy: string | null;
    readonly said: readonly { readonly fingerprint: string; readonly severity: Severity }[] | null;
  };
  readonly scan: ScanFindings;
  /** Null where there is no scan before. */
  readonly since: CausedDrift | null;
  readonly settings: AlertSettings;
  /** Tags of the repositories among these ARNs, for routes. */
  readonly tagsOf: (arns: readonly string[]) => Readonly<Record<string, string>>;
  /** ISO time, UTC: now, by which quiet hours go. */
  readonly now: string;
  readonly digest: (text: string) => string;
}

export interface JudgedFindings {
  readonly states: readonly FindingState[];
  readonly changes: readonly (FindingChange & { readonly cause: FindingCause | null })[];
  readonly alerts: readonly Alert[];
  readonly told: readonly { readonly fingerprint: string; readonly severity: Severity }[];
  /** Changes of what people were told of: messages about them are out of date. */
  readonly toUpdate: readonly FindingChange[];
  readonly unmatched: readonly FindingException[];
}

/** What becomes of the findings with a scan, and who is told what. Pure. */
export function judgeScan(input: JudgeInput): JudgedFindings {
  const { before, settings, tagsOf, now, digest } = input;
  const at = input.scan.takenAt;
  const { found, originals } = withBrokenExceptions(input.scan.found, before.exceptions, { at, digest });
  const next = nextFindings(before, { ...input.scan, found });
  const causeOf = explained(input);
  const causes = new Map<string, FindingCause>();
  const states = new Map([...before.states, ...next.states].map((state) => [state.finding.fingerprint, state]));
  const news = next.changes.filter(({ kind }) => kind === 'opened' || kind === 'changed' || kind === 'reopened');
  for (const { fingerprint } of news) {
    const state = states.get(fingerprint);
    if (state !== undefined) {
      causes.set(fingerprint, causeOf(state.finding));
    }
  }
  // What was approved once is told by the finding that says so.
  const isTold = ({ fingerprint }: Finding): boolean =>
    states.get(fingerprint)?.status === 'active' && !originals.has(fingerprint);
  const again = new Set([...next.widened, ...next.changes.filter(isBack).map(({ fingerprint }) => fingerprint)]);
  const said = before.said?.filter(({ fingerprint }) => !again.has(fingerprint)) ?? null;
  const toTell = found.findings.filter(isTold).map((finding) => ({
    finding,
    tags: tagsOf([finding.resource, ...finding.repositories.examples]),
    ...(causes.get(finding.fingerprint) ?? { cause: null, explanation: null }),
  }));
  const plan = (findings: typeof toTell, told: typeof said): readonly Alert[] =>
    planAlerts({ findings, said: told, settings, now, digest });
  const isFirstSeen = ({ finding }: (typeof toTell)[number]): boolean => next.firstSeen.has(finding.fingerprint);
  const alerts = [
    ...plan(
      toTell.filter((each) => said === null || !isFirstSeen(each)),
      said,
    ),
    // What is seen for the first time because it could be read for the first time: nobody changed anything.
    ...(said === null ? [] : plan(toTell.filter(isFirstSeen), null)),
  ];
  const told = alerts.flatMap(({ findings }) =>
    findings.map(({ fingerprint, severity }) => ({ fingerprint, severity })),
  );
  const known = new Set(before.said?.map(({ fingerprint }) => fingerprint));
  return {
    states: next.states,
    changes: next.changes.map((change) => ({ ...change, cause: causes.get(change.fingerprint) ?? null })),
    alerts,
    told: [
      ...told,
      ...found.findings
        .filter(({ fingerprint }) => originals.has(fingerprint))
        .map(({ fingerprint, severity }) => ({ fingerprint, severity })),
    ],
    toUpdate: next.changes.filter(({ fingerprint, kind }) => kind !== 'opened' && known.has(fingerprint)),
    unmatched: next.unmatched,
  };
}

function isBack({ kind }: FindingChange): boolean {
  return kind === 'reopened';
}

/** The cause of a finding; where there is none and the rules are others than those of the scan before, it is they. */
function explained({ before, since, scan: { found } }: JudgeInput): (finding: Finding) => FindingCause {
  const causeOf = since === null ? null : findingCauses(since, found.because);
  return (finding) => {
    const found = causeOf?.(finding) ?? { cause: null, explanation: null };
    return found.cause === null &&
      found.explanation === null &&
      before.judgedBy !== null &&
      before.judgedBy !== JUDGED_BY
      ? {
          cause: null,
          explanation: `Nobody changed it: ecr-audit judges by other rules (${JUDGED_BY}) than in the scan before (${before.judgedBy}).`,
        }
      : found;
  };
}
