/** An entry of a list that is held in memory, with its place. */
export interface Placed<Item> {
  readonly item: Item;
  readonly index: number;
}

/** The entries after a place. */
export function placedAfter<Item>(
  items: readonly Item[],
  { after, limit }: { readonly after: number | null; readonly limit: number },
): Promise<readonly Placed<Item>[]> {
  const from = after === null ? 0 : after + 1;
  return Promise.resolve(items.slice(from, from + limit).map((item, offset) => ({ item, index: from + offset })));
}
