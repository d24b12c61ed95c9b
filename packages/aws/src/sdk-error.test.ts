import { expect, test } from 'vitest';

import { sdkFailureOf } from './sdk-error.ts';

function sdkError(name: string, members: object = { $metadata: {} }): Error {
  return Object.assign(new Error('refused'), { name }, members);
}

test.each([
  [sdkError('AccessDenied'), 'accessDenied'],
  [sdkError('AccessDeniedException'), 'accessDenied'],
  [sdkError('Throttling'), 'throttled'],
  [sdkError('ThrottlingException'), 'throttled'],
  [sdkError('ExpiredToken'), 'expired'],
  [sdkError('ExpiredTokenException'), 'expired'],
  [sdkError('UnrecognizedClientException'), 'invalidCredentials'],
  [sdkError('SignatureDoesNotMatch'), 'invalidCredentials'],
  [sdkError('TimeoutError'), 'timeout'],
  [sdkError('TimeoutError', { code: 'ECONNRESET' }), 'unreachable'],
  [sdkError('Error', { code: 'ENOTFOUND' }), 'unreachable'],
  [sdkError('ServerException'), 'failed'],
  [new TypeError('a bug of ours'), 'notSdk'],
  ['thrown text', 'notSdk'],
  [null, 'notSdk'],
])('%s is sorted as %s', (error, expected) => {
  expect(sdkFailureOf(error)).toBe(expected);
});
