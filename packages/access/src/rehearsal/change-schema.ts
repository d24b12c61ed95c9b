import { isAccountId, parseArn } from '@ecr-audit/policy';
import { z } from 'zod';

// Names are longer nowhere. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
const TEXT_LENGTH_MAX = 2048;

const text = (expected: string): z.ZodString =>
  z
    .string({ error: `expected ${expected}` })
    .min(1, { error: `expected ${expected}` })
    .max(TEXT_LENGTH_MAX, { error: `expected ${expected}, at most ${TEXT_LENGTH_MAX} characters long` });

const arn = (expected: string, isWanted: (service: string, resource: string) => boolean): z.ZodType<string, string> =>
  text(expected).refine(
    (value) => {
      const parsed = parseArn(value);
      return parsed !== null && isWanted(parsed.service, parsed.resource);
    },
    { error: `expected ${expected}` },
  );

const policy = arn(
  'the ARN of a managed policy, as `arn:aws:iam::111122223333:policy/push`',
  (service, resource) => service === 'iam' && resource.startsWith('policy/'),
);
const identity = arn(
  'the ARN of a user, role or group, as `arn:aws:iam::111122223333:role/ci`',
  (service, resource) => service === 'iam' && /^(?:user|role|group)\//.test(resource),
);
const principal = arn(
  'the ARN of a user or role, as `arn:aws:iam::111122223333:role/ci`',
  (service, resource) => service === 'iam' && /^(?:user|role)\//.test(resource),
);
const repository = arn(
  'the ARN of a repository, as `arn:aws:ecr:eu-west-1:111122223333:repository/team/app`',
  (service, resource) => service === 'ecr' && resource.startsWith('repository/'),
);
const account = text('an account id of twelve digits').refine(isAccountId, {
  error: 'expected an account id of twelve digits',
});
const region = text('a region, as `eu-west-1`');
const name = text('the name of a policy');
const target = text('the id of a root, unit or account, as `r-ab12`, `ou-ab12-11111111` or `111122223333`');
const document = z
  .unknown()
  .refine((value) => typeof value === 'string' || (typeof value === 'object' && value !== null), {
    error: 'expected a policy document: an object, or its JSON text',
  });

/** One change. The words are those of AWS's own calls. */
const changeSchema = z.discriminatedUnion(
  'change',
  [
    z.strictObject({ change: z.literal('putManagedPolicy'), policy, document }),
    z.strictObject({ change: z.literal('deleteManagedPolicy'), policy }),
    z.strictObject({ change: z.literal('attachManagedPolicy'), policy, identity, document: document.optional() }),
    z.strictObject({ change: z.literal('detachManagedPolicy'), policy, identity }),
    z.strictObject({ change: z.literal('putInlinePolicy'), identity, name, document }),
    z.strictObject({ change: z.literal('deleteInlinePolicy'), identity, name }),
    z.strictObject({
      change: z.literal('putPermissionsBoundary'),
      identity: principal,
      policy,
      document: document.optional(),
    }),
    z.strictObject({ change: z.literal('deletePermissionsBoundary'), identity: principal }),
    z.strictObject({ change: z.literal('setRepositoryPolicy'), repository, document }),
    z.strictObject({ change: z.literal('deleteRepositoryPolicy'), repository }),
    z.strictObject({ change: z.literal('putRegistryPolicy'), account, region, document }),
    z.strictObject({ change: z.literal('deleteRegistryPolicy'), account, region }),
    z.strictObject({ change: z.literal('putServiceControlPolicy'), name, document }),
    z.strictObject({ change: z.literal('deleteServiceControlPolicy'), name }),
    z.strictObject({
      change: z.literal('attachServiceControlPolicy'),
      name,
      target,
      document: document.optional(),
    }),
    z.strictObject({ change: z.literal('detachServiceControlPolicy'), name, target }),
    z.strictObject({ change: z.literal('putResourceControlPolicy'), name, document }),
    z.strictObject({ change: z.literal('deleteResourceControlPolicy'), name }),
    z.strictObject({
      change: z.literal('attachResourceControlPolicy'),
      name,
      target,
      document: document.optional(),
    }),
    z.strictObject({ change: z.literal('detachResourceControlPolicy'), name, target }),
  ],
  { error: ({ code }) => (code === 'invalid_union' ? `expected one of ${changeWords()}` : 'expected an object') },
);

// Each may change what everybody may do, and a file of more is no rehearsal of one step any more.
const CHANGES_MAX = 100;

/** What a rehearsal is asked: the changes, made one after the other. */
export const changesSchema = z.strictObject(
  {
    changes: z
      .array(changeSchema, { error: 'expected a list of changes' })
      .min(1, { error: 'expected at least one change' })
      .max(CHANGES_MAX, { error: `expected at most ${CHANGES_MAX} changes` }),
  },
  { error: ({ code }) => (code === 'unrecognized_keys' ? undefined : 'expected an object with `changes`, a list') },
);

export type Change = z.output<typeof changeSchema>;
type ChangeWord = Change['change'];

function changeWords(): string {
  return CHANGE_WORDS.map((word) => `\`${word}\``).join(', ');
}

const CHANGE_WORDS: readonly ChangeWord[] = [
  'putManagedPolicy',
  'deleteManagedPolicy',
  'attachManagedPolicy',
  'detachManagedPolicy',
  'putInlinePolicy',
  'deleteInlinePolicy',
  'putPermissionsBoundary',
  'deletePermissionsBoundary',
  'setRepositoryPolicy',
  'deleteRepositoryPolicy',
  'putRegistryPolicy',
  'deleteRegistryPolicy',
  'putServiceControlPolicy',
  'deleteServiceControlPolicy',
  'attachServiceControlPolicy',
  'detachServiceControlPolicy',
  'putResourceControlPolicy',
  'deleteResourceControlPolicy',
  'attachResourceControlPolicy',
  'detachResourceControlPolicy',
];
