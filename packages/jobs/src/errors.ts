/** Every error code of this package, with the sentence that explains it. The README lists the same codes. */
export const jobsErrorCodes = {
  queueUnreachable: 'the server that keeps the queues does not answer or refuses the connection',
  queueSettingInvalid: 'a setting of the queues cannot be used as it is written',
  jobTimedOut: 'one try of a job took longer than its queue allows',
  jobPayloadInvalid: 'a job carries a payload that this version does not understand',
} as const;

export type JobsErrorCode = keyof typeof jobsErrorCodes;

/** A failure of the queues. `retryable` says whether the same call may succeed later without a change by a person. */
export class JobsError extends Error {
  readonly code: JobsErrorCode;
  readonly retryable: boolean;

  constructor(code: JobsErrorCode, message: string, options: { retryable: boolean; cause?: unknown }) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'JobsError';
    this.code = code;
    this.retryable = options.retryable;
  }
}
