import { z } from '@hono/zod-openapi';
import { FINDING_STATUSES, SEVERITIES, findingSchema } from '@ecr-audit/access';
import type { KeptFinding, RecordedFindingChange } from '@ecr-audit/store';
import { timeSchema } from './text.ts';

const fingerprintExpected = 'expected the fingerprint of a finding, 64 of the digits 0 to 9 and a to f';

export const fingerprintSchema = z
  .string({ error: fingerprintExpected })
  .regex(/^[0-9a-f]{64}$/, { error: fingerprintExpected })
  .openapi({ example: '3f1c9d0e5b7a4c218f6d3e2a1b0c9d8e7f6a5b4c3d2e1f0a9b8c7d6e5f4a3b2c' });

export const severitySchema = z.enum(SEVERITIES).openapi('Severity', { description: 'The gravest first.' });
export const statusSchema = z.enum(FINDING_STATUSES).openapi('FindingStatus', {
  description: '`archived`: somebody approved it, until the exception ends or the access outgrows it.',
});

export const findingStateSchema = z
  .object({
    ...findingSchema.shape,
    // Here again, because the library takes what `exactOptional` makes for a field that is always there.
    scope: z.object({
      ...findingSchema.shape.scope.shape,
      principals: z.array(z.string()).optional(),
      toCome: z.array(z.string()).optional(),
    }),
    status: statusSchema,
    openedAt: timeSchema,
    changedAt: timeSchema.openapi({ description: 'When its severity or scope became what they are.' }),
    resolvedAt: timeSchema.nullable(),
    reopenedAt: timeSchema.nullable(),
    acknowledged: z.object({ by: z.string(), at: timeSchema }).nullable(),
    exceptionId: z.uuid().nullable(),
    unseen: z.string().nullable().openapi({
      description: 'Why a scan that does not show it did not resolve it: what could not be read.',
    }),
  })
  .openapi('Finding');

/** A finding as answers tell it: what was found, and what became of it. */
export function findingBody({ finding, id: _id, ...state }: KeptFinding): z.output<typeof findingStateSchema> {
  return { ...mutable(finding), ...state };
}

const causeSchema = z
  .object({
    cause: z
      .object({
        eventId: z.string(),
        eventName: z.string(),
        actor: z.string(),
        sourceAddress: z.string().nullable(),
        time: z.string(),
      })
      .nullable(),
    explanation: z.string().nullable(),
  })
  .openapi('FindingCause', {
    description: 'The call that made it, or what remains as explanation where none was seen.',
  });
// Not `.nullable()`: of a named schema that may make every use of the name one that can be null.
const causeOrNullSchema = z.union([causeSchema, z.null()]);

export const findingChangeSchema = z
  .object({
    at: timeSchema,
    kind: z.enum(['opened', 'changed', 'resolved', 'reopened', 'archived', 'acknowledged']),
    by: z.string().nullable().openapi({ description: 'Null for a scan.' }),
    why: z.string().nullable(),
    severity: severitySchema,
    scanId: z.uuid().nullable(),
    cause: causeOrNullSchema,
  })
  .openapi('FindingChange');

export function changeBody(change: RecordedFindingChange): z.output<typeof findingChangeSchema> {
  const { at, kind, by, why, severity, scanId, cause } = change;
  return { at, kind, by, why, severity, scanId, cause: causeOrNullSchema.catch(null).parse(cause) };
}

export const exceptionOfSchema = z
  .object({ approvedBy: z.string(), reason: z.string(), until: timeSchema })
  .nullable()
  .openapi({ description: 'What archives it.' });

type Finding = KeptFinding['finding'];

function mutable(finding: Finding): z.output<typeof findingSchema> {
  return findingSchema.parse(finding);
}
