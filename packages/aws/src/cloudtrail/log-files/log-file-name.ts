import { isRegionName } from '../../regions.ts';

/** What the name of a log file says. */
export interface LogFileName {
  readonly name: string;
  readonly accountId: string;
  readonly region: string;
  readonly deliveredAtMs: number;
}

/**
 * Reads a name as CloudTrail gives it; null for every other file, digests and Insights among them.
 *
 * The folders are not asked: people copy parts of a bucket, and the name alone says whose events the file holds.
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-log-file-examples.html
 */
export function parseLogFileName(name: string): LogFileName | null {
  const match =
    /^(\d{12})_CloudTrail_([a-z0-9-]{1,40})_(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)Z_[A-Za-z0-9]{1,64}\.json(?:\.gz)?$/.exec(
      name,
    );
  if (match === null) {
    return null;
  }
  const [, accountId = '', region = '', year, month, day, hour, minute] = match;
  const time = `${year}-${month}-${day}T${hour}:${minute}:00.000Z`;
  const deliveredAtMs = Date.parse(time);
  const isReal = !Number.isNaN(deliveredAtMs) && new Date(deliveredAtMs).toISOString() === time;
  return isReal && isRegionName(region) ? { name, accountId, region, deliveredAtMs } : null;
}
