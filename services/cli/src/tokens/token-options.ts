import { API_SCOPES } from '@ecr-audit/store';
import { z } from 'zod';
import { databaseOptionsSchema } from '../options/database-options.ts';
import { oneOf } from '../options/read-options.ts';

const nameExpected = 'expected a name of 1 to 100 characters, such as `dashboards`';
const tokenExpected = 'expected the id or the name of a token, as `ecr-audit tokens list` shows it';
const accountsExpected = 'expected account ids of twelve digits with commas between';
const accountsMax = 1_000;

const name = z
  .string({ error: nameExpected })
  .trim()
  .regex(/^[^\p{C}]{1,100}$/u, nameExpected);

/** What `tokens create` is given. */
export const createSchema = databaseOptionsSchema.extend({
  name,
  scope: oneOf(...API_SCOPES),
  accounts: z
    .string()
    .transform((text) => [...new Set(text.split(',').map((each) => each.trim()))])
    .refine((ids) => ids.length <= accountsMax && ids.every((id) => /^\d{12}$/.test(id)), accountsExpected)
    .optional(),
  expires: z.string().min(1, 'expected `90d`, a day, a time or `never`'),
  format: oneOf('text', 'json'),
});

/** What `tokens list` is given. */
export const listSchema = databaseOptionsSchema.extend({
  all: z.boolean().default(false),
  format: oneOf('table', 'json'),
});

/** What `tokens revoke` is given. */
export const revokeSchema = databaseOptionsSchema.extend({
  token: z.string({ error: tokenExpected }).min(1, tokenExpected).max(200, tokenExpected),
});
