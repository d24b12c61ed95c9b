import { routes } from './generated/routes.ts';
import type {
  Answer,
  Arguments,
  EventOperation,
  Item,
  JsonOperation,
  ListOperation,
  OperationId,
  StreamedOperation,
} from './operation-types.ts';
import { problemOf, UnexpectedAnswer } from './problem.ts';
import { readEvents, type ServerEvent } from './read-events.ts';
import { readLines } from './read-lines.ts';

/** How a client reaches the service. */
export interface ClientOptions {
  /** Where the API is: `https://audit.example.org`, with a path in front of `/v1` where a proxy has one. */
  readonly baseUrl: string;
  /** A token, or what gives one for each request. It is sent to `baseUrl` and nowhere else. */
  readonly token?: string | (() => string | Promise<string>);
  /** In place of the one that is there. */
  readonly fetch?: typeof fetch;
  /** After how long a request is given up whose answer has not begun: 30 seconds where nothing is said. */
  readonly timeoutMs?: number;
}

/** The API as functions. All of them throw `ApiProblem` for what the service refuses. */
export interface Client {
  /** Asks for one answer: `client.call('getScan', { path: { id } })`. */
  call<Id extends JsonOperation>(id: Id, ...input: Arguments<Id>): Promise<Answer<Id>>;
  /** The answers of a list page by page. They all describe the scan of the first one. */
  pages<Id extends ListOperation>(id: Id, ...input: Arguments<Id>): AsyncGenerator<Answer<Id>, void, undefined>;
  /** The entries of a list, page after page. */
  items<Id extends ListOperation>(id: Id, ...input: Arguments<Id>): AsyncGenerator<Item<Id>, void, undefined>;
  /** The entries of a list in one answer that is read while it is written: for very many. It throws where it breaks off. */
  stream<Id extends StreamedOperation>(id: Id, ...input: Arguments<Id>): AsyncGenerator<Item<Id>, void, undefined>;
  /** Server-sent events until the service ends them. */
  events<Id extends EventOperation>(id: Id, ...input: Arguments<Id>): AsyncGenerator<ServerEvent, void, undefined>;
}

const timeoutMsDefault = 30_000;

/**
 * A client of the API. Needs `fetch` and streams, as Node.js 20.3 and browsers have them, and nothing else.
 *
 * Own code over `fetch`: with openapi-fetch, paging, problems as errors and streams would all have to be written around it, and
 * what is left is the 40 lines below.
 */
export function createClient(options: ClientOptions): Client {
  const ask = async (id: OperationId, input: Given, accept: string): Promise<Response> =>
    await request(options, { id, input, accept });

  async function call<Id extends JsonOperation>(id: Id, ...[input]: Arguments<Id>): Promise<Answer<Id>> {
    const response = await ask(id, input ?? {}, 'application/json');
    return JSON.parse(await response.text());
  }
  async function* walk<Each>(
    id: ListOperation,
    first: Given,
    chosen: 'page' | 'items',
  ): AsyncGenerator<Each, void, undefined> {
    for (let cursor: string | null | undefined; cursor !== null;) {
      const query: Given['query'] = cursor === undefined ? first.query : { ...first.query, cursor };
      const response = await ask(id, { ...first, ...(query === undefined ? {} : { query }) }, 'application/json');
      // As the document describes it: its own tests hold the service to that, and checking it twice would need the document here.
      const page = JSON.parse(await response.text());
      if (page.nextCursor === cursor) {
        throw new UnexpectedAnswer(response.status, 'a page leads to itself');
      }
      if (chosen === 'page') {
        yield page;
      } else {
        yield* page.items;
      }
      cursor = page.nextCursor;
    }
  }
  const pages: Client['pages'] = (id, ...[input]) => walk(id, input ?? {}, 'page');
  const items: Client['items'] = (id, ...[input]) => walk(id, input ?? {}, 'items');
  async function* stream<Id extends StreamedOperation>(
    id: Id,
    ...[input]: Arguments<Id>
  ): AsyncGenerator<Item<Id>, void, undefined> {
    for await (const line of readLines(await bodyOf(ask(id, input ?? {}, 'application/x-ndjson')))) {
      if (line !== '') {
        yield JSON.parse(line);
      }
    }
  }
  async function* events<Id extends EventOperation>(
    id: Id,
    ...[input]: Arguments<Id>
  ): AsyncGenerator<ServerEvent, void, undefined> {
    yield* readEvents(await bodyOf(ask(id, input ?? {}, 'text/event-stream')));
  }
  return { call, pages, items, stream, events };
}

/** What any operation may be given. */
interface Given {
  readonly path?: Readonly<Record<string, string | number>>;
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>;
  readonly body?: unknown;
  readonly signal?: AbortSignal;
}

async function request(
  { baseUrl, token, fetch: send = fetch, timeoutMs = timeoutMsDefault }: ClientOptions,
  { id, input, accept }: { readonly id: OperationId; readonly input: Given; readonly accept: string },
): Promise<Response> {
  const [method, path] = routes[id];
  const { body, signal } = input;
  const given = typeof token === 'function' ? await token() : token;
  // Until the answer begins: a long list may take as long as its reader does.
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(new Error(`no answer within ${timeoutMs} ms`)), timeoutMs);
  try {
    const response = await send(`${baseUrl.replace(/\/+$/, '')}${filled(path, input)}`, {
      method,
      headers: {
        accept: `${accept}, application/problem+json`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(given === undefined ? {} : { authorization: `Bearer ${given}` }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      // The service sends nobody elsewhere: what does is not the service, and must not get the token.
      redirect: 'error',
      signal: signal === undefined ? late.signal : AbortSignal.any([signal, late.signal]),
    });
    if (!response.ok) {
      throw await problemOf(response);
    }
    if (response.headers.get('content-type')?.startsWith(accept) !== true) {
      await response.body?.cancel();
      throw new UnexpectedAnswer(
        response.status,
        `expected an answer in \`${accept}\`; is the address that of the API?`,
      );
    }
    return response;
  } finally {
    clearTimeout(timer);
  }
}

function filled(path: string, { path: values = {}, query = {} }: Given): string {
  const place = path.replaceAll(/\{(\w+)\}/g, (whole, name: string) => encodeURIComponent(values[name] ?? whole));
  const search = new URLSearchParams(
    Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
  ).toString();
  return search === '' ? place : `${place}?${search}`;
}

async function bodyOf(answer: Promise<Response>): Promise<ReadableStream<Uint8Array>> {
  const { body, status } = await answer;
  if (body === null) {
    throw new UnexpectedAnswer(status, 'the answer has no body');
  }
  return body;
}
