import { z } from 'zod';

/**
 * The queues and what their jobs carry. A payload holds ids, names of regions and times, never data: data passes
 * through Postgres, so that a queue can be lost or read by an operator without losing or showing anything.
 */
export const queueNames = ['scan', 'collect', 'evaluate'] as const;
export type QueueName = (typeof queueNames)[number];

const accountId = z.string().regex(/^\d{12}$/, 'expected 12 digits');
const region = z.string().regex(/^[a-z]{2,4}(-[a-z]{2,12}){1,3}-\d{1,2}$/, 'expected a region such as `eu-west-1`');
const time = z.iso.datetime({ offset: true });

export const scanTargetSchema = z.strictObject({
  /** Names the history that the scan belongs to: `account:111122223333`. */
  key: z.string().min(1).max(200),
  accountId,
  partition: z.string().min(1).max(20),
  regions: z.array(region).min(1).max(100),
});

/** What is scanned again and again. */
export type ScanTarget = z.infer<typeof scanTargetSchema>;

export const scanPayloadSchema = z.strictObject({
  target: scanTargetSchema,
  /** Null in a scheduled job: the id then follows from the target and the time slot. */
  scanId: z.uuid().nullable(),
  /** Length of the schedule's interval, null when a cron expression or a person gives the time. */
  everyMs: z.int().positive().nullable(),
});

const step = { scanId: z.uuid(), accountId };
export const collectPayloadSchema = z.discriminatedUnion('step', [
  z.strictObject({ step: z.literal('iam'), ...step }),
  z.strictObject({ step: z.literal('ecr'), ...step, region }),
  z.strictObject({
    step: z.literal('cloudtrail'),
    ...step,
    region,
    // The window is frozen when the scan starts, so that a repeated job asks AWS the same question.
    windowStart: time,
    windowEnd: time,
    // IAM's changes are recorded in the home region only, which may hold no registry that is read.
    isHomeRegion: z.boolean(),
    isEcrRead: z.boolean(),
  }),
]);

export const evaluatePayloadSchema = z.strictObject({ scanId: z.uuid() });

export type ScanPayload = z.infer<typeof scanPayloadSchema>;
export type CollectPayload = z.infer<typeof collectPayloadSchema>;
export type EvaluatePayload = z.infer<typeof evaluatePayloadSchema>;
