import { type AccessRow, CAPABILITIES, ECR_ACTIONS } from '@ecr-audit/access';
import {
  type AccessCell,
  accessOfPrincipal,
  type AsOf,
  listPrincipals,
  listRepositories,
  type Principal,
  type Repository,
  type Store,
} from '@ecr-audit/store';
import { everyPage } from '../every-page.ts';
import type { TableWidths } from './table-lines.ts';

/** What the database holds as of a scan, in the order in which an evaluation gives it. */
export async function* storedRows(store: Store, asOf: AsOf): AsyncGenerator<AccessRow> {
  for await (const principal of principalsOf(store, asOf)) {
    const cells: AccessCell[] = [];
    for await (const cell of cellsOf(store, asOf, principal.id)) {
      cells.push(cell);
    }
    yield* cells.map(rowOf).toSorted(inOrder);
  }
}

/** How wide the columns of a table must be. */
export async function storedWidths(store: Store, asOf: AsOf): Promise<TableWidths> {
  let principal = 0;
  let resource = 0;
  for await (const { arn } of principalsOf(store, asOf)) {
    principal = Math.max(principal, arn.length);
  }
  for await (const { arn } of repositoriesOf(store, asOf)) {
    resource = Math.max(resource, arn.length);
  }
  return { principal, resource };
}

/** All repositories as of a scan, by ARN. */
export function repositoriesOf(store: Store, asOf: AsOf): AsyncGenerator<Repository> {
  return everyPage(
    async (last: Repository | null, limit) =>
      await listRepositories(store.sql, asOf, { limit, ...(last === null ? {} : { afterArn: last.arn }) }),
  );
}

/** All principals as of a scan, by unique id. */
export function principalsOf(store: Store, asOf: AsOf): AsyncGenerator<Principal> {
  return everyPage(
    async (last: Principal | null, limit) =>
      await listPrincipals(store.sql, asOf, { limit, ...(last === null ? {} : { afterId: last.id }) }),
  );
}

function cellsOf(store: Store, asOf: AsOf, principalId: string): AsyncGenerator<AccessCell> {
  return everyPage(async (last: AccessCell | null, limit) => {
    const after =
      last === null
        ? {}
        : {
            after: {
              accountId: last.accountId,
              region: last.region,
              repositoryArn: last.repository?.arn ?? '',
              action: last.action,
            },
          };
    return await accessOfPrincipal(store.sql, asOf, { principalId, filter: { limit, ...after } });
  });
}

/** A cell of the database as the row that it was written from. */
function rowOf(cell: AccessCell): AccessRow {
  const { principal, accountId, region, action, decision, residual, reasons, limits } = cell;
  const resource = cell.repository?.arn ?? '*';
  return { principal, accountId, region, resource, action, decision, residual, reasons, limits };
}

const actionOrder = new Map(
  [...ECR_ACTIONS, ...CAPABILITIES].map(({ name }, index): [string, number] => [name, index]),
);

/** Registries by region, then repositories by ARN; in each the actions in their order, then the capabilities. */
function inOrder(a: AccessRow, b: AccessRow): number {
  const [first, second] = [placeOf(a), placeOf(b)];
  if (first !== second) {
    return first < second ? -1 : 1;
  }
  return (actionOrder.get(a.action) ?? -1) - (actionOrder.get(b.action) ?? -1);
}

function placeOf({ resource, region }: AccessRow): string {
  // `*` comes before every letter of an ARN.
  return resource === '*' ? `* ${region}` : resource;
}
