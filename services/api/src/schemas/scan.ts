import { z } from '@hono/zod-openapi';
import type { Scan } from '@ecr-audit/store';
import { targetSchema } from './as-of.ts';
import { timeSchema } from './text.ts';

export const scanStatuses = [
  'requested',
  'collecting',
  'evaluating',
  'completed',
  'failed',
] as const satisfies Scan['status'][];

export const scanSchema = z
  .object({
    id: z.string(),
    target: targetSchema,
    source: z.enum(['aws', 'snapshot']),
    status: z.enum(scanStatuses),
    requestedAt: timeSchema,
    takenAt: timeSchema.nullable().openapi({ description: 'The time that the snapshot describes.' }),
    completedAt: timeSchema.nullable(),
    failure: z.string().nullable().openapi({ description: 'Why it failed, and the remedy.' }),
    counts: z
      .object({ opened: z.int(), closed: z.int(), unchanged: z.int() })
      .nullable()
      .openapi({ description: 'Cells of access that are new or changed, that ended or changed, and that stayed.' }),
    gaps: z.int().openapi({ description: 'How many things could not be read.' }),
    onlyAccounts: z
      .array(z.string())
      .nullable()
      .openapi({ description: 'The accounts that it read, with the others as they were read last. Null is all.' }),
  })
  .openapi('Scan');

export function scanBody(scan: Scan): z.output<typeof scanSchema> {
  const { id, source, status, requestedAt, takenAt, completedAt, failure, counts, gaps, onlyAccounts } = scan;
  const target = { key: scan.targetKey, name: scan.targetName };
  const cells = counts && { opened: counts.opened, closed: counts.closed, unchanged: counts.unchanged };
  return { id, target, source, status, requestedAt, takenAt, completedAt, failure, counts: cells, gaps, onlyAccounts };
}
