import { z } from '@hono/zod-openapi';
import { timeSchema } from './text.ts';

const idExpected = 'expected the numeric id of a repository, as `GET /v1/repositories` lists it';

export const repositoryIdSchema = z
  .string({ error: idExpected })
  .regex(/^[1-9]\d{0,15}$/, { error: idExpected })
  .transform(Number)
  .pipe(z.int({ error: idExpected }))
  .openapi({ type: 'integer', minimum: 1, example: 7 });

export const repositorySchema = z
  .object({
    id: z.int(),
    arn: z.string(),
    accountId: z.string(),
    region: z.string(),
    name: z.string(),
    firstSeenAt: timeSchema.openapi({ description: 'Time of the first snapshot that shows it.' }),
    goneSince: timeSchema.nullable().openapi({
      description: 'Time of the first snapshot that could have shown it and did not; null while it exists.',
    }),
  })
  .openapi('Repository');
