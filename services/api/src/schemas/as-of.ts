import { z } from '@hono/zod-openapi';
import type { AsOf } from '@ecr-audit/store';
import { timeSchema } from './text.ts';

export const targetSchema = z
  .object({ key: z.string().openapi({ example: 'organization:o-exampleorgid' }), name: z.string() })
  .openapi('Target');

export const asOfSchema = z
  .object({
    scan: z.object({ id: z.string(), takenAt: timeSchema }),
    target: targetSchema,
    coverage: z.object({
      isComplete: z.boolean().openapi({
        description:
          'Whether everything that access rests on was read. Where it was not, an absent entry may be one that nobody could see.',
      }),
      gaps: z.int().openapi({ description: 'What could not be read; `GET /v1/scans/{id}/coverage` lists it.' }),
    }),
  })
  .openapi('AsOf', { description: 'The scan that the answer describes, and whether it saw everything.' });

/** What every answer about access says of its scan. */
export function asOfBody(asOf: AsOf): z.output<typeof asOfSchema> {
  return {
    scan: { id: asOf.scanId, takenAt: asOf.takenAt },
    target: { key: asOf.targetKey, name: asOf.targetName },
    coverage: { isComplete: asOf.isComplete, gaps: asOf.gaps },
  };
}

export const nextCursorSchema = z
  .string()
  .nullable()
  .openapi({ description: 'Send it as `cursor` for the next page; null on the last one.' });
