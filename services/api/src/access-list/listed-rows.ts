import {
  type AccessPlaces,
  type AsOf,
  heldAccess,
  type HeldAccess,
  type HeldAccessFilter,
  type Store,
} from '@ecr-audit/store';
import { type AccessPosition, type ListedAccess, unfold } from './unfold.ts';

/** What access is listed, and from where on. */
export interface AccessQuestion {
  readonly asOf: AsOf;
  readonly places: AccessPlaces;
  readonly filter: HeldAccessFilter;
  readonly after: AccessPosition | null;
  /** What the store cannot tell of a cell is added; null leaves it out. */
  readonly refine: ((cell: ListedAccess) => ListedAccess | null) | null;
}

/** The first cells that are asked for. */
export async function firstRows(store: Store, question: AccessQuestion, limit: number): Promise<ListedAccess[]> {
  const rows: ListedAccess[] = [];
  for await (const batch of everyRow(store, question)) {
    rows.push(...batch.slice(0, limit - rows.length));
    if (rows.length >= limit) {
      break;
    }
  }
  return rows;
}

// Some hundred kilobytes in CSV, so that it is written before the next is made.
const batchRows = 500;

/** All cells that are asked for, by principal, in batches. */
export async function* everyRow(store: Store, question: AccessQuestion): AsyncGenerator<readonly ListedAccess[]> {
  for await (const held of heldFrom(store, question)) {
    let rows: ListedAccess[] = [];
    for (const one of held) {
      for (const cell of unfold(one, question.places, question.after)) {
        const refined = question.refine === null ? cell : question.refine(cell);
        if (refined !== null) {
          rows.push(refined);
        }
        if (rows.length >= batchRows) {
          yield rows;
          rows = [];
        }
      }
    }
    yield rows;
  }
}

function heldFrom(
  { sql }: Store,
  { asOf, places, filter, after }: AccessQuestion,
): AsyncGenerator<readonly HeldAccess[]> {
  const from = after === null ? {} : { fromPrincipalId: after.principalId };
  return heldAccess(sql, asOf, { places, filter: { ...filter, ...from } });
}
