import { z } from '@hono/zod-openapi';
import { problemCodes } from '../docs/problem-catalogue.ts';

const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    instance: z.string(),
    code: z.enum(problemCodes).openapi({ description: 'Programs may rely on it. New ones may come with any version.' }),
    requestId: z.string(),
    errors: z
      .array(z.object({ in: z.enum(['path', 'query', 'body', 'header']), field: z.string(), message: z.string() }))
      .optional(),
  })
  .openapi('Problem', { description: 'A problem document of RFC 9457. `code` is stable.' });

interface JsonResponse {
  readonly description: string;
  // The key is any text, so that the types of handlers stay simple; `respond` checks their bodies.
  readonly content: Record<string, { readonly schema: z.ZodType }>;
}

/** The answers of a route: this body, or a problem document. */
export function responses(description: string, schema: z.ZodType): { 200: JsonResponse; default: JsonResponse } {
  return {
    200: { description, content: { 'application/json': { schema } } },
    default: { description: 'A problem.', content: { 'application/problem+json': { schema: problemSchema } } },
  };
}

const notModified = { description: 'What `If-None-Match` names is still so.' };

// oxlint-disable-next-line typescript/consistent-type-definitions -- the library wants an index signature, which an interface lacks.
export type ListResponses = {
  200: JsonResponse;
  304: { readonly description: string };
  default: JsonResponse;
};

/** The answers of a list: this body, or its entries in another format, or a problem document. */
export function listResponses(description: string, schema: z.ZodType): ListResponses {
  const { default: problem } = responses(description, schema);
  return {
    200: {
      description,
      content: {
        'application/json': { schema },
        'text/csv': {
          schema: z.string().openapi({ description: 'A line with the names of the fields, then one for each entry.' }),
        },
        'application/x-ndjson': { schema: z.string().openapi({ description: 'One entry in JSON a line.' }) },
      },
    },
    304: notModified,
    default: problem,
  };
}
