import { z } from 'zod';

const contextValue = z.union([z.string(), z.number(), z.boolean()]);

/**
 * One question, as a line of a requests file or the body of an API call.
 *
 * `context` gives condition keys of the request; null states that a key is absent. With `contextComplete` every key
 * that is neither given nor implied by the snapshot is absent, without it, it is unknown.
 */
export const accessRequestSchema = z.strictObject({
  id: z.union([z.string(), z.number()]).optional(),
  principal: z.string().min(1),
  action: z.string().min(1),
  resource: z.string().min(1),
  region: z.string().min(1).optional(),
  context: z.record(z.string(), z.union([contextValue, z.array(contextValue), z.null()])).optional(),
  contextComplete: z.boolean().optional(),
  /** Policy documents passed when the session was assumed. */
  sessionPolicies: z.array(z.unknown()).optional(),
});

export type AccessRequest = z.output<typeof accessRequestSchema>;
