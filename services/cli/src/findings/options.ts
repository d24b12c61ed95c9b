import { FINDING_STATUSES, SEVERITIES } from '@ecr-audit/access';
import { z } from 'zod';
import { databaseOptionsSchema } from '../options/database-options.ts';
import { oneOf } from '../options/read-options.ts';
import { EXPORT_FORMATS, exportOptions } from './export-findings.ts';

/** The options of `findings`. */
export const findingsOptionsSchema = databaseOptionsSchema.extend({
  snapshot: z.string().min(1, 'expected a snapshot directory').optional(),
  target: z.string().min(1, 'expected a target, such as `account:111122223333`').optional(),
  before: z.string().min(1, 'expected a snapshot directory').optional(),
  config: z.string().min(1, 'expected a configuration file').optional(),
  format: oneOf('table', 'json', 'ndjson', ...EXPORT_FORMATS),
  severity: oneOf(...SEVERITIES),
  failOn: oneOf(...SEVERITIES).optional(),
  status: oneOf('all', ...FINDING_STATUSES),
  history: z
    .string()
    .regex(/^[0-9a-f]{64}$/, 'expected the fingerprint of a finding, 64 characters')
    .optional(),
  ...exportOptions,
});

export type FindingsOptions = z.output<typeof findingsOptionsSchema>;
