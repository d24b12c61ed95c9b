import { z } from 'zod';
import { databaseOptionsSchema } from './database-options.ts';
import { oneOf } from './read-options.ts';

/** The options of `access`. */
export const accessOptionsSchema = databaseOptionsSchema.extend({
  snapshot: z.string().min(1, 'expected a snapshot directory').optional(),
  target: z.string().min(1, 'expected a target, such as `account:111122223333`').optional(),
  format: oneOf('ndjson', 'csv', 'table', 'json').transform((format) => (format === 'json' ? 'ndjson' : format)),
  by: oneOf('action', 'capability', 'all'),
  includeDenied: z.boolean().default(false),
  principal: z.string().min(1, 'expected an ARN, a unique id or a name').optional(),
  repository: z.string().min(1, 'expected an ARN or a name').optional(),
  decision: oneOf('allowed', 'conditional', 'unknown', 'explicitDeny', 'implicitDeny').optional(),
});

export type AccessOptions = z.output<typeof accessOptionsSchema>;
