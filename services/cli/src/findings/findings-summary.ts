import { type FindingState, SEVERITIES } from '@ecr-audit/access';
import { atMost } from '../report/text-table.ts';

const shownMax = 24;
const titleMax = 120;

/** How many findings there are, and by rule how many, with the gravest of each. */
export function findingsSummary(findings: readonly FindingState[]): string {
  const counts = SEVERITIES.flatMap((severity) => {
    const count = findings.filter(({ finding }) => finding.severity === severity).length;
    return count === 0 ? [] : [`${count} ${severity}`];
  });
  const byRule = Map.groupBy(findings, ({ finding }) => finding.ruleId);
  const lines = [...byRule].flatMap(([ruleId, [first, ...rest]]) =>
    first === undefined
      ? []
      : [
          `  ${first.finding.severity.padEnd(8)} ${ruleId.padEnd(18)} ${short(first.finding.title)}${rest.length === 0 ? '' : `, and ${rest.length} more`}`,
        ],
  );
  return `FINDINGS: ${counts.length === 0 ? 'none' : counts.join(', ')}\n${atMost(lines, shownMax).join('\n')}\n`;
}

function short(title: string): string {
  return title.length <= titleMax ? title : `${title.slice(0, titleMax - 1).toWellFormed()}…`;
}
