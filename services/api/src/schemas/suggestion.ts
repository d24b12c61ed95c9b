import { z } from '@hono/zod-openapi';

const documentSchema = z.object({
  Version: z.string(),
  Statement: z.array(z.record(z.string(), z.unknown())),
});

/** Loose where the command line writes the same: what proves it differs for principals and repositories. */
export const suggestionSchema = z
  .looseObject({
    kind: z.enum(['suggested', 'refused', 'proofFailed']),
    documents: z.array(documentSchema).optional().openapi({ description: 'For a principal: managed policies.' }),
    document: documentSchema.nullable().optional().openapi({
      description: 'For a repository: its policy; null where none is needed.',
    }),
    replaces: z.array(z.string()).optional().openapi({
      description: 'The policies whose Allow statements about ECR it takes the place of.',
    }),
    notes: z.array(z.string()).optional(),
    proof: z.record(z.string(), z.unknown()).optional().openapi({
      description: 'What is kept, and what is taken away because it was not used.',
    }),
    code: z.string().optional().openapi({ description: 'Why there is none.' }),
    message: z.string().optional(),
  })
  .openapi('Suggestion');
