import { exitCodes, type ExitCode } from './exit-codes.ts';

/**
 * Every error code of the command, with the sentence that the README repeats.
 *
 * @internal exported for the test that holds the README to it
 */
export const cliErrorCodes = {
  optionInvalid: 'an option is missing, unknown or cannot be read',
  inputUnreadable: 'a file that was named cannot be read',
  noScan: 'the database holds no completed scan to answer from',
  findingNotFound: 'the database has no finding with this fingerprint',
  exceptionNotFound: 'the database has no exception in force with this id',
  requestRefused: 'the question of `explain` cannot be answered as it is put',
  scanFailed: 'the scan ended without a result',
} as const;

export type CliErrorCode = keyof typeof cliErrorCodes;

/** A mistake that the user can mend: shown as one sentence, without a stack trace. */
export class CliError extends Error {
  override readonly name = 'CliError';
  readonly code: CliErrorCode;
  readonly exitCode: ExitCode;

  constructor(code: CliErrorCode, message: string, options: { readonly cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.exitCode = exitCodes.badInput;
  }
}
