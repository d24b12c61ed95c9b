import { z } from '@hono/zod-openapi';
import type { AsOf, Period, ScanTimes } from '@ecr-audit/store';
import { timeSchema } from './text.ts';
import { timeQuery } from './time-query.ts';

const periodFields = {
  from: timeSchema,
  until: timeSchema.nullable().openapi({ description: 'Null while it is so.' }),
};

/** Since when until when an answer holds, in both times. */
export const validitySchema = z
  .object({
    valid: z.object(periodFields).openapi({
      description:
        'Snapshot times: from the first one that shows this decision under this condition, until the first one that does not.',
    }),
    known: z.object(periodFields).openapi({ description: 'When that was known: when these two scans were evaluated.' }),
    isUnreadAfter: z.boolean().openapi({
      description: 'Whether it ends only because nobody could read it any more, so that it may have gone on.',
    }),
    unread: z.array(z.object({ from: timeSchema, until: timeSchema })).openapi({
      description:
        'Stretches in between that nobody could read, with the same answer before and after. Snapshot times.',
    }),
  })
  .openapi('Validity');

const subjectStates = ['there', 'notYetSeen', 'gone'] as const;

/** What an answer about a time says of it. */
export const answerTimeSchema = z
  .object({
    at: timeSchema.openapi({ description: 'The time that was asked about.' }),
    valid: z.object(periodFields).openapi({
      description:
        'Snapshot times of the scan that the answer describes and of the next one of the target, which is null where there is none yet. What changed in between shows in the next one only.',
    }),
    known: z.object(periodFields).openapi({ description: 'When these two scans were evaluated.' }),
    nextScanId: z.string().nullable(),
    subject: z.enum(subjectStates).openapi({
      description: 'Whether the scan knew the repository or principal. Of one that was not there nothing is listed.',
    }),
  })
  .openapi('AnswerTime', { description: 'Of an answer to a question with `at`.' });

export const atQuery = timeQuery(
  'As it was then: of the last scan that was taken no later. Entries say how long they held.',
);

/** What an answer says of the time that it was asked about. */
export function answerTimeBody(
  at: string,
  { scan, next }: ScanTimes,
  subject: { readonly firstSeenAt: string; readonly goneSince: string | null },
): z.output<typeof answerTimeSchema> {
  return {
    at,
    valid: period(scan.takenAt, next?.takenAt),
    known: period(scan.completedAt, next?.completedAt),
    nextScanId: next?.scanId ?? null,
    subject: subjectAt(subject, scan.takenAt),
  };
}

function period(from: string, until: string | undefined): Period {
  return { from, until: until ?? null };
}

function subjectAt(
  { firstSeenAt, goneSince }: { readonly firstSeenAt: string; readonly goneSince: string | null },
  takenAt: AsOf['takenAt'],
): (typeof subjectStates)[number] {
  if (firstSeenAt > takenAt) {
    return 'notYetSeen';
  }
  return goneSince !== null && goneSince <= takenAt ? 'gone' : 'there';
}
