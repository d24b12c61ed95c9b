import type { PrincipalRef } from '@ecr-audit/access';
import type { AccessCell, Repository } from '@ecr-audit/store';

/** Repositories that a principal may change in one way. */
export interface Holding {
  readonly allowed: readonly string[];
  readonly conditional: readonly string[];
  readonly unknown: readonly string[];
}

/** What one principal may change in the repositories of one account. */
export interface Powers {
  readonly principal: PrincipalRef;
  readonly accountId: string;
  /** How many repositories that account has. */
  readonly repositories: number;
  readonly push: Holding;
  readonly administer: Holding;
  readonly delete: Holding;
}

const capabilities = ['push', 'administer', 'delete'] as const;

/** Who may push, administer and delete, those who may most first. Names of repositories, by region and name. */
export function powersOf(cells: readonly AccessCell[], repositories: readonly Repository[]): Powers[] {
  const groups = Map.groupBy(
    cells.filter(({ action }) => capabilities.some((capability) => capability === action)),
    ({ principal, accountId }) => `${accountId} ${principal.id}`,
  );
  return [...groups.values()]
    .flatMap((group): Powers[] => {
      const [first] = group;
      if (first === undefined) {
        return [];
      }
      return [
        {
          principal: first.principal,
          accountId: first.accountId,
          repositories: repositories.filter(({ accountId }) => accountId === first.accountId).length,
          push: holdingOf(group, 'push'),
          administer: holdingOf(group, 'administer'),
          delete: holdingOf(group, 'delete'),
        },
      ];
    })
    .toSorted(
      (a, b) =>
        weightOf(b) - weightOf(a) || compare(a.principal.arn, b.principal.arn) || compare(a.accountId, b.accountId),
    );
}

function holdingOf(cells: readonly AccessCell[], capability: (typeof capabilities)[number]): Holding {
  const names = (decision: AccessCell['decision']): string[] =>
    cells
      .filter((cell) => cell.action === capability && cell.decision === decision)
      .map((cell) => `${cell.region}/${cell.repository?.name ?? ''}`)
      .toSorted();
  return { allowed: names('allowed'), conditional: names('conditional'), unknown: names('unknown') };
}

function weightOf({ push, administer, delete: removal }: Powers): number {
  return [push, administer, removal].reduce(
    (sum, { allowed, conditional, unknown }) => sum + allowed.length * 3 + conditional.length * 2 + unknown.length,
    0,
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
