import { z } from 'zod';
import type { SecretReference } from './secret-reference.ts';

/*
 * The values of a configuration file. Each carries what is expected as its error, because the message of a library
 * tells what a regular expression wants and not what a person should write.
 */

const accountIdsMax = 20_000;
const namesMax = 1_000;

function text(pattern: RegExp, expected: string): z.ZodString {
  return z.string({ error: expected }).regex(pattern, { error: expected });
}

export function wholeNumber(min: number, max: number): z.ZodInt {
  const expected = `a whole number from ${min} to ${max}`;
  return z.int({ error: expected }).min(min, { error: expected }).max(max, { error: expected });
}

export function listOf<Item extends z.ZodType>(item: Item, expected: string, max = namesMax): z.ZodArray<Item> {
  return z.array(item, { error: expected }).max(max, { error: `at most ${max} entries` });
}

const accountId = text(/^\d{12}$/, 'an account id of twelve digits');
export const accountIds = listOf(accountId, 'a list of account ids', accountIdsMax);

/** https://docs.aws.amazon.com/organizations/latest/APIReference/API_OrganizationalUnit.html, and the id of a root. */
export const organizationalUnitId = text(
  /^(?:ou-[0-9a-z]{4,32}-[0-9a-z]{8,32}|r-[0-9a-z]{4,32})$/,
  'the id of an organizational unit, such as `ou-ab12-34cd56ef`, or of a root, such as `r-ab12`',
);

export const region = text(/^[a-z]{2,4}(-[a-z]{2,12}){1,3}-\d{1,2}$/, 'a region such as `eu-west-1`');

/** A name, or a path and a name, as it stands in the ARN behind `role/`. */
export const roleName = text(
  /^(?:[\w+=,.@-]{1,64}\/){0,8}[\w+=,.@-]{1,64}$/,
  'the name of a role such as `ecr-audit`, without its ARN; a path may stand before it, `audit/ecr-audit`',
);

export const roleArn = text(
  /^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]{1,512}$/,
  'the ARN of a role, `arn:aws:iam::111122223333:role/ecr-audit-organization`',
);

const cronField = String.raw`[A-Za-z\d*/,?#-]{1,120}`;

/** The form only: that an interval is within its bounds, and a cron expression means something, is checked where it is used. */
export const schedule = text(
  new RegExp(String.raw`^(?:off|[1-9]\d{0,5}[smhd]|${cronField}(?: +${cronField}){4,5})$`),
  'an interval such as `6h`, a cron expression in UTC such as `0 3 * * *`, or `off`',
);

export const host = text(/^[\w.:-]{1,253}$/, 'a host name or an address to listen on');
export const port = wholeNumber(0, 65_535);

export const tags = z.record(
  text(/^.{1,128}$/su, 'the key of a tag'),
  z.string({ error: 'the value of a tag, in quotes where it looks like a number' }),
  { error: 'tags such as `environment: production`' },
);

/** A map of which every key is known. */
export function mapOf<Shape extends z.core.$ZodLooseShape>(shape: Shape): z.ZodObject<Shape, z.core.$strict> {
  return z.strictObject(shape, { error: 'a map' });
}

const environmentVariable = text(/^[A-Za-z_]\w{0,200}$/, 'the name of an environment variable');
const path = text(/^[^\0]{1,4096}$/, 'the path of a file');

const secretExpected =
  'the place of the secret, `{ fromEnvironment: VARIABLE }` or `{ fromFile: PATH }`, because nothing secret is written into this file';

/** Where a secret lies. A secret in clear is refused, and the message does not repeat it. */
export const secretReference = z
  .union([z.strictObject({ fromEnvironment: environmentVariable }), z.strictObject({ fromFile: path })], {
    error: secretExpected,
  })
  .transform((reference): SecretReference =>
    'fromFile' in reference
      ? { kind: 'file', path: reference.fromFile }
      : { kind: 'environment', variable: reference.fromEnvironment },
  );
