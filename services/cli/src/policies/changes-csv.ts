import type { EffectChange, ManagedPolicyChange, ManagedPolicyChanges, PolicyEffect } from '@ecr-audit/access';
import { csvText } from './csv-text.ts';

const columns = [
  'policy',
  'owner',
  'kind',
  'accounts',
  'versionBefore',
  'versionAfter',
  'allowsGained',
  'allowsLost',
  'deniesGained',
  'deniesLost',
  'principals',
  'boundaries',
  'principal',
  'principalId',
  'change',
  'capabilities',
  'actions',
  'before',
  'beforeCondition',
  'after',
  'afterCondition',
  'repositories',
  'registries',
];

/**
 * One row for each policy, principal and change of it; a policy that changes nobody's access has one row. Rows of kind `together`
 * are about all policies at once, rows of kind `notKnown` about what was not read.
 */
export function* changesCsv({ changes, together, notKnown }: ManagedPolicyChanges): Generator<string> {
  yield csvText([columns]);
  for (const change of changes) {
    const begin = policyCells(change);
    const effects = effectRows(change.access);
    yield csvText((effects.length === 0 ? [noEffect] : effects).map((row) => [...begin, ...row]));
  }
  const about = (policy: string, kind: string, accounts: string): string[] => {
    const cells = [policy, '', kind, accounts];
    return [...cells, ...Array.from({ length: columns.length - noEffect.length - cells.length }, () => '')];
  };
  for (const row of effectRows(together)) {
    yield csvText([[...about('', 'together', ''), ...row]]);
  }
  for (const { arn, accountId } of notKnown) {
    yield csvText([[...about(arn ?? '', 'notKnown', accountId), ...noEffect]]);
  }
}

function policyCells(change: ManagedPolicyChange): string[] {
  const { arn, owner, kind, accountIds, versions, statements, principals, boundaries } = change;
  const { allows, denies } = statements;
  return [
    arn,
    owner,
    kind,
    accountIds.join(' '),
    versions.before ?? '',
    versions.after ?? '',
    allows.gained.join(' '),
    allows.lost.join(' '),
    denies.gained.join(' '),
    denies.lost.join(' '),
    String(principals),
    String(boundaries),
  ];
}

const noEffect = ['', '', '', '', '', '', '', '', '', '', ''];

function effectRows(effects: readonly PolicyEffect[]): string[][] {
  return effects.flatMap(({ principals, changes }) =>
    principals.flatMap(({ arn, id }) =>
      changes.length === 0
        ? [[arn, id, 'none', ...noEffect.slice(3)]]
        : changes.map((change) => [arn, id, ...changeCells(change)]),
    ),
  );
}

function changeCells({ kind, capabilities, actions, before, after, repositories, registries }: EffectChange): string[] {
  return [
    kind,
    capabilities.join(' '),
    actions.join(' '),
    before.decision,
    before.condition ?? '',
    after.decision,
    after.condition ?? '',
    repositories.join(' '),
    registries.map(({ accountId, region }) => `${accountId}/${region}`).join(' '),
  ];
}
