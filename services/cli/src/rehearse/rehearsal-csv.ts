import type { PlainRehearsal } from '@ecr-audit/access';
import { csvText } from '../policies/csv-text.ts';

const columns = [
  'principal',
  'principalId',
  'principalKind',
  'kind',
  'certain',
  'capabilities',
  'actions',
  'before',
  'beforeCondition',
  'after',
  'afterCondition',
  'repositories',
  'registries',
  'usedAt',
];

/** One row for each principal and each change of it; `usedAt` is the latest use that it bears on, empty where none is known. */
export function* rehearsalCsv(rehearsal: PlainRehearsal): Generator<string> {
  yield csvText([columns]);
  const sets = rehearsal.repositorySets.map((set) => set.flatMap((place) => rehearsal.repositories[place] ?? []));
  const stakes = rehearsal.use.kind === 'known' ? rehearsal.use.atStake : [];
  const byPrincipal = Map.groupBy(stakes, ({ principal }) => principal.id);
  for (const { principals, changes } of rehearsal.groups) {
    for (const principal of principals) {
      const rows = changes.map((change) => {
        const arns = change.repositories === null ? [] : (sets[change.repositories] ?? []);
        const used = (byPrincipal.get(principal.id) ?? []).filter(
          ({ kind, loses, repository, accountId, region }) =>
            kind === change.kind &&
            loses.some((name) => change.actions.includes(name) || change.capabilities.some((each) => each === name)) &&
            (repository === null
              ? change.registries.some((each) => each.accountId === accountId && each.region === region)
              : arns.includes(repository)),
        );
        return [
          principal.arn,
          principal.id,
          principal.kind,
          change.kind,
          String(change.isCertain),
          change.capabilities.join(' '),
          change.actions.join(' '),
          change.before.decision,
          change.before.condition ?? '',
          change.after.decision,
          change.after.condition ?? '',
          arns.join(' '),
          change.registries.map(({ accountId, region }) => `${accountId}/${region}`).join(' '),
          used
            .map(({ lastUsedAt }) => lastUsedAt)
            .toSorted()
            .at(-1) ?? '',
        ];
      });
      yield csvText(rows);
    }
  }
}
