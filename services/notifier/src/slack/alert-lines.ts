import type { Alert, AlertedFinding } from '@ecr-audit/access';
import { isOpen, type Standing } from '../sinks/standing.ts';
import { findingButtons, type Offers } from './buttons.ts';
import { acknowledgeCommand, approveCommand } from './commands.ts';
import type { Part } from './fit-posts.ts';
import { bold, code, type Line, link, prose } from './rich-text.ts';
import { countsLine, standingLine } from './standing-lines.ts';

// More is in the thread; the main message is read on a telephone.
const findingsShownMax = 5;

/** What a finding rests on, of an alert or as it is kept. */
interface FindingGround {
  readonly why: string;
  readonly reasons: readonly Pick<AlertedFinding['reasons'][number], 'effect' | 'statement' | 'policy' | 'via'>[];
  readonly doubts: readonly string[];
}

/** What a message shows beside what it tells. */
export interface AlertView {
  readonly targetKey: string | null;
  readonly standings: ReadonlyMap<string, Standing>;
  readonly offers: Offers;
}

/** What a message says at first sight: what changed, who can do what where, through whom, what to do, and how it stands now. */
export function alertParts(alert: Alert, view: AlertView): readonly Part[] {
  const { findings, cause, explanation } = alert;
  const shown = findings.slice(0, findingsShownMax);
  const others = findings.slice(findingsShownMax);
  const remedies = [...new Set(shown.map(({ remedy }) => remedy))];
  const counts =
    others.length === 0 ? null : countsLine(findings.map(({ fingerprint }) => view.standings.get(fingerprint)));
  return [
    ...(counts === null ? [] : [lines([counts])]),
    ...shown.flatMap((finding, place) => shownFinding(finding, place, view)),
    lines([
      ...(others.length > 0 ? [prose(`… and ${others.length} more, in the thread`)] : []),
      ...(cause === null ? [] : [causeLine(cause)]),
      ...(explanation === null ? [] : [[...bold('No call made it: '), ...prose(explanation)]]),
      ...remedies.map((remedy): Line => [...bold('What to do: '), ...prose(remedy)]),
      ...approvalLines(findings, view),
      ...(alert.link === null ? [] : [link(alert.link, 'Look closer')]),
      // Last: it grows as the findings change, and what has no room there is counted.
      ...others.flatMap((finding, index) => otherLine(finding, findingsShownMax + index + 1, view)),
    ]),
  ];
}

/** Every finding with what it rests on. */
export function detailLines({ findings }: Alert): readonly Line[] {
  return findings.flatMap((finding, index) => [
    [...prose(`${index + 1}. ${finding.severity} `), ...code(finding.ruleId), ...prose(` ${finding.title}`)],
    // With many of them each has one line: all of them named beats some of them explained.
    ...(findings.length > findingsShownMax ? [] : explained(finding)),
  ]);
}

/** What a finding rests on: why it matters, the deciding statements, and what is not certain. */
export function restLines({ why, reasons, doubts }: FindingGround): readonly Line[] {
  return [
    prose(why),
    ...reasons.map(({ effect, statement, policy, via }) => [
      ...prose(`${effect}: statement `),
      ...code(statement),
      ...prose(' of '),
      ...code(policy),
      ...prose(', through '),
      ...code(via),
    ]),
    ...doubts.map((doubt) => prose(`Not certain: ${doubt}`)),
  ];
}

function shownFinding(finding: AlertedFinding, place: number, view: AlertView): readonly Part[] {
  const { fingerprint, severity } = finding;
  const { targetKey, offers } = view;
  const standing = view.standings.get(fingerprint);
  const now = standingLine(standing, severity);
  const buttons = findingButtons({ fingerprint, targetKey }, { standing, offers, place });
  const isLookedAfter = standing?.state.kind !== 'open';
  return [
    lines([
      [...bold(finding.title)],
      ...(now === null ? [] : [now]),
      prose(finding.what),
      [...prose('Where: '), ...code(finding.resource), ...whoLine(finding)],
      ...(offers !== null || isLookedAfter
        ? []
        : [[...prose('To say that you look after it: '), ...code(acknowledgeCommand(fingerprint, targetKey))]]),
    ]),
    ...(buttons === null ? [] : [{ kind: 'block' as const, block: buttons }]),
  ];
}

/** The command, where no button is; beside buttons the answer to `Explain` says it. */
function approvalLines(
  findings: readonly AlertedFinding[],
  { targetKey, offers, standings }: AlertView,
): readonly Line[] {
  const first = findings.find(({ fingerprint }) => {
    const standing = standings.get(fingerprint);
    return standing !== undefined && isOpen(standing);
  });
  if (first === undefined || offers !== null) {
    return [];
  }
  const which = findings.length === 1 ? first.fingerprint : 'FINGERPRINT';
  return [[...prose('To approve it for 30 days: '), ...code(approveCommand(which, targetKey))]];
}

function otherLine(finding: AlertedFinding, number: number, { standings }: AlertView): readonly Line[] {
  const now = standingLine(standings.get(finding.fingerprint), finding.severity);
  return now === null ? [] : [[...prose(`${number}. ${finding.title} `), ...now]];
}

function explained(finding: AlertedFinding): readonly Line[] {
  return [...restLines(finding), [...prose('Fingerprint: '), ...code(finding.fingerprint)]];
}

function lines(given: readonly Line[]): Part {
  return { kind: 'lines', lines: given };
}

function whoLine({ principal }: AlertedFinding): Line {
  return principal === null ? [] : [...prose(', who: '), ...code(principal)];
}

function causeLine({ eventName, actor, sourceAddress, time }: NonNullable<Alert['cause']>): Line {
  return [
    ...bold('Through: '),
    ...code(eventName),
    ...prose(' by '),
    ...code(actor),
    ...(sourceAddress === null ? [] : [...prose(' from '), ...code(sourceAddress)]),
    ...prose(` at ${time}`),
  ];
}
