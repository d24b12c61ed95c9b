import { UnrecoverableError } from 'bullmq';
import { JobsError } from './errors.ts';
import { scanIdOf } from './job-ids.ts';
import {
  activityPayloadSchema,
  collectPayloadSchema,
  evaluatePayloadSchema,
  maintenancePayloadSchema,
  scanPayloadSchema,
  type ActivityPayload,
  type CollectPayload,
  type EvaluatePayload,
  type QueueName,
  type ScanPayload,
} from './payloads.ts';

/** What a handler is given, per queue. */
export interface Work {
  readonly scan: {
    readonly source: ScanPayload['source'];
    readonly targetKey: string;
    readonly scanId: string;
    /** True where the time came, false where a person asked. */
    readonly isScheduled: boolean;
  };
  readonly collect: CollectPayload;
  readonly activity: ActivityPayload;
  readonly evaluate: EvaluatePayload;
  readonly maintenance: Readonly<Record<string, never>>;
}

const readers: { readonly [Name in QueueName]: (data: unknown, jobId: string) => Work[Name] } = {
  scan: (data, jobId) => {
    const payload = scanPayloadSchema.parse(data);
    const { source, targetKey } = payload;
    return { source, targetKey, scanId: scanIdOf(payload, jobId), isScheduled: payload.scanId === null };
  },
  collect: (data) => collectPayloadSchema.parse(data),
  activity: (data) => activityPayloadSchema.parse(data),
  evaluate: (data) => evaluatePayloadSchema.parse(data),
  maintenance: (data) => maintenancePayloadSchema.parse(data),
};

/** Reads what a job asks for. A payload of another version is an error that no other try would mend. */
export function readWork<Name extends QueueName>(
  queue: Name,
  job: { readonly id: string; readonly data: unknown },
): Work[Name] {
  try {
    return readers[queue](job.data, job.id);
  } catch (cause) {
    const error = new JobsError(
      'jobPayloadInvalid',
      `cannot read the payload of job \`${job.id}\`: it was made by another version; let that version finish its jobs first`,
      { retryable: false, cause },
    );
    throw new UnrecoverableError(error.message);
  }
}
