import type { MiddlewareHandler } from 'hono';
import type { ApiEnvironment } from '../api-environment.ts';
import type { AuditTrail } from './audit-trail.ts';
import type { RouteFinder } from './authenticate.ts';

const textLengthMax = 500;
// Where in a list somebody was, and how much of it came at once, is the same report.
const ofPages = new Set(['cursor', 'limit']);
// Its parameters were refused: whatever somebody wrote there by mistake stays out.
const statusRefused = 400;

/** Keeps who asked what, and what came of it. Stands around the login, so that what that refused is there, too. */
export function keepAuditLog(
  find: RouteFinder,
  { trail, now }: { readonly trail: AuditTrail; readonly now: () => Date },
): MiddlewareHandler<ApiEnvironment> {
  return async (context, next) => {
    await next();
    const identity = context.get('caller')?.identity;
    const route = find(context);
    if (identity === undefined || route === null || route.scope === 'public') {
      return;
    }
    const { status } = context.res;
    const { searchParams } = new URL(context.req.url);
    const parameters = status === statusRefused ? [] : [...searchParams].filter(([name]) => !ofPages.has(name));
    const { kind, id, name } = identity;
    trail.record({
      at: now().toISOString(),
      actor: { kind, id, name },
      operation: route.operation,
      // A question that is a document is sent by POST, and changes nothing.
      isChange: route.method !== 'GET' && route.scope !== 'read',
      method: route.method,
      path: context.req.path.slice(0, textLengthMax),
      parameters: Object.fromEntries(parameters.map(([key, value]) => [key, value.slice(0, textLengthMax)])),
      status,
      requestId: context.get('requestId'),
      times: 1,
    });
  };
}
