import { z } from '@hono/zod-openapi';
import { asOfSchema } from './as-of.ts';

export const organizationSchema = z
  .object({
    key: z.string().openapi({
      example: 'organization:o-exampleorgid',
      description: '`target` of every other route. Accounts may be scanned without their organization, too.',
    }),
    name: z.string(),
    kind: z.enum(['organization', 'account', 'accounts']),
    accounts: z.int().openapi({ description: 'Those that the latest completed scan saw.' }),
    principals: z.int(),
    repositories: z.int(),
    scansUnderWay: z.int(),
    // Not `.nullable()`: of a named schema that may make every use of the name one that can be null.
    latest: z
      .union([asOfSchema, z.null()])
      .openapi({ description: 'The latest completed scan; null before the first one.' }),
  })
  .openapi('Organization', { description: 'What is scanned again and again.' });
