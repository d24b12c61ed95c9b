import { z } from '@hono/zod-openapi';
import { fingerprintSchema, severitySchema, statusSchema } from './finding.ts';
import { timeSchema } from './text.ts';

export const exceptionSchema = z
  .object({
    id: z.uuid(),
    targetKey: z.string(),
    fingerprint: fingerprintSchema,
    approvedBy: z.string(),
    reason: z.string(),
    approvedAt: timeSchema,
    until: timeSchema,
    source: z.enum(['api', 'cli', 'slack', 'file']),
    severity: severitySchema.openapi({ description: 'As grave as it was when it was approved.' }),
    withdrawnAt: timeSchema.nullable(),
    withdrawnBy: z.string().nullable(),
    findingStatus: statusSchema.nullable().openapi({ description: 'Of its finding; null where there is none.' }),
    findingTitle: z.string().nullable(),
    accountId: z.string().nullable(),
  })
  .openapi('Exception');

export const baselineSchema = z
  .object({
    id: z.int(),
    targetKey: z.string(),
    accountId: z.string().nullable().openapi({ description: 'Null is the whole target.' }),
    scanId: z.uuid(),
    takenAt: timeSchema,
    approvedBy: z.string(),
    approvedAt: timeSchema,
    reason: z.string().nullable(),
  })
  .openapi('Baseline');
