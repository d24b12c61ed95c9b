import { type ActivityHole, EVERY_EVENT, EVERY_WRITE, missingFrom, type ObservedInterval } from '@ecr-audit/access';

const minuteMs = 60_000;
// CloudTrail delivers an event within about fifteen minutes, in files of every five.
// https://docs.aws.amazon.com/awscloudtrail/latest/userguide/how-cloudtrail-works.html
const settleMs = 15 * minuteMs;
const fileMs = 5 * minuteMs;
// Where nothing happens there is no file. A region that is audited has a call of ours several times a day, so a longer
// silence is taken for missing files rather than for quiet.
const silenceMsMax = 24 * 60 * minuteMs;

/** A log file of one account and region, as far as it tells what was seen. */
export interface SeenFile {
  readonly deliveredAtMs: number;
  readonly isBroken: boolean;
}

/**
 * What the files of an account and region show to have been seen, and what is missing among them.
 *
 * Seen is from the first file of a row without a long silence to a quarter of an hour before its last. Files without any
 * event that reads may be those of a trail that leaves reads out, so they show writes only.
 */
export function logFileWindows(
  place: { readonly accountId: string; readonly region: string },
  files: readonly SeenFile[],
  { hasReads }: { readonly hasReads: boolean },
): { readonly observed: readonly ObservedInterval[]; readonly holes: readonly ActivityHole[] } {
  const sorted = files.toSorted((left, right) => left.deliveredAtMs - right.deliveredAtMs);
  const eventName = hasReads ? EVERY_EVENT : EVERY_WRITE;
  const broken = sorted
    .filter(({ isBroken }) => isBroken)
    .map(({ deliveredAtMs }) => ({ fromMs: deliveredAtMs - settleMs - fileMs, untilMs: deliveredAtMs }));
  const observed: ObservedInterval[] = [];
  const missing: ObservedInterval[] = [];
  let fromMs: number | null = null;
  for (const [index, { deliveredAtMs }] of sorted.entries()) {
    fromMs ??= deliveredAtMs;
    const next = sorted[index + 1];
    if (next !== undefined && next.deliveredAtMs - deliveredAtMs <= silenceMsMax) {
      continue;
    }
    const untilMs = deliveredAtMs - settleMs;
    if (untilMs > fromMs) {
      observed.push(
        ...missingFrom({ fromMs, untilMs }, broken).map((interval) => ({ ...place, ...interval, eventName })),
      );
    }
    if (next !== undefined) {
      missing.push({ ...place, eventName, fromMs: Math.max(untilMs, fromMs), untilMs: next.deliveredAtMs });
    }
    fromMs = null;
  }
  return {
    observed,
    holes: [
      ...broken.map((interval) => ({
        ...place,
        ...interval,
        eventName,
        reason: 'fileBroken' as const,
        message: 'a log file of this time could not be read to its end',
      })),
      ...missing.map((interval) => ({
        ...interval,
        reason: 'fileMissing' as const,
        message: 'there is no log file of more than a day',
      })),
      ...(hasReads ? [] : observed).map((interval) => ({
        ...interval,
        eventName: EVERY_EVENT,
        reason: 'writesOnly' as const,
        message: 'the log files hold no event that reads: the trail may leave them out',
      })),
    ],
  };
}
