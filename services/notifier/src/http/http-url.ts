import { z } from 'zod';

/** An address that HTTP reaches. */
export function httpUrl(): z.ZodType<URL, string> {
  return z
    .string()
    .refine((text) => /^https?:\/\//.test(text) && URL.canParse(text))
    .transform((text) => new URL(text));
}
