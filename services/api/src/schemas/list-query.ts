import { z } from '@hono/zod-openapi';
import { accountIdSchema, text } from './text.ts';

const limitDefault = 100;
const limitMax = 1000;
const cursorLengthMax = 8000;
const limitExpected = `expected a whole number from 1 to ${limitMax}`;

/** The parameters of every list. */
export const pageQuery = {
  limit: z
    .string({ error: limitExpected })
    .regex(/^\d{1,4}$/, { error: limitExpected })
    .optional()
    .transform((value) => (value === undefined ? limitDefault : Number(value)))
    .pipe(z.int({ error: limitExpected }).min(1, { error: limitExpected }).max(limitMax, { error: limitExpected }))
    .openapi({
      type: 'integer',
      minimum: 1,
      maximum: limitMax,
      default: limitDefault,
      description: 'How many entries an answer has at most.',
    }),
  cursor: text(cursorLengthMax, 'the `nextCursor` of an answer of this list')
    .optional()
    .openapi({ description: '`nextCursor` of the answer before. Its pages all describe the scan of the first one.' }),
};

const targetLengthMax = 8000;

/** The parameter of everything that belongs to a target. */
export const targetQuery = {
  target: text(targetLengthMax, 'the key of a target, as `target.key` of `GET /v1/scans` shows it').optional().openapi({
    description: 'Key of the target to answer for; that of the latest completed scan where none is named.',
    example: 'organization:o-exampleorgid',
  }),
};

// IAM names have at most 64 characters, repositories 256; a session's name adds that of its role.
const nameLengthMax = 256;

export function namePrefixQuery(what: string): z.ZodOptional<z.ZodString> {
  return text(nameLengthMax)
    .optional()
    .openapi({ description: `Only ${what} whose name begins with this, letter by letter.` });
}

export function accountQuery(description: string): z.ZodOptional<typeof accountIdSchema> {
  return accountIdSchema.optional().openapi({ description });
}
