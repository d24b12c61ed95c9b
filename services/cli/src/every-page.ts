// A page of cells with their reasons is about a megabyte.
const pageRowsMax = 1_000;

/** All rows of a question that is answered in pages; `read` is given the last row of the page before. */
export async function* everyPage<Row>(
  read: (last: Row | null, limit: number) => Promise<readonly Row[]>,
): AsyncGenerator<Row> {
  let last: Row | null = null;
  for (;;) {
    const page: readonly Row[] = await read(last, pageRowsMax);
    yield* page;
    const end: Row | undefined = page.at(-1);
    if (end === undefined || page.length < pageRowsMax) {
      return;
    }
    last = end;
  }
}
