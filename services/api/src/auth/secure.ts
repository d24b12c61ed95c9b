import type { MiddlewareHandler } from 'hono';
import { cors } from 'hono/cors';
import type { Api, ApiEnvironment } from '../api-environment.ts';
import type { ApiDependencies } from '../api.ts';
import { Problem } from '../http/problem.ts';
import { authenticate, routeFinder } from './authenticate.ts';
import { keepAuditLog } from './keep-audit-log.ts';
import { issuerKeys } from './oidc/issuer-keys.ts';
import { onlyThisMachine } from './open-api.ts';
import { routesOf } from './routes-of.ts';

// A cursor of 8,000 characters and some filters. Node refuses more than 16 KiB of headers by itself.
const queryLengthMax = 12_000;
const preflightSeconds = 600;

/** Puts before every route that is added from now on: who may ask it, how often, and what is kept of that. */
export function secure(api: Api, dependencies: ApiDependencies): void {
  const { authentication, trail = null, origins = [], store, now, clock, logger } = dependencies;
  if (origins.length > 0) {
    api.use(
      cors({
        origin: [...origins],
        allowMethods: ['GET', 'POST', 'DELETE'],
        allowHeaders: ['authorization', 'content-type', 'if-none-match', 'x-request-id'],
        exposeHeaders: ['etag', 'link', 'retry-after', 'x-request-id'],
        maxAge: preflightSeconds,
      }),
    );
  }
  api.use(boundQuery);
  const find = routeFinder(() => routesOf(api));
  if (trail !== null) {
    api.use(keepAuditLog(find, { trail, now }));
  }
  if (authentication === 'off') {
    api.use(onlyThisMachine);
    return;
  }
  const { settings, fetch = globalThis.fetch } = authentication;
  const onProblem = (problem: string, error: unknown): void => logger.warn({ err: error }, problem);
  api.use(
    authenticate(find, {
      store,
      now,
      clock,
      issuers: settings.issuers.map((issuer) => ({
        settings: issuer,
        keys: issuerKeys({ issuer: issuer.issuer, fetch, clock, onProblem }),
      })),
      onTokenUse: (token) => trail?.tokenUsed(token),
      rate: { perSecond: settings.requestsPerSecond, atOnce: settings.requestsAtOnce },
    }),
  );
}

const boundQuery: MiddlewareHandler<ApiEnvironment> = async (context, next) => {
  if (new URL(context.req.url).search.length > queryLengthMax) {
    throw new Problem('queryTooLong', `the query is too long: expected at most ${queryLengthMax} characters`);
  }
  await next();
};
