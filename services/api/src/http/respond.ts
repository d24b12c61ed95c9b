import type { z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import type { ApiEnvironment } from '../api.ts';

type DeepReadonly<T> = T extends readonly (infer Element)[]
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
  return context.body(JSON.stringify(body), 200, { 'content-type': 'application/json' });
}
