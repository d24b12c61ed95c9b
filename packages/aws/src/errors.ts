/** Every code of an {@link AwsError}, with one sentence each; the README carries the same list. */
export const awsErrorCodes = {
  regionMissing: 'no region was named, and neither the environment nor the profile names one',
  regionInvalid: 'a region name is not written as AWS writes it',
  roleNameInvalid: 'the name of the auditor role is not written as IAM takes it',
  profileUnknown: 'the named profile does not exist or cannot give credentials',
  credentialsMissing: 'the default provider chain found no credentials',
  credentialsExpired: 'the session token has expired',
  credentialsInvalid: 'AWS does not accept the credentials',
  assumeRoleRefused: 'AWS refused AssumeRole for the auditor role',
  endpointUnreachable: 'the AWS endpoint could not be reached',
  callFailed: 'a call that everything else rests on failed',
  organizationUnreadable: 'AWS Organizations tells no account, and none was named',
  selectionUnmatched: 'the selection names an account or unit that is not there',
  snapshotDirectoryMissing: 'the snapshot directory does not exist or is not a directory',
  notASnapshot: 'the directory holds no snapshot.json',
  snapshotFileUnreadable: 'a file of the snapshot cannot be read',
  snapshotFileTooLarge: 'a file of the snapshot is larger than the bound',
  snapshotDirectoryOccupied: 'the target directory holds files that are not a snapshot',
  snapshotWriteFailed: 'the snapshot could not be written',
  logDirectoryUnreadable: 'the directory of CloudTrail log files cannot be read',
} as const;

export type AwsErrorCode = keyof typeof awsErrorCodes;

export interface AwsErrorOptions {
  /** True when the same call may succeed later without anybody doing anything. */
  readonly retryable?: boolean;
  readonly cause?: unknown;
}

/** A failure that ends the collection. Its message names the remedy and never holds a secret. */
export class AwsError extends Error {
  readonly code: AwsErrorCode;
  readonly retryable: boolean;

  constructor(code: AwsErrorCode, message: string, options: AwsErrorOptions = {}) {
    super(message, options.cause === undefined ? {} : { cause: options.cause });
    this.name = 'AwsError';
    this.code = code;
    this.retryable = options.retryable ?? false;
  }
}
