import type { z } from '@hono/zod-openapi';
import type { AsOf } from '@ecr-audit/store';
import type { Context } from 'hono';
import type { ApiEnvironment } from '../api-environment.ts';
import { type DeepReadonly, jsonResponse } from '../http/respond.ts';
import { writeCursor } from '../paging/cursor.ts';
import { type Page, readPage } from '../paging/page.ts';
import { limitDefault, type ListQuery } from '../schemas/list-query.ts';
import { asOfHeaders } from './as-of-headers.ts';
import { selectColumns, selectFields } from './columns.ts';
import { etagOf, isMatch } from './etag.ts';
import { type Format, mediaTypes, wantedFormat } from './format.ts';
import type { List } from './list.ts';
import { linkTo } from './next-link.ts';
import { type RowWriter, rowWriter } from './row-writer.ts';
import { streamText } from './stream-text.ts';

type Entry<Item extends z.ZodType> = DeepReadonly<z.output<Item>>;

/** Where the entries of a list come from. */
export interface ListSource<Item extends z.ZodObject, Head, Row, After> {
  readonly query: ListQuery;
  /** The scan that it describes; null for what belongs to none. */
  readonly asOf: AsOf | null;
  /** Whether it follows from the latest scan and the question alone, so that whoever has it need not read it again. */
  readonly isKept: boolean;
  /** What is said beside the entries. */
  readonly head: () => DeepReadonly<Head> | Promise<DeepReadonly<Head>>;
  /** The last entry of the pages before; null on the first one. */
  readonly after: After | null;
  readonly read: (page: { readonly after: After | null; readonly limit: number }) => Promise<readonly Row[]>;
  /** All of them in batches, where that is cheaper than page after page. */
  readonly all?: () => AsyncIterable<readonly Row[]>;
  readonly afterOf: (row: Row) => After;
  readonly body: (row: Row) => Entry<Item>;
}

// Some hundred kilobytes of entries with their reasons.
const streamedRows = 1_000;

/** Answers with a list as it was asked for: a page in JSON, CSV or NDJSON, or the whole of it, which needs no memory to speak of. */
export async function answerList<
  Item extends z.ZodObject,
  More extends Readonly<Record<string, z.ZodType>>,
  Row,
  After,
>(
  context: Context<ApiEnvironment>,
  list: List<Item, More>,
  source: ListSource<Item, { [Name in keyof More]: z.output<More[Name]> }, Row, After>,
): Promise<Response> {
  const { query, asOf, after, read, afterOf, body } = source;
  const format = wantedFormat(context, query.format);
  const tag = tagOf(context, format, source);
  const headers = { ...asOfHeaders(asOf), ...tag, vary: 'accept, authorization' };
  if (tag.etag !== undefined && isMatch(context.req.header('if-none-match'), tag.etag)) {
    return context.body(null, 304, headers);
  }
  if (format !== 'json' && query.limit === undefined) {
    const rows = source.all?.() ?? everyPage(source);
    const writer = rowWriter(format, list.columns, query.fields);
    return await streamed(context, { name: list.name, format, writer, asOf, headers }, bodies(rows, body));
  }
  const page = await readPage(query.limit ?? limitDefault, (limit) => read({ after, limit }));
  const nextCursor = cursorOf(list.name, asOf, page, afterOf);
  const items = page.items.map(body);
  if (format !== 'json') {
    const { head, line } = rowWriter(format, list.columns, query.fields);
    const text = [head, ...items.map(line)].join('');
    const link = nextCursor === null ? {} : { link: linkTo(context, nextCursor) };
    return context.body(text, 200, { ...headers, ...link, 'content-type': mediaTypes[format] });
  }
  const columns = selectColumns(list.columns, query.fields);
  const shown = query.fields === undefined ? items : items.map((item) => selectFields(item, columns));
  const head: object = await source.head();
  return jsonResponse(context, { ...head, items: shown, nextCursor }, headers);
}

function cursorOf<Row>(
  name: string,
  asOf: AsOf | null,
  { last }: Page<Row>,
  afterOf: (row: Row) => unknown,
): string | null {
  return last === null ? null : writeCursor(name, { scanId: asOf?.scanId ?? null, after: afterOf(last) });
}

/** None for pages after the first one: which scan is the latest by now is not looked up for them. */
function tagOf(
  context: Context<ApiEnvironment>,
  format: Format,
  { asOf, isKept, query }: Pick<ListSource<z.ZodObject, object, unknown, unknown>, 'asOf' | 'isKept' | 'query'>,
): { readonly etag?: string; readonly 'cache-control'?: string } {
  if (asOf === null || !isKept || query.cursor !== undefined) {
    return {};
  }
  const { pathname, searchParams } = new URL(context.req.url);
  searchParams.sort();
  const etag = etagOf([
    pathname,
    searchParams.toString(),
    format,
    asOf.scanId,
    asOf.evaluation,
    context.get('caller')?.accounts ?? null,
  ]);
  // Kept by whoever asked, and asked for again each time.
  return { etag, 'cache-control': 'private, no-cache' };
}

async function* everyPage<Row, After>({
  after,
  read,
  afterOf,
}: Pick<ListSource<z.ZodObject, object, Row, After>, 'after' | 'read' | 'afterOf'>): AsyncGenerator<readonly Row[]> {
  for (let from = after; ;) {
    const rows = await read({ after: from, limit: streamedRows });
    yield rows;
    const last = rows.at(-1);
    if (last === undefined || rows.length < streamedRows) {
      return;
    }
    from = afterOf(last);
  }
}

async function* bodies<Row>(
  batches: AsyncIterable<readonly Row[]>,
  body: (row: Row) => object,
): AsyncGenerator<readonly object[]> {
  for await (const rows of batches) {
    yield rows.map(body);
  }
}

/** A whole list, batch by batch. */
async function streamed(
  context: Context<ApiEnvironment>,
  options: {
    readonly name: string;
    readonly format: Exclude<Format, 'json'>;
    readonly writer: RowWriter;
    readonly asOf: AsOf | null;
    readonly headers: Readonly<Record<string, string>>;
  },
  batches: AsyncIterable<readonly object[]>,
): Promise<Response> {
  const { name, format, writer, asOf, headers } = options;
  const day = asOf === null ? '' : `-${asOf.takenAt.slice(0, 10)}`;
  const { body } = await streamText(linesOf(batches, writer), {
    onFailure: (error) => context.get('logger').warn({ err: error }, 'a list broke off'),
  });
  return context.body(body, 200, {
    ...headers,
    'content-type': mediaTypes[format],
    'content-disposition': `attachment; filename="ecr-audit-${name}${day}.${format}"`,
  });
}

async function* linesOf(batches: AsyncIterable<readonly object[]>, { head, line }: RowWriter): AsyncGenerator<string> {
  yield head;
  for await (const batch of batches) {
    yield batch.map(line).join('');
  }
}
