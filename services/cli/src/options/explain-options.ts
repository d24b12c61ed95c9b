import { z } from 'zod';
import { databaseOptionsSchema } from './database-options.ts';
import { oneOf } from './read-options.ts';

const text = (expected: string): z.ZodType<string, string> => z.string().min(1, `expected ${expected}`);

/** The options of `explain`. */
export const explainOptionsSchema = databaseOptionsSchema.extend({
  snapshot: text('a snapshot directory').optional(),
  target: text('a target, such as `account:111122223333`').optional(),
  principal: text('the ARN of a user, role or role session').optional(),
  action: text('an action such as `ecr:PutImage`, or a capability such as `push`').optional(),
  resource: text('the ARN of a repository, or `*`').optional(),
  region: text('a region').optional(),
  context: z.array(z.string()).default([]),
  absent: z.array(z.string()).default([]),
  contextComplete: z.boolean().optional(),
  requests: text('a file of requests, or `-` for standard input').optional(),
  format: oneOf('text', 'json').optional(),
});

export type ExplainOptions = z.output<typeof explainOptionsSchema>;
