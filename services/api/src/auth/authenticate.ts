import { createHash } from 'node:crypto';
import type { Context, MiddlewareHandler } from 'hono';
import { matchedRoutes } from 'hono/route';
import type { ApiEnvironment } from '../api-environment.ts';
import { Problem } from '../http/problem.ts';
import { notAllowed } from './accounts-of.ts';
import { type Caller, grantedAccounts, type Identity } from './caller.ts';
import { type CredentialChecks, identityOf } from './credential.ts';
import type { Refused } from './refused.ts';
import { networkOf } from './network-of.ts';
import { routeKey, type KnownRoute } from './routes-of.ts';
import { createTokenBuckets, type Rate } from './token-bucket.ts';

// Who tries is refused by 256 random bits; this bounds what the refusals cost.
const failuresRate: Rate = { perSecond: 0.5, atOnce: 20 };
const provenMax = 10_000;

export interface AuthenticationOptions extends CredentialChecks {
  readonly rate: Rate;
  readonly clock: () => number;
}

/** Finds the route that will answer a request; null where none does. */
export type RouteFinder = (context: Context<ApiEnvironment>) => KnownRoute | null;

/** Finds routes by how Hono names them; `routes` is asked once, at the first request, when all are registered. */
export function routeFinder(routes: () => readonly KnownRoute[]): RouteFinder {
  let known: ReadonlyMap<string, KnownRoute> | null = null;
  return (context) => {
    known ??= new Map(routes().map((route) => [routeKey(route.method, route.path), route]));
    for (const { method, path } of matchedRoutes(context)) {
      const route = known.get(`${method} ${path}`);
      if (route !== undefined) {
        return route;
      }
    }
    return null;
  };
}

/**
 * Lets a request through to its route where its credential has the scope of it, and holds the route to the accounts of the credential.
 *
 * It stands before everything that reads a body or a parameter: who is not let in learns nothing of either.
 */
export function authenticate(find: RouteFinder, options: AuthenticationOptions): MiddlewareHandler<ApiEnvironment> {
  const check = credentialCheck(options);
  const requests = createTokenBuckets(options.rate, options.clock);
  return async (context, next) => {
    const route = find(context);
    // What is not there says so to everybody: the document that lists the routes is open.
    if (route === null || route.scope === 'public') {
      return await next();
    }
    const identity = await check(context);
    const seconds = requests.take(`${identity.kind} ${identity.id}`);
    const caller = callerOf(identity, route);
    // Known by now, so that the log and the audit log say who was refused.
    context.set('caller', caller ?? { identity, accounts: [], hasAskedAccounts: false });
    if (seconds > 0) {
      throw tooManyRequests(`of this credential`, seconds);
    }
    if (caller === null) {
      throw new Problem('scopeInsufficient', `the credential does not have the scope \`${route.scope}\``, {
        headers: { 'www-authenticate': `${challenge}, error="insufficient_scope", scope="${route.scope}"` },
      });
    }
    if (caller.accounts !== null && route.accounts === 'refused') {
      throw notAllowed('this answer is about a whole target');
    }
    await next();
    if (caller.accounts !== null) {
      checkFiltered(context, route, caller);
      context.header('ecr-audit-limited-to', limitText(caller.accounts));
    }
  };
}

function callerOf(identity: Identity, { scope }: KnownRoute): Caller | null {
  const granted = scope === 'public' ? null : grantedAccounts(identity, scope);
  return granted === null ? null : { identity, accounts: granted.accounts, hasAskedAccounts: false };
}

/** Better no answer than one that shows the accounts of others. */
function checkFiltered(context: Context<ApiEnvironment>, route: KnownRoute, caller: Caller): void {
  if (route.accounts === 'filtered' && context.res.ok && !caller.hasAskedAccounts) {
    throw new Error(`\`${route.operation}\` did not ask whose accounts it may show`);
  }
}

function credentialCheck(options: AuthenticationOptions): (context: Context<ApiEnvironment>) => Promise<Identity> {
  const failures = createTokenBuckets(failuresRate, options.clock);
  const proven = new Set<string>();
  return async (context) => {
    const credential = credentialIn(context.req.header('authorization'));
    if (credential === null) {
      throw new Problem('credentialMissing', 'expected a header `authorization: Bearer TOKEN`', {
        headers: { 'www-authenticate': challenge },
      });
    }
    const hash = createHash('sha256').update(credential).digest('base64');
    const network = networkOf(addressOf(context));
    const seconds = failures.secondsUntilNext(network);
    // Behind a proxy everybody has one address: what was good a while ago is looked at all the same.
    if (seconds > 0 && !proven.has(hash)) {
      throw tooManyRequests('with credentials that are not valid', seconds);
    }
    const found = await identityOf(credential, options);
    proven.delete(hash);
    if (found.kind === 'refused') {
      context.get('logger').info({ code: found.code, why: found.why, network }, 'a credential was refused');
      if (found.code !== 'issuerUnavailable') {
        failures.take(network);
      }
      throw refusal(found);
    }
    proven.add(hash);
    const [oldest] = proven;
    if (proven.size > provenMax && oldest !== undefined) {
      proven.delete(oldest);
    }
    return found;
  };
}

const challenge = 'Bearer realm="ecr-audit"';

/** https://www.rfc-editor.org/rfc/rfc6750#section-2.1 */
function credentialIn(header: string | undefined): string | null {
  const [scheme, credential, ...rest] = (header ?? '').trim().split(/ +/);
  return scheme?.toLowerCase() === 'bearer' && credential !== undefined && rest.length === 0 ? credential : null;
}

function refusal({ code }: Refused): Problem {
  switch (code) {
    case 'credentialInvalid':
    case 'credentialExpired': {
      const detail = code === 'credentialExpired' ? 'the credential is expired' : 'the credential is not valid';
      return new Problem(code, detail, {
        headers: { 'www-authenticate': `${challenge}, error="invalid_token", error_description="${detail}"` },
      });
    }
    case 'issuerUnavailable':
      return new Problem('issuerUnavailable', 'the issuer of the credential cannot be asked for its keys: try again', {
        headers: { 'retry-after': '10' },
      });
    default:
      return code satisfies never;
  }
}

function tooManyRequests(what: string, seconds: number): Problem {
  return new Problem('tooManyRequests', `too many requests ${what}: try again in ${seconds} seconds`, {
    headers: { 'retry-after': String(seconds) },
  });
}

/** Of the socket. What a proxy says of who is behind it could be said by anybody. */
function addressOf({ env }: Context<ApiEnvironment>): string {
  const incoming: unknown = typeof env === 'object' && env !== null ? Reflect.get(env, 'incoming') : undefined;
  const socket: unknown =
    typeof incoming === 'object' && incoming !== null ? Reflect.get(incoming, 'socket') : undefined;
  const address: unknown =
    typeof socket === 'object' && socket !== null ? Reflect.get(socket, 'remoteAddress') : undefined;
  return typeof address === 'string' ? address : 'unknown';
}

// Some proxies take no more than 8 KiB of headers.
const accountsShownMax = 100;

/** So that less is not taken for all there is. */
function limitText(accounts: readonly string[]): string {
  return accounts.length > accountsShownMax ? `${accounts.length} accounts` : accounts.join(',');
}
