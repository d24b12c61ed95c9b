import { z } from '@hono/zod-openapi';
import { timeSchema } from './text.ts';

export const coverageFields = {
  region: z.string().nullable().openapi({ description: 'Null for a source of the whole account.' }),
  source: z.enum(['iam', 'ecr', 'cloudtrail', 'organization']),
  status: z.enum(['complete', 'partial', 'notReadable']),
  detail: z.string().nullable().openapi({ description: 'What failed and why.' }),
};

/** Of one account, named where it stands. */
export const accountCoverageSchema = z.object(coverageFields).openapi('AccountCoverage');

export const coverageSchema = z
  .object({
    accountId: z.string(),
    ...coverageFields,
    readAt: timeSchema.nullable().openapi({
      description: 'When it was read: before the scan where that read other accounts only. Null where it was not read.',
    }),
  })
  .openapi('Coverage');

export const gapFields = {
  source: z.string().openapi({ description: 'The call that failed, or the file that is missing.' }),
  resource: z.string().nullable(),
  reason: z.enum(['accessDenied', 'throttled', 'timeout', 'missingFile', 'notCollected', 'failed']),
  message: z.string(),
};

export const gapSchema = z
  .object({
    accountId: z.string().nullable(),
    region: z.string().nullable(),
    ...gapFields,
  })
  .openapi('CollectionGap', { description: 'Something that could not be read. Null means: not limited by this.' });
