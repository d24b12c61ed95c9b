/** A page of a list. `last` is its last entry where more follow, else null. */
export interface Page<Entry> {
  readonly items: readonly Entry[];
  readonly last: Entry | null;
}

/** Reads one entry more than asked for, because that is how one knows whether another page follows. */
export async function readPage<Entry>(
  limit: number,
  read: (limit: number) => Promise<readonly Entry[]>,
): Promise<Page<Entry>> {
  const rows = await read(limit + 1);
  const items = rows.slice(0, limit);
  return { items, last: rows.length > limit ? (items.at(-1) ?? null) : null };
}
