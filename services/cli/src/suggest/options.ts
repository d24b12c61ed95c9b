import { z } from 'zod';
import { databaseOptionsSchema } from '../options/database-options.ts';
import { oneOf, wholeNumber } from '../options/read-options.ts';

const DAYS_MAX = 400;

/** The options of `suggest`. */
export const suggestOptionsSchema = databaseOptionsSchema.extend({
  who: z.string().min(1, 'expected a user, role or repository'),
  capability: oneOf('pull', 'push', 'delete', 'administer').optional(),
  snapshot: z.string().min(1, 'expected a snapshot directory').optional(),
  target: z.string().min(1, 'expected a target, such as `account:111122223333`').optional(),
  days: wholeNumber(7, DAYS_MAX),
  format: oneOf('text', 'json'),
});

export type SuggestOptions = z.output<typeof suggestOptionsSchema>;
