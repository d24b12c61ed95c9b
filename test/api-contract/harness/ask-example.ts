import { filledPath, type Operation, pathExamples, type PlacedOperation } from './contract-document.ts';

/** What was answered, and to what. */
export interface GivenAnswer {
  readonly url: string;
  readonly status: string;
  readonly type: string;
  readonly text: string;
  /** Whether its entries were asked for with some of their fields only. */
  readonly isPartial: boolean;
}

type Query = Readonly<Record<string, string>>;

/** Asks an operation by the examples of its path and body, with this query. */
export async function askExample(url: string, placed: PlacedOperation, query: Query): Promise<GivenAnswer> {
  const { method, path, operation } = placed;
  const search = new URLSearchParams(query).toString();
  const at = `${filledPath(path, pathExamples(operation))}${search === '' ? '' : `?${search}`}`;
  const [body] = Object.entries(operation.requestBody?.content ?? {}).map(([type, { example }]) => ({
    headers: { 'content-type': type },
    body: JSON.stringify(example),
  }));
  const response = await fetch(`${url}${at}`, { method: method.toUpperCase(), ...body });
  return {
    url: `${method} ${at}`,
    status: String(response.status),
    type: response.headers.get('content-type') ?? '',
    text: await response.text(),
    isPartial: 'fields' in query,
  };
}

/** The query of the command that the document shows. */
export function togetherOf(operation: Operation): Query {
  const [{ source }] = operation['x-codeSamples'];
  const [, url = ''] = /'(http[^']+)'/.exec(source) ?? [];
  return Object.fromEntries(new URL(url).searchParams);
}

/** The example of each parameter that may be left out, by itself. */
export function optionalExamples({ parameters }: Operation): Query[] {
  return parameters
    .filter(({ in: place, required, example }) => place === 'query' && !required && example !== undefined)
    .map(({ name, example }) => ({ [name]: String(example) }));
}
