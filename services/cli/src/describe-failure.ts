import { SnapshotFormatError } from '@ecr-audit/access';
import { ApiError } from '@ecr-audit/api';
import { AwsError, type AwsErrorCode } from '@ecr-audit/aws';
import { CollectorError } from '@ecr-audit/collector';
import { JobsError } from '@ecr-audit/jobs';
import { ConfigurationError, redact } from '@ecr-audit/runtime';
import { StoreError, type StoreErrorCode } from '@ecr-audit/store';
import { CliError } from './errors.ts';
import { exitCodes, type ExitCode } from './exit-codes.ts';

export interface Failure {
  readonly message: string;
  readonly exitCode: ExitCode;
}

/** What went wrong, for the person at the terminal: one sentence, no stack trace, no secret. */
export function describeFailure(error: unknown, isDebug: boolean): Failure {
  const known = knownExitCode(error);
  const message = redact(error instanceof Error ? error.message : String(error));
  if (known !== null) {
    return { message, exitCode: known };
  }
  const detail = isDebug && error instanceof Error && error.stack !== undefined ? `\n${redact(error.stack)}` : '';
  const hint = isDebug ? '' : '; set `LOG_LEVEL=debug` to see where';
  return { message: `unexpected error: ${message}${hint}${detail}`, exitCode: exitCodes.unexpected };
}

function knownExitCode(error: unknown): ExitCode | null {
  if (error instanceof CliError) {
    return error.exitCode;
  }
  if (error instanceof CollectorError) {
    return exitCodes.badInput;
  }
  if (error instanceof SnapshotFormatError || error instanceof ConfigurationError || error instanceof ApiError) {
    return exitCodes.badInput;
  }
  if (error instanceof AwsError) {
    return unreachableAws.has(error.code) ? exitCodes.notReachable : exitCodes.badInput;
  }
  if (error instanceof StoreError) {
    return badInputOfStore.has(error.code)
      ? exitCodes.badInput
      : error.code === 'inconsistentEvaluation'
        ? null
        : exitCodes.notReachable;
  }
  return error instanceof JobsError
    ? error.code === 'queueSettingInvalid'
      ? exitCodes.badInput
      : exitCodes.notReachable
    : null;
}

const unreachableAws: ReadonlySet<AwsErrorCode> = new Set<AwsErrorCode>([
  'credentialsMissing',
  'credentialsExpired',
  'credentialsInvalid',
  'assumeRoleRefused',
  'endpointUnreachable',
  'callFailed',
]);

const badInputOfStore: ReadonlySet<StoreErrorCode> = new Set<StoreErrorCode>([
  'databaseUrlInvalid',
  'scanNotFound',
  'scanSuperseded',
  'invalidText',
  'partTooLarge',
]);
