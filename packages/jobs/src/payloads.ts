import { z } from 'zod';

/**
 * The queues and what their jobs carry. A payload holds ids, names of regions and times, never data: data passes
 * through Postgres, so that a queue can be lost or read by an operator without losing or showing anything.
 */
export const queueNames = ['scan', 'collect', 'activity', 'evaluate', 'maintenance'] as const;
export type QueueName = (typeof queueNames)[number];

const accountId = z.string().regex(/^\d{12}$/, 'expected 12 digits');
const region = z.string().regex(/^[a-z]{2,4}(-[a-z]{2,12}){1,3}-\d{1,2}$/, 'expected a region such as `eu-west-1`');

/** What a schedule or a person asks for: a scan, a look for new events, or a look at what IAM says was used. */
export const scanPayloadSchema = z.strictObject({
  source: z.enum(['access', 'activity', 'lastAccessed']),
  /** Names the history that the work belongs to: `organization:o-1`, `account:111122223333`. */
  targetKey: z.string().min(1).max(8_000),
  /** Null in a scheduled job: the id then follows from the target and the time slot. */
  scanId: z.uuid().nullable(),
  /** Length of the schedule's interval, null when a cron expression or a person gives the time. */
  everyMs: z.int().positive().nullable(),
});

/** What a scan reads of one account, or of the organization. Which steps are left of it is kept in Postgres. */
export const collectPayloadSchema = z.strictObject({
  scanId: z.uuid(),
  /** Null for the organization. */
  accountId: accountId.nullable(),
});

export const activityPayloadSchema = z.discriminatedUnion('source', [
  z.strictObject({
    source: z.literal('activity'),
    accountId,
    region,
    // The organization's changes are recorded in its management account only.
    isManagementAccount: z.boolean(),
    // The home region of IAM is looked at even where no registry of it is read.
    isEcrRead: z.boolean(),
  }),
  z.strictObject({ source: z.literal('lastAccessed'), accountId }),
]);

export const evaluatePayloadSchema = z.strictObject({ scanId: z.uuid() });
export const maintenancePayloadSchema = z.strictObject({});

export type ScanPayload = z.infer<typeof scanPayloadSchema>;
export type CollectPayload = z.infer<typeof collectPayloadSchema>;
export type ActivityPayload = z.infer<typeof activityPayloadSchema>;
export type EvaluatePayload = z.infer<typeof evaluatePayloadSchema>;
