import { createHash } from 'node:crypto';
import type { ActivityPayload, CollectPayload, ScanPayload } from './payloads.ts';

// BullMQ refuses `:` in ids that are given to it, so the parts are joined by `.`.
const separator = '.';

/** The id of the job that starts a scan. */
export function scanJobId(scanId: string): string {
  return ['scan', scanId].join(separator);
}

/** The id of one collect job: the same account of the same scan is the same job, however often it is asked for. */
export function collectJobId(payload: CollectPayload): string {
  return ['collect', payload.scanId, payload.accountId ?? 'organization'].join(separator);
}

/** The id of the job that looks at one place, whoever asks: while it waits or runs, another look there is the same. */
export function activityJobId(payload: ActivityPayload): string {
  const place = payload.source === 'activity' ? [payload.accountId, payload.region] : [payload.accountId];
  return [payload.source, ...place].join(separator);
}

/** The id of the job that evaluates a scan. */
export function evaluateJobId(scanId: string): string {
  return ['evaluate', scanId].join(separator);
}

/** The id of the schedule of a source of a target, null for all of them. */
export function scheduleId(source: string, targetKey: string | null): string {
  return ['schedule', source, hashOf(targetKey ?? '').slice(0, 24)].join(separator);
}

/**
 * The scan that a job of the scan queue stands for.
 *
 * A scheduled job names its time slot at the end of its id (`repeat:SCHEDULE:MILLISECONDS`). An interval is cut into
 * slots of its own length, counted from 1970, so that a scheduler that is set up again in the same slot (a second
 * collector, a restart) asks for the scan that exists already.
 */
export function scanIdOf(payload: ScanPayload, jobId: string): string {
  if (payload.scanId !== null) {
    return payload.scanId;
  }
  const slotMs = Number(jobId.slice(jobId.lastIndexOf(':') + 1));
  if (!Number.isSafeInteger(slotMs)) {
    return uuidOf(`${payload.targetKey} ${jobId}`);
  }
  const slot = payload.everyMs === null ? slotMs : Math.floor(slotMs / payload.everyMs);
  return uuidOf(`${payload.targetKey} ${payload.everyMs ?? 'cron'} ${slot}`);
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** A UUID of version 8 (RFC 9562, section 5.8: made from a name by a rule of one's own). */
function uuidOf(name: string): string {
  const hex = hashOf(name);
  const variant = ((Number.parseInt(hex.slice(16, 17), 16) & 0x3) | 0x8).toString(16);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}
