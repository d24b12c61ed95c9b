/** Every error code of this package, with the sentence that the README repeats. */
export const storeErrorCodes = {
  databaseUrlInvalid: 'the database URL is not written as Postgres writes it',
  databaseUnreachable: 'the database of `DATABASE_URL` did not answer, or refused the connection',
  databaseTooOld: 'the server is older than Postgres 15',
  migrationChanged: 'a migration that this database already has differs from the one shipped here',
  migrationUnknown: 'the database was migrated by a newer version of ecr-audit',
  migrationOutOfOrder: 'a migration was added before one that this database already has',
  scanNotFound: 'there is no scan with this id',
  scanSuperseded: 'a newer scan of the same target was evaluated already',
  scanOvertaken: 'another scan of the target was written while this one was evaluated',
  exceptionPast: 'an exception ends before it begins',
  leaseLost: 'another worker took over what this one was working on',
  nothingToCarry: 'the other accounts cannot be taken over: the target has no scan that read them',
  invalidText: 'a value holds a zero byte or half a surrogate pair, or is too long for an index of Postgres',
  partTooLarge: 'a snapshot part is larger than the store accepts',
  inconsistentEvaluation:
    'the evaluation contradicts itself: two answers for one cell, or access of what it does not list',
  platformUnsupported: 'there is no embedded Postgres for this platform',
  dataDirectoryUnusable: 'the data directory cannot be written, or the server may not pass through it',
  dataDirectoryDamaged: 'the data directory holds something that is no database of this Postgres version',
  socketPathTooLong: 'no temporary directory is short enough for a Unix socket',
  embeddedPostgresFailed: 'the embedded Postgres did not start; its log says why',
} as const;

export type StoreErrorCode = keyof typeof storeErrorCodes;

/** An error of the store. `retryable` says that the same call may succeed later with nothing changed. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
  readonly code: StoreErrorCode;
  readonly retryable: boolean;

  constructor(
    code: StoreErrorCode,
    message: string,
    options: { readonly retryable?: boolean; readonly cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.retryable = options.retryable ?? false;
  }
}
