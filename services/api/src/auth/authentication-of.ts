import type { ApiContent } from '@ecr-audit/runtime';
import { listApiTokens, type Store } from '@ecr-audit/store';
import type { Fetch } from './oidc/read-keys.ts';

/** How the API knows who asks. */
export interface Authentication {
  readonly settings: Pick<ApiContent, 'issuers' | 'requestsPerSecond' | 'requestsAtOnce'>;
  /** How the keys of issuers are fetched; by the platform where nothing is said. */
  readonly fetch?: Fetch;
}

/** The same as the configuration says it. */
export function authenticationOf(settings: ApiContent): 'off' | Authentication {
  return settings.authentication === 'off' ? 'off' : { settings };
}

/** What to tell whoever started an API that lets nobody in, because there is neither a token nor an issuer; null otherwise. */
export async function adviceForNobody(
  { sql }: Store,
  authentication: 'off' | Authentication,
  now: Date,
): Promise<string | null> {
  const isClosed =
    authentication !== 'off' &&
    authentication.settings.issuers.length === 0 &&
    (await listApiTokens(sql, { openAt: now.toISOString() })).length === 0;
  return isClosed
    ? 'nobody may ask the API yet: `ecr-audit tokens create --name dashboards --scope read` makes a token'
    : null;
}
