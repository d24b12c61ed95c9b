import type { Api } from '@ecr-audit/api';
import { z } from 'zod';

const operationSchema = z.looseObject({
  operationId: z.string(),
  security: z.array(z.object({ bearer: z.tuple([z.enum(['read', 'operate', 'admin'])]) })),
  parameters: z.array(z.looseObject({ name: z.string(), in: z.string(), example: z.unknown().optional() })).default([]),
  requestBody: z
    .looseObject({ content: z.object({ 'application/json': z.looseObject({ example: z.unknown().optional() }) }) })
    .optional(),
  'x-account-limit': z.enum(['filtered', 'refused', 'noAccounts']),
});
const documentSchema = z.looseObject({ paths: z.record(z.string(), z.record(z.string(), z.unknown())) });

export interface Operation {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  /** Null is open to everybody. */
  readonly scope: 'read' | 'operate' | 'admin' | null;
  readonly accounts: 'filtered' | 'refused' | 'noAccounts';
  /** With the examples of the document in its place. */
  readonly examplePath: string;
  /** The example of the body; undefined where it takes none. */
  readonly exampleBody: unknown;
}

/** Every operation, as the API itself describes them: what is added to it is in here by itself. */
export async function operationsOf(api: Api): Promise<readonly Operation[]> {
  const { paths } = documentSchema.parse(await (await api.request('/openapi.json')).json());
  return Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, described]) => {
      const { operationId: id, security, parameters, requestBody, ...operation } = operationSchema.parse(described);
      return {
        id,
        method: method.toUpperCase(),
        path,
        scope: security[0]?.bearer[0] ?? null,
        accounts: operation['x-account-limit'],
        examplePath: parameters.reduce(
          (filled, { name, in: place, example }) =>
            place === 'path' ? filled.replace(`{${name}}`, encodeURIComponent(String(example))) : filled,
          path,
        ),
        exampleBody: requestBody?.content['application/json'].example,
      };
    }),
  );
}
