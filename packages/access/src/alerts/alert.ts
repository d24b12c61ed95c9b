import { z } from 'zod';
import { SEVERITIES } from '../findings/finding.ts';

const severity = z.enum(SEVERITIES);

/** Who changed what, as far as it is known, in words for people. */
const causeSchema = z.object({
  /** The same for everything that one change brought about. */
  eventId: z.string(),
  eventName: z.string(),
  actor: z.string(),
  sourceAddress: z.string().nullable(),
  time: z.string(),
});

const alertedFindingSchema = z.object({
  fingerprint: z.string(),
  ruleId: z.string(),
  severity,
  accountId: z.string().nullable(),
  region: z.string().nullable(),
  resource: z.string(),
  principal: z.string().nullable(),
  title: z.string(),
  what: z.string(),
  why: z.string(),
  remedy: z.string(),
  /** The deciding statements. */
  reasons: z.array(
    z.object({ effect: z.enum(['Allow', 'Deny']), statement: z.string(), policy: z.string(), via: z.string() }),
  ),
  doubts: z.array(z.string()),
});

/** One message to people. It names all that it is about: what a sink has no room for, the sink counts. */
export const alertSchema = z.object({
  /** The same for the same findings of the same gravity: by it a reader knows a message that comes twice. */
  key: z.string(),
  /** `change`: of one cause or one rule; `burst`: of several, as they came too many; `summary`: what the first scan found. */
  form: z.enum(['change', 'burst', 'digest', 'summary']),
  severity,
  /** Where it is said; null leaves that to the sink. */
  channel: z.string().nullable(),
  /** ISO time, UTC; null is at once. */
  notBefore: z.string().nullable(),
  title: z.string(),
  cause: causeSchema.nullable(),
  /** In words, what remains as explanation where no call made it; null where the cause is known, or nothing is. */
  explanation: z.string().nullable().default(null),
  link: z.string().nullable(),
  /** The gravest first. */
  findings: z.array(alertedFindingSchema),
});

export type Alert = z.output<typeof alertSchema>;
export type AlertCause = z.output<typeof causeSchema>;
export type AlertedFinding = z.output<typeof alertedFindingSchema>;
