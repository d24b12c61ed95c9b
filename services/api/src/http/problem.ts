import type { Context } from 'hono';
import type { ApiEnvironment } from '../api-environment.ts';
import { apiErrorCodes, type ProblemCode } from '../errors.ts';

/** One thing that is wrong with a request. */
export interface FieldProblem {
  readonly in: 'path' | 'query' | 'body' | 'header';
  /** Keys joined by dots; empty for the whole. */
  readonly field: string;
  /** Says what was expected. */
  readonly message: string;
}

export interface ProblemDetails {
  readonly errors?: readonly FieldProblem[];
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * An answer that is a problem document. `detail` is public: no internal detail in it.
 *
 * Thrown, although most are expected outcomes: it is how Hono ends a request from within a validator or a middleware.
 */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly code: ProblemCode;
  readonly details: ProblemDetails;

  constructor(code: ProblemCode, detail: string, details: ProblemDetails = {}) {
    super(detail);
    this.code = code;
    this.details = details;
  }
}

/** The problem of a parameter that fits its schema and cannot be used all the same. `message` says what was expected. */
export function invalidQuery(field: string, message: string): Problem {
  return new Problem('invalidRequest', `\`${field}\` of the query cannot be used: ${message}`, {
    errors: [{ in: 'query', field, message }],
  });
}

/** The problem document of RFC 9457 for a request. */
export function problemResponse(context: Context<ApiEnvironment>, problem: Problem): Response {
  const { code, message: detail, details } = problem;
  const { status, title } = apiErrorCodes[code];
  const document = {
    type: `urn:ecr-audit:problem:${code}`,
    title,
    status,
    detail,
    instance: context.req.path,
    code,
    requestId: context.get('requestId'),
    ...(details.errors === undefined ? {} : { errors: details.errors }),
  };
  return context.body(JSON.stringify(document), status, {
    'content-type': 'application/problem+json',
    ...(isUnread(context) ? { connection: 'close' } : {}),
    ...details.headers,
  });
}

/** Whether there is a body that nobody read. The server ends the connection then; one who is not told would use it again, in vain. */
function isUnread({ req }: Context<ApiEnvironment>): boolean {
  const hasBody = req.header('content-length') !== undefined || req.header('transfer-encoding') !== undefined;
  return hasBody && !req.raw.bodyUsed;
}
