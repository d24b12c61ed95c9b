/** Every error code of the collector, with the sentence that explains it. The README lists the same codes. */
export const collectorErrorCodes = {
  accountMismatch: 'a job asks for another account than the credentials of this collector belong to',
  targetNotSetUp: 'a scan was asked for of a target that no collector is configured for',
  organizationUnknown: 'the organization of the credentials cannot be told, so its scans have no name',
} as const;

export type CollectorErrorCode = keyof typeof collectorErrorCodes;

export class CollectorError extends Error {
  readonly code: CollectorErrorCode;
  readonly retryable = false;

  constructor(code: CollectorErrorCode, message: string) {
    super(message);
    this.name = 'CollectorError';
    this.code = code;
  }
}
