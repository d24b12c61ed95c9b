import type { components, operations } from './generated/types.ts';

/** Every operation, as `GET /openapi.json` names it. */
export type OperationId = keyof operations;

/** The named schemas of the document. */
export type Schemas = components['schemas'];

type ParametersOf<Id extends OperationId> = operations[Id]['parameters'];
type PathOf<Id extends OperationId> = ParametersOf<Id> extends { readonly path: infer Path } ? Path : never;
type ContentOf<Id extends OperationId> = operations[Id]['responses'] extends {
  readonly 200: { readonly content: infer Content };
}
  ? Content
  : never;

/**
 * The parameters of the query of an operation.
 *
 * Not `format` and `fields`: the client reads whole entries, as their types say. Not `cursor`: `pages` and `items` follow it.
 */
export type Query<Id extends OperationId> =
  ParametersOf<Id> extends { readonly query?: infer Given } ? WithoutForm<Exclude<Given, undefined>> : never;
type WithoutForm<Given> = [Given] extends [never] ? never : Omit<Given, 'format' | 'fields' | 'cursor'>;

/** The body that an operation takes. */
export type Body<Id extends OperationId> = operations[Id] extends {
  readonly requestBody?: { readonly content: { readonly 'application/json': infer Given } };
}
  ? Given
  : never;

/** What an operation answers. */
export type Answer<Id extends OperationId> =
  ContentOf<Id> extends { readonly 'application/json': infer Given } ? Given : never;

/** An entry of what a list answers. */
export type Item<Id extends OperationId> =
  Answer<Id> extends { readonly items: readonly (infer Each)[]; readonly nextCursor: string | null } ? Each : never;

/** The operations that answer with JSON. */
export type JsonOperation = { [Id in OperationId]: [Answer<Id>] extends [never] ? never : Id }[OperationId];

/** The operations that answer with pages of entries. */
export type ListOperation = { [Id in OperationId]: [Item<Id>] extends [never] ? never : Id }[OperationId];

/** The lists that can be had whole, an entry a line. */
export type StreamedOperation = {
  [Id in ListOperation]: ContentOf<Id> extends { readonly 'application/x-ndjson': unknown } ? Id : never;
}[ListOperation];

/** The operations that answer with server-sent events. */
export type EventOperation = {
  [Id in OperationId]: ContentOf<Id> extends { readonly 'text/event-stream': unknown } ? Id : never;
}[OperationId];

/** How one request is made. */
export interface RequestSettings {
  /** Gives the request up. */
  readonly signal?: AbortSignal;
}

type Part<Name extends string, Value> = [Value] extends [never]
  ? unknown
  : Partial<Value> extends Value
    ? { readonly [Key in Name]?: Value }
    : { readonly [Key in Name]: Value };

/** What an operation is given: the parameters of its path and query, and its body. */
export type Input<Id extends OperationId> = Part<'path', PathOf<Id>> &
  Part<'query', Query<Id>> &
  Part<'body', Body<Id>> &
  RequestSettings;

/** The arguments after the name of an operation; none are needed where it needs nothing. */
export type Arguments<Id extends OperationId> =
  Partial<Input<Id>> extends Input<Id> ? [input?: Input<Id>] : [input: Input<Id>];
