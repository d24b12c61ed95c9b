import { describeCause } from '@ecr-audit/access';
import { counted } from '../report/counted.ts';
import { atMost, textTable } from '../report/text-table.ts';
import { describeDifference, describeUnknown } from './describe-difference.ts';
import type { CausedDifference, DriftReport, PlainDrift, PlainUnknown } from './plain-drift.ts';

const namesMax = 3;
// Further down nobody reads; the other formats have everything.
const rowsMax = 12;
const linesMax = 40;

/** Drift for a person: each set of differences with its causes, and whose access it changed. */
export function driftText(report: DriftReport): string {
  const { from, to, compared, differences, access, notKnown } = report;
  const groups = Map.groupBy(access, (drift) => `${drift.together} ${drift.differences.join(' ')}`);
  const told = new Set(access.flatMap((drift) => drift.differences));
  const idle = differences.filter((_, index) => !told.has(index));
  const concerning = idle.filter(({ concernsEcr }) => concernsEcr);
  const others = idle.length - concerning.length;
  const principals = new Set(access.flatMap((drift) => drift.principals.map(({ id }) => id)));
  const linesOf = differenceLines(differences);
  return [
    `Drift from ${from} to ${to}: ${counted(compared.principals, 'principal')} and ${counted(compared.repositories, 'repository', 'repositories')} compared, both by the rules of today.`,
    `${counted(told.size, 'difference')} of the configuration changed the access of ${counted(principals.size, 'principal')}.`,
    ...[...groups.values()].flatMap((drifts) => ['', ...groupLines(drifts, linesOf)]),
    ...(concerning.length === 0
      ? []
      : [
          '',
          "Changed, without changing anybody's access:",
          ...atMost(
            concerning.flatMap((difference) => linesOf(differences.indexOf(difference))),
            linesMax,
          ),
        ]),
    ...(others === 0 ? [] : ['', `${counted(others, 'other difference')} in what is not about ECR.`]),
    ...unknownLines(notKnown),
    '',
  ].join('\n');
}

function groupLines(drifts: readonly PlainDrift[], linesOf: (index: number) => readonly string[]): string[] {
  const [first] = drifts;
  const made = first?.differences ?? [];
  const rows = drifts.map((drift) => [
    `${drift.kind}${drift.lifecycle === null ? '' : ` (${lifecycleWords[drift.lifecycle]})`}`,
    whatOf(drift),
    whereOf(drift),
    few(drift.principals.map(({ arn }) => arn)),
    conditionOf(drift),
  ]);
  return [
    ...(made.length === 0 ? ['No difference that was read explains this:'] : []),
    ...(first?.together === true ? ['Only together:'] : []),
    ...made.flatMap((index) => linesOf(index)),
    ...atMost(textTable(['CHANGE', 'WHAT', 'WHERE', 'WHO', 'CONDITION'], rows), rowsMax + 1),
  ];
}

const lifecycleWords: Readonly<Record<NonNullable<PlainDrift['lifecycle']>, string>> = {
  principalCreated: 'new principal',
  principalDeleted: 'principal deleted',
  principalRecreated: 'principal made again',
  repositoryCreated: 'new repository',
  repositoryDeleted: 'repository deleted',
  repositoryRecreated: 'repository made again',
};

/** The lines of a difference; its cause is told where it comes first, since one call may change the access of many in many ways. */
function differenceLines(differences: readonly CausedDifference[]): (index: number) => readonly string[] {
  const told = new Set<number>();
  return (index) => {
    const difference = differences[index];
    if (difference === undefined) {
      return [];
    }
    const cause = difference.cause === null || told.has(index) ? [] : describeCause(difference.cause);
    const again = told.has(index) ? ' (told above)' : '';
    told.add(index);
    return [`* ${describeDifference(difference)}${again}`, ...cause.map((line) => `    ${line}`)];
  };
}

type Told = PlainDrift | PlainUnknown;

function whatOf({ capabilities, actions }: Told): string {
  const names = actions.map((action) => action.slice('ecr:'.length));
  const rest = names.length > namesMax ? counted(names.length, 'action') : names.join(', ');
  return [capabilities.join(', '), rest].filter((part) => part !== '').join('; ');
}

function whereOf({ repositories, registries }: Told): string {
  return repositories.length > 0
    ? few(repositories.map((arn) => arn.split(':').slice(3).join(':').replace(':repository/', ' ')))
    : few(registries.map(({ accountId, region }) => `registry ${accountId} ${region}`));
}

/** What it is bound to now, or was: a denial needs no condition. */
function conditionOf({ before, after }: Told): string {
  const [earlier, later] = [before.condition, after.condition];
  return earlier === null || later === null ? (later ?? earlier ?? '') : `was ${earlier}; now ${later}`;
}

function few(names: readonly string[]): string {
  const [first = ''] = names;
  return names.length <= 1 ? first : `${first} and ${names.length - 1} more`;
}

function unknownLines({ configuration, access }: DriftReport['notKnown']): string[] {
  const byUnread = Map.groupBy(access, ({ unread }) => withoutParts(unread).join(', '));
  const cells = [...byUnread].map(([unread, drifts]) => {
    const principals = new Set(drifts.flatMap((drift) => drift.principals.map(({ id }) => id)));
    const places = new Set(drifts.flatMap(({ repositories }) => repositories));
    return `* the access of ${counted(principals.size, 'principal')} to ${counted(places.size, 'repository', 'repositories')}, which rests on ${unread}`;
  });
  return configuration.length + cells.length === 0
    ? []
    : [
        '',
        'Not known, because a snapshot lacks it; nothing of it is told as drift:',
        ...atMost([...configuration.map((place) => `* ${describeUnknown(place)}`), ...cells], linesMax),
      ];
}

/** Allows and Denies of one policy are one thing that was not read. */
function withoutParts(unread: readonly string[]): string[] {
  return [...new Set(unread.map((place) => place.replace(/ \((?:Allow|Deny) statements\)$/, '')))];
}
