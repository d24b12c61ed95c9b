import { z } from 'zod';
import { CliError } from '../errors.ts';

/** Parses what Commander collected. Throws `optionInvalid`, which names the option and what was expected. */
export function readOptions<Schema extends z.ZodType>(schema: Schema, options: unknown): z.output<Schema> {
  const parsed = schema.safeParse(options);
  if (parsed.success) {
    return parsed.data;
  }
  const [issue] = parsed.error.issues;
  const name = String(issue?.path[0] ?? '').replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  throw new CliError('optionInvalid', `cannot use \`--${name}\`: ${issue?.message ?? 'expected another value'}`);
}

/** A whole number within bounds, as text. */
export function wholeNumber(min: number, max: number): z.ZodType<number, string> {
  const message = `expected a whole number from ${min} to ${max}`;
  return z
    .string()
    .regex(/^\d{1,9}$/, message)
    .transform(Number)
    .refine((value) => value >= min && value <= max, message);
}

/** One word of a list. */
export function oneOf<const Word extends string>(...words: readonly [Word, ...Word[]]): z.ZodType<Word, string> {
  const expected = words.map((word) => `\`${word}\``).join(', ');
  return z.string().transform((text, context) => {
    const word = words.find((each) => each === text);
    if (word === undefined) {
      context.addIssue({ code: 'custom', message: `expected one of ${expected}, found \`${text}\`` });
      return z.NEVER;
    }
    return word;
  });
}
