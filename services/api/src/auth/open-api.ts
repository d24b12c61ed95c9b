import type { MiddlewareHandler } from 'hono';
import type { ApiEnvironment } from '../api-environment.ts';
import { Problem } from '../http/problem.ts';
import type { Caller } from './caller.ts';
import { isLoopback } from './loopback.ts';

/**
 * Lets everybody in who is on this machine, which is who reaches an API without a login.
 *
 * A page of another site in a browser on this machine is not: it could give its own name our address and read what is here, or send
 * what changes something. The name that it asks for gives it away, and so does the origin that a browser adds.
 */
export const onlyThisMachine: MiddlewareHandler<ApiEnvironment> = async (context, next) => {
  const origin = context.req.header('origin');
  const asked = new URL(context.req.url).hostname;
  const from = origin === undefined ? null : (URL.parse(origin)?.hostname ?? '');
  if (!isLoopback(asked) || (from !== null && !isLoopback(from))) {
    throw new Problem(
      'requestNotLocal',
      'the service asks for no login, so it answers only what comes from this machine by a name such as `localhost`',
    );
  }
  const caller: Caller = {
    identity: { kind: 'local', id: 'local', name: 'local', grants: [{ scope: 'admin', accounts: null }] },
    accounts: null,
    hasAskedAccounts: false,
  };
  context.set('caller', caller);
  await next();
};
