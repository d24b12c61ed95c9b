import type { Context } from 'hono';
import type { ApiEnvironment } from '../api-environment.ts';

/**
 * Who did something, for what is kept of it: whom the caller speaks for, where it says so, and always the credential, since anybody
 * may write any name into a request.
 */
export function actorOf(context: Context<ApiEnvironment>, given?: string): string {
  const identity = context.get('caller')?.identity;
  if (identity === undefined || identity.kind === 'local') {
    return given ?? 'api';
  }
  return given === undefined ? identity.name : `${given} (through ${identity.name})`;
}
