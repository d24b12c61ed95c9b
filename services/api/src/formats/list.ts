import { z } from '@hono/zod-openapi';
import { asOfSchema, nextCursorSchema } from '../schemas/as-of.ts';
import { listQuery, type ListQuerySchema } from '../schemas/list-query.ts';
import { type ListResponses, listResponses } from '../schemas/responses.ts';
import { type Column, columnsOf, fieldNames } from './columns.ts';

/** What an answer says beside its entries. */
type Head = Readonly<Record<string, z.ZodType>>;

/** A list that can be had page by page in JSON, and whole as CSV or NDJSON. */
export interface List<Item extends z.ZodObject, More extends Head> {
  /** For its cursors, and for the file that it becomes. */
  readonly name: string;
  readonly item: Item;
  readonly answer: z.ZodObject<{ items: z.ZodArray<Item>; nextCursor: typeof nextCursorSchema } & More>;
  readonly columns: readonly Column[];
  /** The parameters of every list. */
  readonly query: ListQuerySchema;
  /** The answers of its route. */
  readonly responses: (description: string) => ListResponses;
}

/** A list of such entries; `head` is what its answers say besides, `cells` how columns are written into CSV that need not be JSON. */
export function listOf<Item extends z.ZodObject, More extends Head>(
  name: string,
  item: Item,
  head: More,
  cells: Readonly<Record<string, (value: unknown) => string>> = {},
): List<Item, More> {
  const columns = columnsOf(item).map((column): Column => {
    const cell = cells[column.name];
    return cell === undefined ? column : { ...column, cell };
  });
  const answer = z.object({ ...head, items: z.array(item), nextCursor: nextCursorSchema });
  return {
    name,
    item,
    answer,
    columns,
    query: listQuery(fieldNames(columns)),
    responses: (description) => listResponses(description, answer),
  };
}

/** The head of lists that belong to a completed scan. */
export const asOfHead = { asOf: asOfSchema };

/** That of lists which are counted at little cost. */
export const countedHead = {
  ...asOfHead,
  total: z.int().openapi({ description: 'How many entries there are on all pages together.' }),
};
