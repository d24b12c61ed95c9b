import { apiErrorCodes, type ProblemCode } from '../errors.ts';

/** What a caller can do about each problem. A code stays what it is within a major version; new ones may come. */
const remedies: Readonly<Record<ProblemCode, string>> = {
  invalidRequest: 'Mend what `errors` names: each entry says where it stands and what was expected.',
  requestUnreadable: 'Send HTTP/1.1: what arrived was something else, or broken on the way.',
  credentialMissing: 'Send the header `authorization: Bearer TOKEN`; `ecr-audit tokens create` makes a token.',
  credentialInvalid:
    'Use a token that is in force: it may be cut, revoked, made for another audience, or signed by no issuer that is configured.',
  credentialExpired: 'Ask the issuer for a new one; `ecr-audit tokens create` makes a new token.',
  scopeInsufficient: 'Use a credential with the scope that `detail` names.',
  accountNotAllowed: 'Ask for accounts of the credential only, or use one that is not limited to accounts.',
  requestNotLocal: 'Ask by `localhost` or `127.0.0.1`, or start the service with authentication.',
  routeNotFound: 'Ask for a path that `GET /openapi.json` lists.',
  noCompletedScan: 'Wait for the first scan; `GET /v1/scans` shows how far it is.',
  targetNotFound: 'Name a `target.key` that `GET /v1/scans` lists, or leave `target` out.',
  scanNotFound: 'Take an id from `GET /v1/scans`. Old scans are forgotten after a while.',
  timeBeforeFirstScan:
    'Ask about a time from that of the first scan on, which `detail` names: nothing is known of what was before.',
  accountNotFound: 'Take an account that `GET /v1/accounts` lists for the same target.',
  repositoryNotFound: 'Take an id from `GET /v1/repositories` for the same target: ids are not ARNs.',
  principalNotFound: 'Take an id from `GET /v1/principals`; its parameter `arn` finds one by ARN.',
  findingNotFound: 'Take a fingerprint from `GET /v1/findings` for the same target.',
  exceptionNotFound: 'It was withdrawn, or its time is over: `GET /v1/exceptions?state=all` shows what became of it.',
  alertNotFound: 'Take an `id` of `GET /v1/alerts`: messages that arrived long ago are forgotten.',
  notAcceptable: 'Send an `Accept` that names a format of the operation, or the parameter `format`.',
  methodNotAllowed: 'Use a method that the header `allow` names.',
  requestTooSlow: 'Send the request without a pause, over a connection that works.',
  scanNotCompleted: 'Wait until the scan is completed, or name another one.',
  snapshotNotKept:
    'Scan again: what the scan read was removed from the database, and its result alone explains nothing.',
  scanRefused: 'Read `detail`: either no collector is configured for the target, or too many scans wait for it.',
  bodyTooLarge: 'Send less: no question needs a body of this size.',
  queryTooLong: 'Send less: no question needs a query of this length.',
  unsupportedMediaType: 'Send JSON with the header `content-type: application/json`.',
  questionRefused: 'Mend the question as `detail` says: its form is right, and what it asks for is not.',
  headersTooLarge: 'Ask with fewer or shorter parameters and headers: 16 KiB are read.',
  tooManyRequests:
    'Wait for the seconds that `retry-after` says; `api.requestsPerSecond` of the configuration is how many a credential has.',
  internalError:
    'Look up the request id in the log of the service, which says what failed. It is a fault of the service.',
  tooBusy: 'Try again after the seconds that `retry-after` says.',
  issuerUnavailable: 'Try again after the seconds that `retry-after` says.',
  databaseUnavailable: 'Try again after the seconds that `retry-after` says.',
  databaseNotMigrated: 'Start a scan or a worker of the same version, which brings the schema up to date.',
};

/** A problem as it is listed. */
export interface ListedProblem {
  readonly code: ProblemCode;
  readonly status: number;
  readonly title: string;
  readonly remedy: string;
}

/** Every problem that an answer may carry, by status. */
export function problemCatalogue(): ListedProblem[] {
  return problemCodes.map((code) => ({ code, ...apiErrorCodes[code], remedy: remedies[code] }));
}

export const problemCodes: readonly ProblemCode[] = Object.keys(apiErrorCodes).filter(isProblemCode);

function isProblemCode(code: string): code is ProblemCode {
  return Object.hasOwn(remedies, code);
}

/** The members of a problem document that its code alone decides. */
export function problemText(code: ProblemCode): { readonly type: string; readonly title: string } {
  return { type: `urn:ecr-audit:problem:${code}`, title: apiErrorCodes[code].title };
}
