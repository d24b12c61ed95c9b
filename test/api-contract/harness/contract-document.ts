import { z } from 'zod';

const mediaSchema = z.looseObject({ schema: z.unknown().optional(), example: z.unknown().optional() });
const contentSchema = z.record(z.string(), mediaSchema);
const parameterSchema = z.looseObject({
  name: z.string(),
  in: z.enum(['path', 'query', 'header']),
  required: z.boolean().default(false),
  description: z.string().optional(),
  schema: z.looseObject({}),
  example: z.unknown().optional(),
});
const operationSchema = z.looseObject({
  operationId: z.string().regex(/^[a-z][A-Za-z]+$/),
  tags: z.array(z.string()).length(1),
  summary: z.string().min(1),
  parameters: z.array(parameterSchema).default([]),
  requestBody: z.looseObject({ required: z.boolean().default(false), content: contentSchema }).optional(),
  responses: z.record(
    z.string(),
    z.looseObject({ description: z.string().min(1), content: contentSchema.default({}) }),
  ),
  'x-codeSamples': z.tuple([z.strictObject({ lang: z.string(), label: z.string(), source: z.string() })]),
});
/** A document as far as its contract goes. Methods that are not listed would escape the tests, so none may be. */
export const documentSchema = z.looseObject({
  openapi: z.literal('3.1.0'),
  info: z.looseObject({ title: z.string(), version: z.string().regex(/^\d+\.\d+\.\d+$/) }),
  paths: z.record(
    z.string().startsWith('/'),
    z.strictObject({
      get: operationSchema.optional(),
      post: operationSchema.optional(),
      put: operationSchema.optional(),
      patch: operationSchema.optional(),
      delete: operationSchema.optional(),
    }),
  ),
  components: z.looseObject({ schemas: z.record(z.string(), z.unknown()) }),
});

export type ContractDocument = z.infer<typeof documentSchema>;
export type Operation = z.infer<typeof operationSchema>;

export interface PlacedOperation {
  readonly id: string;
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  readonly path: string;
  readonly operation: Operation;
}

export function operationsOf({ paths }: ContractDocument): PlacedOperation[] {
  return Object.entries(paths).flatMap(([path, item]) =>
    methods.flatMap((method) => {
      const operation = item[method];
      return operation === undefined ? [] : [{ id: operation.operationId, method, path, operation }];
    }),
  );
}

const methods = ['get', 'post', 'put', 'patch', 'delete'] as const;

/** A path with its parameters filled in. */
export function filledPath(path: string, values: Readonly<Record<string, unknown>>): string {
  return path.replaceAll(/\{(\w+)\}/g, (_whole, name: string) => encodeURIComponent(String(values[name])));
}

/** What the parameters of a path are in its examples. */
export function pathExamples({ parameters }: Operation): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    parameters.filter((parameter) => parameter.in === 'path').map(({ name, example }) => [name, example]),
  );
}
