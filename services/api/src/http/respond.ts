import type { z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import type { ApiEnvironment } from '../api-environment.ts';

export type DeepReadonly<T> = T extends readonly (infer Element)[]
  ? readonly DeepReadonly<Element>[]
  : T extends object
    ? { readonly [Key in keyof T]: DeepReadonly<T[Key]> }
    : T;

/** Answers with JSON of the route's schema. The compiler holds the body to it; the tests hold what is sent to it. */
export function respond<Schema extends z.ZodType>(
  context: Context<ApiEnvironment>,
  _schema: Schema,
  body: DeepReadonly<z.output<Schema>>,
): Response {
  return jsonResponse(context, body);
}

/** An answer in JSON, whatever it is. */
export function jsonResponse(
  context: Context<ApiEnvironment>,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): Response {
  return context.body(JSON.stringify(body), 200, { ...headers, 'content-type': 'application/json' });
}
