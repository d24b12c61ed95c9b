import type { ServiceName } from './wire/operation-schema.ts';

/** An error that the fake answers in the words of AWS. */
export class FakeError extends Error {
  readonly code: string;
  readonly status: number;

  constructor(code: string, message: string, status = 400) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

/** AWS spells the common errors differently in the two protocols. */
function spelled(service: ServiceName, query: [string, number], json: string): [string, number] {
  return service === 'iam' || service === 'sts' ? query : [json, 400];
}

export function accessDenied(at: {
  readonly service: ServiceName;
  readonly operation: string;
  readonly callerArn: string;
  readonly resource: string;
}): FakeError {
  const [code, status] = spelled(at.service, ['AccessDenied', 403], 'AccessDeniedException');
  return new FakeError(
    code,
    `User: ${at.callerArn} is not authorized to perform: ${at.service}:${at.operation} on resource: ${at.resource} because no identity-based policy allows the ${at.service}:${at.operation} action`,
    status,
  );
}

export function throttled(service: ServiceName): FakeError {
  if (service === 'organizations' || service === 'account') {
    // https://docs.aws.amazon.com/organizations/latest/APIReference/CommonErrors.html
    return new FakeError(
      'TooManyRequestsException',
      'You have sent too many requests in too short a period of time.',
      service === 'account' ? 429 : 400,
    );
  }
  const [code, status] = spelled(service, ['Throttling', 400], 'ThrottlingException');
  return new FakeError(code, 'Rate exceeded', status);
}

export function expiredToken(service: ServiceName): FakeError {
  const [code, status] = spelled(service, ['ExpiredToken', 403], 'ExpiredTokenException');
  return new FakeError(code, 'The security token included in the request is expired', status);
}

export function invalidKey(service: ServiceName): FakeError {
  const [code, status] = spelled(service, ['InvalidClientTokenId', 403], 'UnrecognizedClientException');
  return new FakeError(code, 'The security token included in the request is invalid', status);
}

export function internalFailure(): FakeError {
  return new FakeError('InternalFailure', 'The request processing has failed because of an unknown error.', 500);
}

export function repositoryNotFound(name: string, accountId: string): FakeError {
  return new FakeError(
    'RepositoryNotFoundException',
    `The repository with name '${name}' does not exist in the registry with id '${accountId}'`,
  );
}
