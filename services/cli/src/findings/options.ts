import { SEVERITIES } from '@ecr-audit/access';
import { z } from 'zod';
import { databaseOptionsSchema } from '../options/database-options.ts';
import { oneOf } from '../options/read-options.ts';

/** The options of `findings`. */
export const findingsOptionsSchema = databaseOptionsSchema.extend({
  snapshot: z.string().min(1, 'expected a snapshot directory').optional(),
  target: z.string().min(1, 'expected a target, such as `account:111122223333`').optional(),
  before: z.string().min(1, 'expected a snapshot directory').optional(),
  config: z.string().min(1, 'expected a configuration file').optional(),
  format: oneOf('table', 'json', 'ndjson'),
  severity: oneOf(...SEVERITIES),
  failOn: oneOf(...SEVERITIES).optional(),
});

export type FindingsOptions = z.output<typeof findingsOptionsSchema>;
