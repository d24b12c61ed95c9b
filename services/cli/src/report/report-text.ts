import { counted } from './counted.ts';
import type { Report } from './report.ts';
import { tellCoverage } from './tell-coverage.ts';
import { tellOutside } from './tell-outside.ts';
import { tellPowers } from './tell-powers.ts';
import { atMost, textTable } from './text-table.ts';

const linesMax = 20;

/** The report for a person: what was read and what was not, then what was found. */
export function reportText(report: Report): string {
  const { scan, totals } = report;
  const sections = [
    [
      `ECR access of ${scan.target} as of ${scan.takenAt}`,
      `  ${counted(totals.principals, 'principal')} · ${counted(totals.repositories, 'repository', 'repositories')} · ${counted(totals.accounts, 'account')} · ${counted(totals.registries, 'registry', 'registries')}`,
    ],
    tellCoverage(report),
    tellChanges(report),
    tellPowers(report),
    tellOutside(report),
    tellTokenless(report),
  ];
  return `${sections.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function tellChanges({ scan }: Report): string[] {
  const { opened, closed, unchanged } = scan.changes;
  if (scan.previousTakenAt === null) {
    return [`CHANGES: none to tell, this first scan is the baseline (${opened} answers)`];
  }
  return [
    `CHANGES since ${scan.previousTakenAt}: ${opened} answers new or changed, ${closed} ended or changed, ${unchanged} as before`,
  ];
}

function tellTokenless({ tokenless }: Report): string[] {
  const lines = textTable(
    ['Principal', 'Of account', 'Meant to', 'Repositories'],
    tokenless.map(({ principal, capability, repositories }) => [
      `${principal.kind} ${principal.name}`,
      principal.accountId ?? '',
      capability,
      String(repositories.length),
    ]),
  );
  return tokenless.length === 0
    ? ['NO TOKEN: everyone who may pull or push may also get an authorization token']
    : ['NO TOKEN: may pull or push, but not ecr:GetAuthorizationToken, so neither works', ...atMost(lines, linesMax)];
}
