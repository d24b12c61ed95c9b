import {
  type AccessAnswer,
  type AccessProfile,
  type AccessRow,
  add,
  bitSet,
  type EvaluatedRegistry,
  type EvaluatedRepository,
  type PrincipalAccess,
  type PrincipalRef,
} from '@ecr-audit/access';

/**
 * Folds cells as an evaluator would, for the tests: one block for each repository, since the store merges what is equal.
 *
 * Registries that have cells count as answered, and so do those of `registries`.
 */
export function foldCells(
  rows: Iterable<AccessRow>,
  {
    principals,
    repositories,
  }: { readonly principals: readonly PrincipalRef[]; readonly repositories: readonly EvaluatedRepository[] },
): { readonly access: readonly PrincipalAccess[]; readonly registries: readonly EvaluatedRegistry[] } {
  const cells = [...rows];
  const registries = new Map(
    cells
      .filter(({ resource }) => resource === '*')
      .map(({ accountId, region }) => [`${accountId} ${region}`, { accountId, region }]),
  );
  const access = principals.map((principal): PrincipalAccess => {
    const own = cells.filter((row) => row.principal.id === principal.id);
    return {
      principal,
      repositories: repositories.flatMap(({ arn }, index) => {
        const answers = own.filter(({ resource }) => resource === arn);
        const set = bitSet(repositories.length);
        add(set, index);
        return answers.length === 0 ? [] : [{ set, profile: profileOf(answers) }];
      }),
      registries: [...registries.values()].flatMap(({ accountId, region }) => {
        const answers = own.filter(
          (row) => row.resource === '*' && row.accountId === accountId && row.region === region,
        );
        return answers.length === 0 ? [] : [{ accountId, region, profile: profileOf(answers) }];
      }),
    };
  });
  return { access, registries: [...registries.values()] };
}

function profileOf(rows: readonly AccessRow[]): AccessProfile {
  return { answers: new Map(rows.map((row): [string, AccessAnswer] => [row.action, row])) };
}
