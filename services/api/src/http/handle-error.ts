import { databaseFailureOf, type DatabaseFailure } from '@ecr-audit/store';
import type { Logger } from '@ecr-audit/runtime';
import type { Context, ErrorHandler } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { ApiEnvironment } from '../api-environment.ts';
import { Problem, problemResponse } from './problem.ts';

// A database that restarts is back within seconds.
const retryAfterSeconds = '5';

/** Turns whatever a handler throws into a problem document. Only the log hears what really happened. */
export function handleError(logger: Logger): ErrorHandler<ApiEnvironment> {
  return (error, context) => {
    if (error instanceof Problem) {
      return problemResponse(context, error);
    }
    if (error instanceof HTTPException) {
      return problemResponse(context, problemOfException(error));
    }
    const failure = databaseFailureOf(error);
    const log = { requestId: context.get('requestId'), path: context.req.path, err: error };
    if (failure === null) {
      logger.error(log, 'a request failed');
    } else {
      logger.warn(log, 'the database did not answer a request');
    }
    return problemResponse(context, failure === null ? unexpected(context) : databaseProblem(failure));
  };
}

/** The problem of a database that is away, slow or not set up. */
export function databaseProblem(failure: DatabaseFailure): Problem {
  const headers = { 'retry-after': retryAfterSeconds };
  switch (failure) {
    case 'unreachable':
      return new Problem('databaseUnavailable', 'the database cannot be reached: try again in some seconds', {
        headers,
      });
    case 'tookTooLong':
      return new Problem('databaseUnavailable', 'the database took too long: try again, or ask for less', { headers });
    case 'notMigrated':
      return new Problem(
        'databaseNotMigrated',
        'the schema of the database is not the one of this version: start a scan or a worker of the same version, which brings it up to date',
        { headers },
      );
    default:
      return failure satisfies never;
  }
}

function unexpected(context: Context<ApiEnvironment>): Problem {
  return new Problem(
    'internalError',
    `something unexpected failed: the log of the service has it under the request id \`${context.get('requestId')}\``,
  );
}

// What Hono and its validators throw by themselves.
function problemOfException({ status }: HTTPException): Problem {
  switch (status) {
    case 413:
      return new Problem('bodyTooLarge', 'the body is too large');
    case 415:
      return new Problem('unsupportedMediaType', 'expected a body with the content type `application/json`');
    default:
      return new Problem('invalidRequest', 'the body cannot be read: expected JSON', {
        errors: [{ in: 'body', field: '', message: 'expected JSON' }],
      });
  }
}
