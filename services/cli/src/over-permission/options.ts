import { z } from 'zod';
import { databaseOptionsSchema } from '../options/database-options.ts';
import { oneOf, wholeNumber } from '../options/read-options.ts';

// What CloudTrail's log files are kept for at the most, in most organizations.
const DAYS_MAX = 400;
const PATTERN_LENGTH_MAX = 256;

const daysSchema = wholeNumber(7, DAYS_MAX);

/** The options of `over-permission`. */
export const overPermissionOptionsSchema = databaseOptionsSchema.extend({
  snapshot: z.string().min(1, 'expected a snapshot directory').optional(),
  target: z.string().min(1, 'expected a target, such as `account:111122223333`').optional(),
  days: daysSchema,
  production: z
    .array(z.string().min(1, 'expected a name').max(PATTERN_LENGTH_MAX, 'expected a short name'))
    .default([]),
  format: oneOf('table', 'json', 'csv', 'html'),
  out: z.string().min(1, 'expected a file').optional(),
});

export type OverPermissionOptions = z.output<typeof overPermissionOptionsSchema>;
