/** What kind of failure an error of the SDK is. `notSdk` is an error of our own and must be thrown on. */
export type SdkFailure =
  | 'accessDenied'
  | 'throttled'
  | 'timeout'
  | 'expired'
  | 'invalidCredentials'
  | 'unreachable'
  | 'failed'
  | 'notSdk';

const accessDeniedNames = new Set([
  'AccessDenied',
  'AccessDeniedException',
  'AuthorizationError',
  'UnauthorizedOperation',
]);
const throttledNames = new Set([
  'Throttling',
  'ThrottlingException',
  'ThrottledException',
  'RequestThrottled',
  'RequestThrottledException',
  'RequestLimitExceeded',
  'TooManyRequestsException',
  'SlowDown',
]);
const timeoutNames = new Set(['TimeoutError', 'RequestTimeout', 'RequestTimeoutException']);
const expiredNames = new Set(['ExpiredToken', 'ExpiredTokenException', 'RequestExpired', 'TokenRefreshRequired']);
const invalidNames = new Set([
  'InvalidClientTokenId',
  'UnrecognizedClientException',
  'InvalidAccessKeyId',
  'InvalidToken',
  'SignatureDoesNotMatch',
  'InvalidSignatureException',
  'IncompleteSignature',
  'IncompleteSignatureException',
  'MissingAuthenticationToken',
  'MissingAuthenticationTokenException',
  'AuthFailure',
  'NotAuthorized',
]);
const networkCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EPIPE',
  'EPROTO',
  'ERR_INVALID_URL',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

/** Sorts an error that an SDK call threw. Errors are sorted by name, because throttling comes as HTTP 400 too. */
export function sdkFailureOf(error: unknown): SdkFailure {
  const name = sdkErrorName(error);
  if (accessDeniedNames.has(name)) {
    return 'accessDenied';
  }
  if (throttledNames.has(name)) {
    return 'throttled';
  }
  if (expiredNames.has(name)) {
    return 'expired';
  }
  if (invalidNames.has(name)) {
    return 'invalidCredentials';
  }
  // The code comes first: the SDK calls a connection that was cut a TimeoutError too.
  const code = property(error, 'code');
  if (typeof code === 'string' && networkCodes.has(code)) {
    return 'unreachable';
  }
  if (timeoutNames.has(name) || code === 'ETIMEDOUT') {
    return 'timeout';
  }
  return property(error, '$metadata') === undefined ? 'notSdk' : 'failed';
}

/** Whether the same call may succeed a minute later: it was throttled, AWS failed, or nobody answered. */
export function isPassing(error: unknown): boolean {
  const status: unknown = property(property(error, '$metadata'), 'httpStatusCode');
  return (
    ['throttled', 'timeout', 'unreachable'].includes(sdkFailureOf(error)) ||
    (typeof status === 'number' && status >= 500)
  );
}

/** Gives the error's name as AWS spells it, or an empty string. */
export function sdkErrorName(error: unknown): string {
  const name = property(error, 'name');
  return typeof name === 'string' ? name : '';
}

function property(error: unknown, key: string): unknown {
  return typeof error === 'object' && error !== null ? Reflect.get(error, key) : undefined;
}
