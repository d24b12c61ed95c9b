import { type Absence, members, type OverPermissionReport, type PrincipalUse, type RightUse } from '@ecr-audit/access';
import { stringify } from 'csv-stringify/sync';
import { isoTime } from './summary.ts';

const HEADER = [
  'principal',
  'principalId',
  'principalKind',
  'principalAccount',
  'repository',
  'production',
  'capability',
  'status',
  'lastUsed',
  'events',
  'onBehalfOf',
  'windowFrom',
  'windowUntil',
  'confidence',
  'reason',
] as const;

/** One line for each principal, repository and capability, as they come: a large organization has a million. */
export function* csvOf(report: OverPermissionReport): Generator<string> {
  yield `${HEADER.join(',')}\n`;
  for (const use of report.principals) {
    for (const capability of use.capabilities) {
      const rows = rowsOf(use, capability, report);
      if (rows.length > 0) {
        yield stringify(rows.map((row) => row.map(harmless)));
      }
    }
  }
}

function rowsOf(
  { principal }: PrincipalUse,
  { right, used, absent }: RightUse,
  report: OverPermissionReport,
): string[][] {
  const line = (index: number, rest: readonly string[]): string[] => {
    const repository = report.repositories[index];
    return [
      principal.arn,
      principal.id,
      principal.kind,
      principal.accountId ?? '',
      repository?.arn ?? '',
      repository?.isProduction === true ? 'yes' : 'no',
      right,
      ...rest,
    ];
  };
  return [
    ...used.map(({ index, lastMs, events, onBehalfOf }) =>
      line(index, ['used', isoTime(lastMs), String(events), onBehalfOf.join(' '), '', '', '', '']),
    ),
    ...absent.flatMap(({ absence, set }) => [...members(set)].map((index) => line(index, absenceCells(absence)))),
  ];
}

function absenceCells(absence: Absence): string[] {
  return absence.kind === 'notKnown'
    ? ['notKnown', '', '', '', '', '', '', absence.reason]
    : ['unused', '', '', '', isoTime(absence.window.fromMs), isoTime(absence.window.untilMs), absence.confidence, ''];
}

/**
 * A cell that a spreadsheet would take for a formula gets an apostrophe in front.
 * https://owasp.org/www-community/attacks/CSV_Injection
 */
function harmless(text: string): string {
  return /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
}
