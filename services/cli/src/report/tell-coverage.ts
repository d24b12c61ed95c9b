import { printable } from '../terminal/printable.ts';
import { describeGap } from './describe-gap.ts';
import type { Report } from './report.ts';
import { atMost, textTable } from './text-table.ts';

const linesMax = 30;
const sourceNames = { iam: 'IAM', ecr: 'ECR', cloudtrail: 'CloudTrail', organization: 'Organization' } as const;
const statusNames = { complete: 'complete', partial: 'in part', notReadable: 'not read' } as const;

/** What was read and what was not: first, because everything below rests on it. */
export function tellCoverage({ coverage, sources, gaps, problems }: Report): string[] {
  const rows = coverage.map(({ accountId, accountName, region, source, status, detail }) => [
    accountName === accountId ? accountId : `${accountId} ${accountName}`,
    region ?? '',
    sourceNames[source],
    statusNames[status],
    detail ?? '',
  ]);
  const incomplete = rows.length === 0 ? [] : textTable(['Account', 'Region', 'Source', 'Read', 'Why'], rows);
  return [
    `COVERAGE: ${sources.complete} of ${sources.all} sources read in full`,
    ...atMost(incomplete, linesMax),
    ...listed('GAPS', 'What rests on them is unknown, never denied', gaps.map(describeGap)),
    ...listed(
      'POLICY PROBLEMS',
      'They taint what rests on that statement, and nothing else',
      problems.map(({ policy, place, message }) => `${policy}${place === '' ? '' : ` at ${place}`}: ${message}`),
    ),
  ];
}

function listed(title: string, meaning: string, entries: readonly string[]): string[] {
  if (entries.length === 0) {
    return [];
  }
  const lines = entries.map((entry) => `  - ${printable(entry).replaceAll('\n', ' ')}`);
  return ['', `${title}: ${entries.length}. ${meaning}.`, ...atMost(lines, linesMax)];
}
