import type { PlainChange, PlainRehearsal } from '@ecr-audit/access';
import { counted } from '../report/counted.ts';
import { atMost, textTable } from '../report/text-table.ts';

const namesMax = 3;
// Further down nobody reads; the other formats have everything.
const rowsMax = 200;

/** A rehearsal for a person. */
export function rehearsalText(rehearsal: PlainRehearsal, days: number): string {
  const { changes, compared, groups, gaps } = rehearsal;
  const rows = groups.flatMap(({ principals, changes: list }) =>
    list.map((change) => [
      `${change.kind}${change.isCertain ? '' : ' (not certain)'}`,
      whatOf(change),
      whereOf(change, rehearsal),
      few(principals.map(({ arn }) => arn)),
      conditionOf(change),
    ]),
  );
  return [
    `Rehearsed ${counted(changes.length, 'change')}:`,
    ...changes.map((change) => `  ${words(change)}`),
    compared.principals === 0
      ? 'Nobody is touched.'
      : `${counted(compared.principals, 'principal')} and ${counted(compared.repositories, 'repository', 'repositories')} compared; the rest cannot differ.`,
    ...(gaps === 0
      ? []
      : [`${counted(gaps, 'gap')} in the snapshot: what could not be read may hold more that changes.`]),
    '',
    ...(rows.length === 0
      ? ['Nobody gains and nobody loses anything.']
      : atMost(textTable(['CHANGE', 'WHAT', 'WHERE', 'WHO', 'CONDITION'], rows), rowsMax)),
    '',
    ...useLines(rehearsal, days),
    '',
  ].join('\n');
}

/** Capabilities say more than the actions in them. */
function whatOf({ capabilities, actions }: Pick<PlainChange, 'capabilities' | 'actions'>): string {
  const rest = actions.map((action) => action.slice('ecr:'.length));
  const listed = rest.length <= namesMax ? rest.join(', ') : counted(rest.length, 'action');
  return [capabilities.join(', '), listed].filter((text) => text !== '').join('; ');
}

function conditionOf({ kind, before, after }: PlainChange): string {
  switch (kind) {
    case 'gained':
      return after.condition ?? '';
    case 'lost':
      return after.decision === 'unknown' ? (after.condition ?? '') : (before.condition ?? '');
    case 'widened':
      return `no longer ${before.condition ?? ''}${after.condition === null ? '' : `; now ${after.condition}`}`;
    case 'narrowed':
      return `now ${after.condition ?? ''}`;
    case 'altered':
      return `was ${before.condition ?? before.decision}; now ${after.condition ?? after.decision}`;
    default:
      return kind satisfies never;
  }
}

function whereOf({ repositories, registries }: PlainChange, rehearsal: PlainRehearsal): string {
  if (repositories === null) {
    return few(registries.map(({ accountId, region }) => `registry ${accountId} ${region}`));
  }
  const arns = (rehearsal.repositorySets[repositories] ?? []).flatMap((place) => rehearsal.repositories[place] ?? []);
  return few(arns.map((arn) => arn.split(':').slice(3).join(':').replace(':repository/', ' ')));
}

function few(names: readonly string[]): string {
  const [first = ''] = names;
  return names.length <= 1 ? first : `${first} and ${names.length - 1} more`;
}

function words(change: PlainRehearsal['changes'][number]): string {
  const { change: word, ...rest } = change;
  return [word, ...Object.entries(rest).map(([key, value]) => `${key} ${value}`)].join(', ');
}

function useLines({ use, groups }: PlainRehearsal, days: number): string[] {
  const isRisky = groups.some(({ changes }) => changes.some(({ kind }) => kind !== 'gained' && kind !== 'widened'));
  if (!isRisky) {
    return [];
  }
  if (use.kind === 'notKnown') {
    return ['Use: not known. There are no events beside the snapshot, so anybody may have used what they would lose.'];
  }
  const rows = use.atStake.map(
    ({ principal, repository, accountId, region, action, lastUsedAt, kind, isCertain, loses }) => [
      `${kind}${isCertain ? '' : ' (not certain)'}`,
      action,
      repository ?? `registry ${accountId} ${region}`,
      principal.arn,
      lastUsedAt,
      loses.filter((name) => name !== action).join(', '),
    ],
  );
  return [
    rows.length === 0
      ? `No use of what would be lost was seen in the ${days} days before the snapshot.`
      : `Used in the ${days} days before the snapshot:`,
    ...(rows.length === 0
      ? []
      : atMost(textTable(['CHANGE', 'ACTION', 'WHERE', 'WHO', 'LAST USED', 'SHOWS'], rows), rowsMax)),
    ...(use.unobserved.length === 0
      ? []
      : [
          `Not wholly observed, so there may be more use in: ${use.unobserved.map(({ accountId, region }) => `${accountId} ${region}`).join(', ')}`,
        ]),
  ];
}
