import { z } from '@hono/zod-openapi';
import type { PrincipalKind } from '@ecr-audit/access';
import { text, timeSchema, word } from './text.ts';

const kinds = [
  'user',
  'role',
  'session',
  'federatedUser',
  'root',
  'service',
  'external',
] as const satisfies PrincipalKind[];

export const principalKindSchema = word(kinds).openapi('PrincipalKind');

const idLengthMax = 2048;
const idExpected =
  'expected a principal id, URL-encoded: a unique id of AWS (`AROA...`, `AIDA...`), `root:ACCOUNT`, `service:NAME` or `external:ARN`, as `GET /v1/principals` lists it';

export const principalIdSchema = text(idLengthMax, idExpected.replace('expected ', ''))
  .regex(/^(?:A[A-Z0-9]{3,127}(?::.+)?|(?:root|service|external):.+)$/su, { error: idExpected })
  .openapi({ example: 'AROAEXAMPLEROLEID01' });

const refFields = {
  id: z.string(),
  arn: z.string(),
  kind: principalKindSchema,
  accountId: z.string().nullable().openapi({ description: 'Null for AWS services and for anyone at all.' }),
  name: z.string(),
};

export const principalRefSchema = z.object(refFields).openapi('PrincipalRef');

// Fields again, not `.extend`: of a named schema that makes an `allOf`, which generators of clients read in many ways.
export const principalSchema = z
  .object({
    ...refFields,
    firstSeenAt: timeSchema.openapi({ description: 'Time of the first snapshot that shows it.' }),
    goneSince: timeSchema.nullable().openapi({
      description: 'Time of the first snapshot that could have shown it and did not; null while it exists.',
    }),
  })
  .openapi('Principal');
