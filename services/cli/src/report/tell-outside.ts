import { counted } from './counted.ts';
import type { OutsideAccess } from './outside.ts';
import type { Report } from './report.ts';
import { atMost, textTable } from './text-table.ts';

const linesMax = 40;
const actionsMax = 3;
// The whole condition is in the export.
const conditionLengthMax = 100;

/** Who from outside the scanned accounts has access: anyone, other accounts, AWS services. */
export function tellOutside({ outside }: Report): string[] {
  const rows = outside.map((each) => [
    describeWho(each),
    each.repository.replace(/^arn:[^:]*:ecr:/, ''),
    describeActions(each.actions),
    each.decision,
    shortened(each.condition ?? ''),
  ]);
  const lines = textTable(['Who', 'Repository', 'Actions', 'Decision', 'Condition'], rows);
  return [
    `ACCESS FROM OUTSIDE: ${counted(new Set(outside.map(({ repository }) => repository)).size, 'repository', 'repositories')}`,
    ...(rows.length === 0 ? ['  none'] : atMost(lines, linesMax)),
  ];
}

function describeWho({ who, principal }: OutsideAccess): string {
  switch (who) {
    case 'anyone':
      return 'anyone';
    case 'service':
      return `service ${principal.name}`;
    case 'account':
      return principal.arn;
    default:
      return who satisfies never;
  }
}

function shortened(text: string): string {
  return text.length <= conditionLengthMax ? text : `${text.slice(0, conditionLengthMax - 1)}…`;
}

function describeActions(actions: readonly string[]): string {
  const names = actions.map((action) => action.replace(/^ecr:/, ''));
  return names.length <= actionsMax
    ? names.join(', ')
    : `${names.slice(0, actionsMax).join(', ')} and ${names.length - actionsMax} more`;
}
