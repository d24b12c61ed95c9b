import * as fc from 'fast-check';
import { pathExamples, type PlacedOperation } from '../api-contract/harness/contract-document.ts';
import { hostileCursor, hostileJson, hostileText } from './hostile-values.ts';
import { mutateBody } from './mutate-body.ts';
import { percentEncode } from './percent-encode.ts';

/** A request as it goes over the wire. */
export interface FuzzedRequest {
  readonly operation: PlacedOperation;
  readonly method: string;
  /** Path and query, in visible ASCII. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  /** In what way it is hostile. */
  readonly kinds: readonly Kind[];
}

type Kind = 'path' | 'query' | 'twice' | 'unknown' | 'escape' | 'cursor' | 'body' | 'type' | 'header' | 'method';

interface Draft {
  readonly method: string;
  readonly path: Readonly<Record<string, string>>;
  readonly query: readonly string[];
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
}

type Change = (draft: Draft) => Draft;

/** A request of an operation: that of its example with one thing wrong, or with several. */
export function arbitraryRequest(placed: PlacedOperation): fc.Arbitrary<FuzzedRequest> {
  const change = fc.oneof(...changesOf(placed));
  return fc.array(change, { minLength: 1, maxLength: 3 }).map((changes) => {
    let draft = exampleOf(placed);
    for (const [, apply] of changes) {
      draft = apply(draft);
    }
    const at = placed.path.replaceAll(/\{(\w+)\}/g, (_whole, name: string) => draft.path[name] ?? '');
    return {
      operation: placed,
      method: draft.method,
      target: draft.query.length === 0 ? at : `${at}?${draft.query.join('&')}`,
      headers: draft.headers,
      body: draft.body,
      kinds: changes.map(([kind]) => kind),
    };
  });
}

function exampleOf({ method, operation }: PlacedOperation): Draft {
  const [[type, media] = []] = Object.entries(operation.requestBody?.content ?? {});
  return {
    method: method.toUpperCase(),
    path: Object.fromEntries(
      Object.entries(pathExamples(operation)).map(([name, value]) => [name, percentEncode(String(value))]),
    ),
    query: [],
    headers: type === undefined ? {} : { 'content-type': type },
    body: media === undefined ? null : JSON.stringify(media.example),
  };
}

function changesOf({ operation }: PlacedOperation): fc.Arbitrary<readonly [Kind, Change]>[] {
  const queries = operation.parameters.filter((parameter) => parameter.in === 'query');
  const paths = operation.parameters.filter((parameter) => parameter.in === 'path');
  const names = queries.map(({ name }) => name);
  const example = (name: string): string =>
    percentEncode(exampleText(queries.find((each) => each.name === name)?.example));
  const changes: fc.Arbitrary<readonly [Kind, Change]>[] = [
    fc
      .tuple(hostileText, hostileText)
      .map(([name, value]) => ['unknown', asked([`${percentEncode(name)}=${percentEncode(value)}`])]),
    brokenEscape.map((text) => ['escape', asked([text])]),
    hostileHeader.map(([name, value]) => [
      'header',
      (draft) => ({ ...draft, headers: { ...draft.headers, [name]: value } }),
    ]),
    fc
      .constantFrom('PUT', 'PATCH', 'DELETE', 'OPTIONS', 'GET', 'POST', 'HEAD')
      .map((method) => ['method', (draft) => ({ ...draft, method })]),
  ];
  if (names.length > 0) {
    const name = fc.constantFrom(...names);
    changes.push(
      fc.tuple(name, hostileText).map(([key, value]) => ['query', asked([`${key}=${percentEncode(value)}`])]),
      // What is right by itself may be wrong together.
      fc
        .tuple(name, name)
        .map(([one, other]) => ['query', asked([`${one}=${example(one)}`, `${other}=${example(other)}`])]),
      name.map((key) => ['twice', asked([`${key}=${example(key)}`, `${key}=${example(key)}`])]),
      fc.tuple(name, brokenEscape).map(([key, value]) => ['escape', asked([`${key}=${value}`])]),
    );
  }
  if (names.includes('cursor')) {
    changes.push(hostileCursor.map((cursor) => ['cursor', asked([`cursor=${percentEncode(cursor)}`])]));
  }
  if (paths.length > 0) {
    const name = fc.constantFrom(...paths.map((parameter) => parameter.name));
    const value = fc.oneof(hostileText.map(percentEncode), brokenEscape);
    changes.push(
      fc
        .tuple(name, value)
        .map(([key, text]) => ['path', (draft) => ({ ...draft, path: { ...draft.path, [key]: text } })]),
    );
  }
  if (operation.requestBody !== undefined) {
    changes.push(
      ...[1, 2, 3].map(() =>
        mutateBody.map((apply): readonly [Kind, Change] => [
          'body',
          (draft) => ({ ...draft, body: apply(draft.body ?? '') }),
        ]),
      ),
      fc
        .oneof(fc.constantFrom(...contentTypes), hostileHeaderValue)
        .map((type) => ['type', (draft) => ({ ...draft, headers: { ...draft.headers, 'content-type': type } })]),
    );
  } else {
    changes.push(
      hostileJson.map((value) => [
        'body',
        (draft) => ({
          ...draft,
          body: JSON.stringify(value) ?? '',
          headers: { ...draft.headers, 'content-type': 'application/json' },
        }),
      ]),
    );
  }
  return changes;
}

function exampleText(example: unknown): string {
  return typeof example === 'string' || typeof example === 'number' ? String(example) : 'x';
}

function asked(add: readonly string[]): Change {
  return (draft) => ({ ...draft, query: [...draft.query, ...add] });
}

const brokenEscape = fc.constantFrom(
  '%',
  '%2',
  '%ff',
  '%fe%ff',
  '%c0%ae',
  '%u0000',
  '%00',
  '%ed%a0%80',
  '+',
  '%%41',
  'a=b=c',
  '[]',
  'a%5B0%5D',
  ';',
  '%0d%0ax:%201',
);

const contentTypes = [
  'text/plain',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'multipart/form-data',
  'application/xml',
  'application/json; charset=utf-16',
  'application/json;',
  'APPLICATION/JSON',
  'application/problem+json',
  'application/jsonx',
  ',',
];

// What a header may hold on the wire: the rest is refused by the parser before any of our code, which tests of raw bytes show.
const hostileHeaderValue = fc.oneof(
  hostileText.map((text) =>
    text
      .replaceAll(/[^\t\u0020-\u007E\u0080-\u00FF]/g, '')
      .slice(0, 4_000)
      .trim(),
  ),
  fc.constantFrom('*', '*/*;q=0', 'W/"x"', '"', '"x", *', 'text/csv;q=abc', '/', ';;;', '-', 'x'.repeat(4_000)),
);

const hostileHeader = fc.tuple(
  fc.constantFrom(
    'accept',
    'if-none-match',
    'x-request-id',
    'accept-encoding',
    'accept-language',
    'origin',
    'range',
    'x-forwarded-for',
    'x-http-method-override',
    'content-encoding',
    'cookie',
  ),
  hostileHeaderValue,
);
