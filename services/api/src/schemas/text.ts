import { z } from '@hono/zod-openapi';

/** A text of bounded length that Postgres can compare: no zero byte and no half of a surrogate pair. */
export function text(lengthMax: number, expected = `a text of 1 to ${lengthMax} characters`): z.ZodString {
  const error = `expected ${expected}`;
  return z
    .string({ error })
    .min(1, { error })
    .max(lengthMax, { error })
    .refine((value) => !value.includes('\0') && value.isWellFormed(), { error: `${error}, without zero bytes` });
}

/** One of some words. */
export function word<const Words extends readonly [string, ...string[]]>(
  words: Words,
): z.ZodEnum<{ [Word in Words[number]]: Word }> {
  return z.enum(words, { error: `expected ${words.map((each) => `\`${each}\``).join(', ')}` });
}

const accountIdExpected = 'expected an AWS account id of twelve digits';

export const accountIdSchema = z
  .string({ error: accountIdExpected })
  .regex(/^\d{12}$/, { error: accountIdExpected })
  .openapi({ example: '111122223333' });

const regionExpected = 'expected an AWS region such as `eu-west-1`';

export const regionSchema = z
  .string({ error: regionExpected })
  .regex(/^[a-z0-9-]{4,40}$/, { error: regionExpected })
  .openapi({ example: 'eu-west-1' });

export const scanIdSchema = z
  .uuid({ error: 'expected the id of a scan, a UUID, as `GET /v1/scans` lists it' })
  .openapi({ example: '0b0c7c1e-1d0e-4c55-9f0c-6b8f6f0f4a11' });

export const timeSchema = z.string().openapi({ format: 'date-time', example: '2026-11-16T06:00:00.000Z' });
