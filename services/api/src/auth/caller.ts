import { API_SCOPES, type ApiScope } from '@ecr-audit/store';

/** A right of a credential: a scope, and the accounts whose data it is about; null is every account. */
export interface Grant {
  readonly scope: ApiScope;
  readonly accounts: readonly string[] | null;
}

/** Who asks. `local` is whoever asks an API without a login, which only this machine can. */
export interface Identity {
  readonly kind: 'token' | 'oidc' | 'local';
  /** Of the token; issuer and subject. */
  readonly id: string;
  readonly name: string;
  readonly grants: readonly Grant[];
}

/** Who asks, as a route sees it. */
export interface Caller {
  readonly identity: Identity;
  /** Whose data the route may show; null is every account. */
  readonly accounts: readonly string[] | null;
  /** Whether the route has asked for them. */
  hasAskedAccounts: boolean;
}

/** What an identity may see where a scope is needed; null where it has not that scope. */
export function grantedAccounts(
  { grants }: Identity,
  needed: ApiScope,
): { readonly accounts: readonly string[] | null } | null {
  const fitting = grants.filter(({ scope }) => includesScope(scope, needed));
  if (fitting.length === 0) {
    return null;
  }
  const lists = fitting.flatMap(({ accounts }) => (accounts === null ? [] : [accounts]));
  return { accounts: lists.length < fitting.length ? null : [...new Set(lists.flat())].toSorted() };
}

/** Whether a scope has the rights of another. */
function includesScope(has: ApiScope, needed: ApiScope): boolean {
  return API_SCOPES.indexOf(has) >= API_SCOPES.indexOf(needed);
}
