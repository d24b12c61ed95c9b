import type { MiddlewareHandler } from 'hono';
import type { ApiEnvironment } from '../api-environment.ts';
import type { ApiDependencies } from '../api.ts';

/** Logs one line a request, without its query and body: what somebody looks for does not belong into a log at info. */
export function logRequests({ logger, clock }: ApiDependencies): MiddlewareHandler<ApiEnvironment> {
  return async (context, next) => {
    const startedMs = clock();
    context.set('logger', logger.child({ requestId: context.get('requestId') }));
    await next();
    const { method, path } = context.req;
    const durationMs = Math.round(clock() - startedMs);
    logger.info(
      {
        requestId: context.get('requestId'),
        caller: context.get('caller')?.identity.id,
        method,
        path,
        status: context.res.status,
        durationMs,
      },
      'request',
    );
  };
}
