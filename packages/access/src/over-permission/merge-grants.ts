import type { OneSidedGrant } from './one-sided-grant.ts';

/** One for each statement and reason, with all its principals over the same repositories. */
export function mergeGrants(grants: readonly OneSidedGrant[]): OneSidedGrant[] {
  const byPrincipal = together(grants, ({ principals }) => principals);
  return together(byPrincipal, ({ repositories }) => repositories).toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

/** Those that differ in nothing but one of the lists are one. */
function together(
  grants: readonly OneSidedGrant[],
  alike: (grant: OneSidedGrant) => readonly string[],
): OneSidedGrant[] {
  return [...Map.groupBy(grants, (grant) => JSON.stringify([keyOf(grant), alike(grant)])).values()].flatMap((group) => {
    const [first] = group;
    return first === undefined
      ? []
      : [
          {
            ...first,
            principals: [...new Set(group.flatMap(({ principals }) => principals))].toSorted(),
            repositories: [...new Set(group.flatMap(({ repositories }) => repositories))].toSorted(),
          },
        ];
  });
}

function keyOf({ side, policy, statement, missing }: OneSidedGrant): string {
  return JSON.stringify([side, policy, statement, missing]);
}
