/** Every code of this service with its sentence and, where a request can meet it, its HTTP status. The README repeats them. */
export const apiErrorCodes = {
  invalidRequest: { status: 400, title: 'a parameter, a cursor or the body is not what was expected' },
  requestUnreadable: { status: 400, title: 'the request is no HTTP that can be read' },
  credentialMissing: { status: 401, title: 'the request carries no credential' },
  credentialInvalid: { status: 401, title: 'the credential is not valid' },
  credentialExpired: { status: 401, title: 'the credential is expired' },
  scopeInsufficient: { status: 403, title: 'the credential does not have the scope that the route needs' },
  accountNotAllowed: { status: 403, title: 'the credential is limited to accounts, and the request goes beyond them' },
  requestNotLocal: { status: 403, title: 'the service has no login, and the request does not come from this machine' },
  routeNotFound: { status: 404, title: 'there is no such route' },
  noCompletedScan: { status: 404, title: 'no scan has been completed yet, so there is nothing to answer from' },
  targetNotFound: { status: 404, title: 'no scan knows this target' },
  scanNotFound: { status: 404, title: 'there is no scan with this id' },
  timeBeforeFirstScan: { status: 404, title: 'the target had not been scanned yet at this time' },
  accountNotFound: { status: 404, title: 'the target has no such account' },
  repositoryNotFound: { status: 404, title: 'the target has no repository with this id' },
  principalNotFound: { status: 404, title: 'the target has no principal with this id' },
  findingNotFound: { status: 404, title: 'the target has no finding with this fingerprint' },
  exceptionNotFound: { status: 404, title: 'there is no exception in force with this id' },
  alertNotFound: { status: 404, title: 'there is no message with this id' },
  notAcceptable: { status: 406, title: 'the answer cannot be had in any of the formats that `Accept` names' },
  methodNotAllowed: { status: 405, title: 'the route does not take this method' },
  requestTooSlow: { status: 408, title: 'the request did not arrive in time' },
  scanNotCompleted: { status: 409, title: 'the scan is not completed' },
  snapshotNotKept: { status: 409, title: 'the snapshot of the scan is not in the database' },
  scanRefused: { status: 409, title: 'the scan that was asked for cannot be made' },
  bodyTooLarge: { status: 413, title: 'the body is larger than the service reads' },
  queryTooLong: { status: 414, title: 'the query is longer than the service reads' },
  unsupportedMediaType: { status: 415, title: 'the body is not JSON' },
  questionRefused: { status: 422, title: 'the question cannot be answered as it was asked' },
  headersTooLarge: { status: 431, title: 'the path and the headers together are longer than the service reads' },
  tooManyRequests: { status: 429, title: 'the credential, or the address, sends too many requests' },
  internalError: { status: 500, title: 'something unexpected failed; the log has it under the request id' },
  tooBusy: { status: 503, title: 'so many long answers are under way that another would wait too long' },
  issuerUnavailable: { status: 503, title: 'the issuer of the credential cannot be asked for its keys' },
  databaseUnavailable: { status: 503, title: 'the database did not answer' },
  databaseNotMigrated: { status: 503, title: 'the schema of the database is not the one of this version' },
  portInUse: { status: null, title: 'another program listens on the port' },
  addressUnusable: { status: null, title: 'the service may not listen on the address' },
} as const satisfies Readonly<Record<string, { readonly status: number | null; readonly title: string }>>;

export type ApiErrorCode = keyof typeof apiErrorCodes;

/** The codes that an answer may carry. */
export type ProblemCode = {
  [Code in ApiErrorCode]: (typeof apiErrorCodes)[Code]['status'] extends null ? never : Code;
}[ApiErrorCode];

/** A mistake in how the service was started: for the person who did, so without a stack trace. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly code: ApiErrorCode;

  constructor(code: ApiErrorCode, message: string, options: { readonly cause?: unknown } = {}) {
    super(message, options);
    this.code = code;
  }
}
