import type { OverPermissionReport, PrincipalUse } from '@ecr-audit/access';
import { textTable } from '../report/text-table.ts';
import { counted } from '../report/counted.ts';
import { printable } from '../terminal/printable.ts';
import { IDLE_NOTE, IDLE_TITLE, idleInWords, ONE_SIDED_TITLE, oneSidedInWords, ownersInWords } from './policy-words.ts';
import { FINDING_WORDS, inWords, isoTime, reasonInWords, type RightSummary, summaryOf } from './summary.ts';

const CAPABILITIES = ['push', 'administer', 'delete', 'pull'] as const;

/** The report for a terminal: one line a principal, those first whose unused rights matter most. */
export function tableOf(report: OverPermissionReport): string {
  const rows = report.principals.map(rowOf);
  const lines = [
    `What is granted and was not used, ${isoTime(report.period.fromMs)} to ${isoTime(report.period.asOfMs)}.`,
    'Unused is only what would have shown in a window that was wholly seen.',
    '',
    ...textTable(['PRINCIPAL', 'FINDING', ...CAPABILITIES.map((each) => each.toUpperCase()), 'WINDOW'], rows),
    '',
    ...notKnownLines(report),
    ...unusableLines(report),
    ...policyLines(report),
    ...goneLines(report),
    `Left out: ${counted(report.leftOut.rootUsers, 'root user')} and ${counted(report.leftOut.serviceLinkedRoles, 'service-linked role')}, whose rights no policy of theirs takes away.`,
    '',
  ];
  return printable(lines.join('\n'));
}

function rowOf({ principal, findings, capabilities, unusedOnProduction }: PrincipalUse): string[] {
  const summaries = capabilities.map(summaryOf);
  const words = findings.map((finding) => FINDING_WORDS[finding]);
  const production = unusedOnProduction > 0 ? [`unused on ${unusedOnProduction} of production`] : [];
  return [
    principal.arn,
    [...production, ...words].join('; '),
    ...CAPABILITIES.map((right) => cellOf(summaries.find((each) => each.right === right))),
    windowOf(summaries),
  ];
}

function cellOf(summary: RightSummary | undefined): string {
  return summary === undefined ? '-' : inWords(summary);
}

function windowOf(summaries: readonly RightSummary[]): string {
  const shown = summaries.find(({ window }) => window !== null);
  return shown?.window === undefined || shown.window === null
    ? ''
    : `${shown.window.from.slice(0, 10)} to ${shown.window.until.slice(0, 10)} (${shown.confidence ?? 'no'} confidence)`;
}

function notKnownLines({ principals }: OverPermissionReport): string[] {
  const reasons = new Map<string, number>();
  for (const { reasons: given } of principals.flatMap(({ capabilities }) => capabilities.map(summaryOf))) {
    for (const reason of given) {
      reasons.set(reasonInWords(reason), (reasons.get(reasonInWords(reason)) ?? 0) + 1);
    }
  }
  return reasons.size === 0
    ? []
    : [
        'Not known, because',
        ...[...reasons].map(([reason, times]) => `  - ${reason} (${counted(times, 'right')})`),
        '',
      ];
}

function unusableLines({ principals }: OverPermissionReport): string[] {
  const lines = principals.flatMap(({ principal, unusable }) =>
    unusable.map(({ capability, reason, missing }) =>
      reason === 'noToken'
        ? `  - ${principal.arn}: ${capability} without ecr:GetAuthorizationToken`
        : `  - ${principal.arn}: ${capability} without ${missing.join(', ')}`,
    ),
  );
  return lines.length === 0 ? [] : ['Granted and of no use:', ...lines, ''];
}

function policyLines({ policies }: OverPermissionReport): string[] {
  if (policies === null) {
    return [];
  }
  const { idle, oneSided } = policies;
  const idleLines = idle.found.map(
    (each) => `  - ${each.policy}, from ${ownersInWords(each)}: ${idleInWords(each).join('; ')}`,
  );
  const oneSidedLines = oneSided.found.map(
    (each) => `  - ${each.policy}, statement ${each.statement}, ${oneSidedInWords(each)}`,
  );
  const unread =
    oneSided.notKnown.length === 0
      ? []
      : [`  - not known of ${counted(oneSided.notKnown.length, 'statement')} about accounts that were not read`];
  return [
    ...(idleLines.length === 0 && idle.notKnown === 0 ? [] : [`${IDLE_TITLE}:`, ...idleLines]),
    ...(idle.notKnown === 0
      ? []
      : [`  - not known of ${counted(idle.notKnown, 'policy', 'policies')}, because something was not read`]),
    ...(idleLines.length === 0 ? [] : [`  ${IDLE_NOTE}`]),
    ...(idleLines.length === 0 && idle.notKnown === 0 ? [] : ['']),
    ...(oneSidedLines.length === 0 && unread.length === 0
      ? []
      : [`${ONE_SIDED_TITLE}:`, ...oneSidedLines, ...unread, '']),
  ];
}

function goneLines({ gone }: OverPermissionReport): string[] {
  return gone.length === 0
    ? []
    : [
        'Used something, and is not there any more:',
        ...gone.map(
          ({ arn, key, lastUsedMs, replacedBy }) =>
            `  - ${arn ?? key}, last on ${isoTime(lastUsedMs)}${replacedBy === null ? '' : '; another one has that name now'}`,
        ),
        '',
      ];
}
