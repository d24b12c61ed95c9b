import { z } from '@hono/zod-openapi';

const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    instance: z.string(),
    code: z.string(),
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
