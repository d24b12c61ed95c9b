import { activityRegions, activityWindowBefore, homeRegion } from '@ecr-audit/aws';
import type { CollectPayload, ScanTarget } from '@ecr-audit/jobs';

/**
 * Lists the collect steps of a scan: IAM, then ECR of every region, then CloudTrail, which takes longest.
 *
 * The activity window follows from `takenAt` (ISO time), so that a step that runs again asks for the same events.
 */
export function planSteps(options: {
  readonly scanId: string;
  readonly target: ScanTarget;
  readonly takenAt: string;
}): readonly CollectPayload[] {
  const { scanId, target } = options;
  const { accountId, partition, regions } = target;
  const window = activityWindowBefore(new Date(options.takenAt));
  const windowStart = window.startTime.toISOString();
  const windowEnd = window.endTime.toISOString();
  return [
    { step: 'iam', scanId, accountId },
    ...regions.map((region): CollectPayload => ({ step: 'ecr', scanId, accountId, region })),
    ...activityRegions(regions, partition).map((region): CollectPayload => ({
      step: 'cloudtrail',
      scanId,
      accountId,
      region,
      windowStart,
      windowEnd,
      isHomeRegion: region === homeRegion(partition),
      isEcrRead: regions.includes(region),
    })),
  ];
}
