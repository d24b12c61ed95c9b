import { counted } from '../report/counted.ts';
import { checkAreas, type Check, type CheckArea, type CheckStatus } from './check.ts';

const titles: Readonly<Record<CheckArea, string>> = {
  configuration: 'Configuration',
  credentials: 'Credentials',
  organization: 'Organization',
  accounts: 'Accounts',
  database: 'Database',
  queues: 'Queues',
};

const words: Readonly<Record<CheckStatus, string>> = {
  ok: 'ok',
  problem: 'PROBLEM',
  warning: 'warning',
  notProbed: 'not probed',
};

const wordWidth = Math.max(...Object.values(words).map((word) => word.length));
// Beyond these the same is said again; `--format json` has them all.
const linesPerAreaMax = 60;
const advicesMax = 20;

/** The findings for a person: by area, the problems of accounts before those that are well, then what to do. */
export function doctorText(checks: readonly Check[]): string {
  return [
    ...checkAreas.flatMap((area) =>
      areaLines(
        area,
        checks.filter((check) => check.area === area),
      ),
    ),
    ...nextLines(checks),
    summaryLine(checks),
    '',
  ].join('\n');
}

function areaLines(area: CheckArea, checks: readonly Check[]): readonly string[] {
  if (checks.length === 0) {
    return [];
  }
  const wells = area === 'accounts' ? checks.filter(({ status }) => status === 'ok') : [];
  const shown = wells.length > linesPerAreaMax / 2 ? checks.filter(({ status }) => status !== 'ok') : checks;
  const more = shown.length > linesPerAreaMax ? [`  … and ${shown.length - linesPerAreaMax} more: --format json`] : [];
  const told =
    shown.length < checks.length ? [`  ${words.ok.padEnd(wordWidth)}  ${counted(wells.length, 'account')} probed`] : [];
  return [
    titles[area],
    ...told,
    ...shown
      .slice(0, linesPerAreaMax)
      .map(({ status, message }) => `  ${words[status].padEnd(wordWidth)}  ${message.replaceAll('\n', ' ')}`),
    ...more,
    '',
  ];
}

function nextLines(checks: readonly Check[]): readonly string[] {
  const wanted = checks.filter(({ status }) => status === 'problem' || status === 'warning');
  const advices = [...new Set(wanted.flatMap(({ advice }) => (advice === null ? [] : [advice])))];
  return advices.length === 0
    ? []
    : [
        'What to do',
        ...advices.slice(0, advicesMax).map((advice, index) => `  ${index + 1}. ${advice}`),
        ...(advices.length > advicesMax ? [`  … and ${advices.length - advicesMax} more: --format json`] : []),
        '',
      ];
}

function summaryLine(checks: readonly Check[]): string {
  const count = (status: CheckStatus): number => checks.filter((check) => check.status === status).length;
  const notProbed = count('notProbed');
  return [
    count('problem') === 0 ? 'No problem found' : counted(count('problem'), 'problem'),
    ...(count('warning') === 0 ? [] : [counted(count('warning'), 'warning')]),
    ...(notProbed === 0 ? [] : [`${notProbed} not probed, which is no pass`]),
  ].join(', ');
}
