import { findApiToken, hashToken, looksLikeToken, type ApiToken, type Store } from '@ecr-audit/store';
import type { Identity } from './caller.ts';
import { type Issuer, verifyBearer } from './oidc/verify-bearer.ts';
import type { Refused } from './refused.ts';

export interface CredentialChecks {
  readonly store: Store;
  readonly issuers: readonly Issuer[];
  readonly now: () => Date;
  readonly onTokenUse: (token: ApiToken) => void;
}

// More than any token of an issuer; what is longer is not looked into.
const lengthMax = 8_192;

/** Who a credential stands for. Asks the database each time, so that a token that is revoked is out at once. */
export async function identityOf(
  credential: string,
  { store, issuers, now, onTokenUse }: CredentialChecks,
): Promise<Identity | Refused> {
  if (!looksLikeToken(credential)) {
    return issuers.length === 0 || credential.length > lengthMax
      ? invalid('it is no token of ours')
      : await verifyBearer(credential, { issuers, now: now() });
  }
  const hash = hashToken(credential);
  const token = hash === null ? null : await findApiToken(store.sql, hash);
  if (token === null || token.revokedAt !== null) {
    return invalid(token === null ? 'there is no such token' : `token \`${token.id}\` is revoked`);
  }
  if (token.expiresAt !== null && Date.parse(token.expiresAt) <= now().getTime()) {
    return { kind: 'refused', code: 'credentialExpired', why: `token \`${token.id}\` is expired` };
  }
  onTokenUse(token);
  const { id, name, scope, accountIds: accounts } = token;
  return { kind: 'token', id, name, grants: [{ scope, accounts }] };
}

function invalid(why: string): Refused {
  return { kind: 'refused', code: 'credentialInvalid', why };
}
