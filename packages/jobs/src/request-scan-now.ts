import { scanJobId } from './job-ids.ts';
import type { Queues } from './open-queues.ts';
import { scanPayloadSchema, type ScanTarget } from './payloads.ts';
import { attemptsMax, keepCompleted, keepFailed } from './timing.ts';

/** Asks for one scan, outside of any schedule. The same `scanId` (a UUID) again asks for nothing more. */
export async function requestScanNow(
  queues: Queues,
  options: { readonly target: ScanTarget; readonly scanId: string },
): Promise<void> {
  const data = scanPayloadSchema.parse({ ...options, everyMs: null });
  await queues.backend.add({
    queue: 'scan',
    name: 'scan',
    data,
    options: {
      jobId: scanJobId(options.scanId),
      attempts: attemptsMax.scan,
      backoff: { type: 'exponential', delay: queues.timing.backoffMs },
      removeOnComplete: keepCompleted,
      removeOnFail: keepFailed,
    },
  });
}
