import type { RequestExample } from './request-example.ts';

// Where `ecr-audit demo` serves.
const place = 'http://localhost:8080';

/** The example of an operation as a command for a shell. Shells and URLs are both escaped: values may hold anything. */
export function curlLine(operation: {
  readonly method: string;
  readonly path: string;
  readonly example: RequestExample;
  readonly types: readonly string[];
}): string {
  const { method, path, example, types } = operation;
  const words = ['curl', '-s'];
  if (types.includes('text/event-stream')) {
    words.push('-N');
  }
  if (method !== 'get' && !(method === 'post' && example.body !== undefined)) {
    words.push('-X', method.toUpperCase());
  }
  words.push(quoted(`${place}${requestPath(path, example)}`));
  if (example.body !== undefined) {
    words.push('-H', quoted('content-type: application/json'), '-d', quoted(JSON.stringify(example.body)));
  }
  return words.join(' ');
}

/** The path and query of an example. */
function requestPath(path: string, { path: values = {}, query = {} }: RequestExample): string {
  const filled = path.replaceAll(/\{(\w+)\}/g, (whole, name: string) => encodeURIComponent(values[name] ?? whole));
  const asked = Object.entries(query).map(([name, value]) => `${name}=${readable(String(value))}`);
  return asked.length === 0 ? filled : `${filled}?${asked.join('&')}`;
}

// What a query may hold as it is, by RFC 3986, and what people can read better so.
const readableCharacters: Readonly<Record<string, string>> = { '%2F': '/', '%3A': ':', '%2C': ',', '%40': '@' };

function readable(value: string): string {
  return encodeURIComponent(value).replaceAll(/%(?:2F|3A|2C|40)/g, (found) => readableCharacters[found] ?? found);
}

function quoted(word: string): string {
  return `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
