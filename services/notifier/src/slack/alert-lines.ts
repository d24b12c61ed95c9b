import type { Alert, AlertedFinding } from '@ecr-audit/access';
import { bold, code, type Line, link, prose } from './rich-text.ts';

// More is in the thread; the main message is read on a telephone.
const findingsShownMax = 5;

/** What a message says at first sight: what changed, who can do what where, through whom, what to do. */
export function alertLines(alert: Alert): readonly Line[] {
  const { findings, cause } = alert;
  const shown = findings.slice(0, findingsShownMax);
  const remedies = [...new Set(shown.map(({ remedy }) => remedy))];
  return [
    ...shown.flatMap((finding) => [
      [...bold(finding.title)],
      prose(finding.what),
      [...prose('Where: '), ...code(finding.resource), ...whoLine(finding)],
    ]),
    ...(findings.length > shown.length ? [prose(`… and ${findings.length - shown.length} more, in the thread`)] : []),
    ...(cause === null ? [] : [causeLine(cause)]),
    ...remedies.map((remedy): Line => [...bold('What to do: '), ...prose(remedy)]),
    ...(alert.link === null ? [] : [link(alert.link, 'Look closer')]),
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

function explained(finding: AlertedFinding): readonly Line[] {
  return [
    prose(finding.why),
    ...finding.reasons.map(({ effect, statement, policy, via }) => [
      ...prose(`${effect}: statement `),
      ...code(statement),
      ...prose(' of '),
      ...code(policy),
      ...prose(', through '),
      ...code(via),
    ]),
    ...finding.doubts.map((doubt) => prose(`Not certain: ${doubt}`)),
    [...prose('Fingerprint: '), ...code(finding.fingerprint)],
  ];
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
