import { z } from '@hono/zod-openapi';
import { type Format, formats } from '../formats/format.ts';
import { accountIdSchema, text, word } from './text.ts';

/** How many entries a page has where nothing is said. */
export const limitDefault = 100;
const limitMax = 1000;
const cursorLengthMax = 8000;
const fieldsLengthMax = 2000;
const limitExpected = `expected a whole number from 1 to ${limitMax}`;

const limitSchema = z
  .string({ error: limitExpected })
  .regex(/^\d{1,4}$/, { error: limitExpected })
  .optional()
  .transform((value) => (value === undefined ? undefined : Number(value)))
  .pipe(
    z.int({ error: limitExpected }).min(1, { error: limitExpected }).max(limitMax, { error: limitExpected }).optional(),
  );

/** The parameters of every list in pages. */
export const pageQuery = {
  limit: limitSchema
    .transform((value) => value ?? limitDefault)
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

export interface ListQuerySchema {
  readonly limit: z.ZodType<number | undefined>;
  readonly cursor: typeof pageQuery.cursor;
  readonly format: z.ZodType<Format | undefined>;
  readonly fields: z.ZodType<readonly string[] | undefined>;
}

/** What a list is asked for, whatever it is about. */
export interface ListQuery {
  readonly limit?: number | undefined;
  readonly cursor?: string | undefined;
  readonly format?: Format | undefined;
  readonly fields?: readonly string[] | undefined;
}

/** The parameters of every list that can be had in any format, whose entries have these fields. */
export function listQuery(names: readonly string[]): ListQuerySchema {
  const expected = `expected some of these, with commas between: ${names.map((name) => `\`${name}\``).join(', ')}`;
  return {
    limit: limitSchema.openapi({
      type: 'integer',
      minimum: 1,
      maximum: limitMax,
      description: `How many entries an answer has at most: ${limitDefault} in JSON, all of them in other formats where nothing is said.`,
    }),
    cursor: pageQuery.cursor,
    format: word(formats).optional().openapi({
      description:
        'In place of the header `Accept`. CSV and NDJSON hold the whole list, and what JSON says beside the entries is in headers; with `limit` they hold a page, whose header `link` leads to the next. In CSV an apostrophe stands before a text that a spreadsheet would take for a formula.',
    }),
    fields: text(fieldsLengthMax, expected.replace('expected ', ''))
      .transform((value) => value.split(','))
      .refine((value) => value.every((each) => names.includes(each)), { error: expected })
      .optional()
      .openapi({
        type: 'string',
        example: names.slice(0, 2).join(','),
        description: `Only these of each entry, with commas between: ${names.join(', ')}.`,
      }),
  };
}

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

/** A name in which `*` stands for any characters. */
export function namePatternQuery(what: string): z.ZodOptional<z.ZodString> {
  return text(nameLengthMax)
    .optional()
    .openapi({
      example: 'prod/*',
      description: `Only ${what} with such a name, letter by letter; \`*\` stands for any characters.`,
    });
}

/** Yes or no. */
function flagQuery(description: string): z.ZodType<boolean | undefined> {
  return word(['true', 'false'])
    .optional()
    .transform((value) => (value === undefined ? undefined : value === 'true'))
    .openapi({ type: 'boolean', description });
}

/** Whether a principal belongs to others. */
export const externalQuery = flagQuery(
  'Whether the principal belongs to an account that the target does not have, or is anyone at all. AWS services belong to no account, and are not external.',
);
