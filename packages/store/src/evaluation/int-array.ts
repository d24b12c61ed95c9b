/** Ids as Postgres reads an array: `unnest(${intArray(ids)}::text::integer[])`; to be joined, like `hashArray`. */
export function intArray(ids: Iterable<number | null>): string {
  return `{${[...ids].map((id) => id ?? 'null').join(',')}}`;
}
