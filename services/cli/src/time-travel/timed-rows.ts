import {
  type AccessCell,
  type AccessFilter,
  accessOfPrincipal,
  accessToRepository,
  accessValidity,
  type AsOf,
  type Store,
  type Validity,
} from '@ecr-audit/store';
import { everyPage } from '../every-page.ts';

/** What somebody may do somewhere, and from when until when. */
export interface TimedRow {
  readonly cell: AccessCell;
  readonly validity: Validity;
}

type Wanted = Omit<AccessFilter, 'limit'>;

/** Who may do something to a repository as of a scan, by unique id. */
export async function* whoCan(
  store: Store,
  asOf: AsOf,
  { repositoryId, wanted }: { readonly repositoryId: number; readonly wanted: Wanted },
): AsyncGenerator<TimedRow> {
  yield* everyPage(async (last: TimedRow | null, limit) => {
    const after = last === null ? {} : { after: { principalId: last.cell.principal.id, action: last.cell.action } };
    return await timed(
      store,
      asOf,
      await accessToRepository(store.sql, asOf, { repositoryId, filter: { ...wanted, limit, ...after } }),
    );
  });
}

/** What a principal may do as of a scan, by registry and repository. */
export async function* whatCan(
  store: Store,
  asOf: AsOf,
  { principalId, wanted }: { readonly principalId: string; readonly wanted: Wanted },
): AsyncGenerator<TimedRow> {
  yield* everyPage(async (last: TimedRow | null, limit) => {
    const after = last === null ? {} : { after: placeOf(last.cell) };
    return await timed(
      store,
      asOf,
      await accessOfPrincipal(store.sql, asOf, { principalId, filter: { ...wanted, limit, ...after } }),
    );
  });
}

function placeOf({ accountId, region, repository, action }: AccessCell): {
  accountId: string;
  region: string;
  repositoryArn: string;
  action: string;
} {
  return { accountId, region, repositoryArn: repository?.arn ?? '', action };
}

async function timed(store: Store, asOf: AsOf, cells: readonly AccessCell[]): Promise<TimedRow[]> {
  const validities = await accessValidity(store.sql, asOf, cells);
  return cells.flatMap((cell, index) => validities.slice(index, index + 1).map((validity) => ({ cell, validity })));
}
