import type { ApiContent } from '@ecr-audit/runtime';
import type { Grant } from '../caller.ts';

/** What the configuration lets tokens of an issuer do. */
export type IssuerSettings = ApiContent['issuers'][number];
type ClaimName = IssuerSettings['grants'][number]['claim'];

// A person is in some dozen groups. More accounts than that are better called all.
const valuesMax = 1_000;

/** What these claims are granted; nothing where none of the grants fits. */
export function grantsOfClaims(
  claims: Readonly<Record<string, unknown>>,
  { grants }: IssuerSettings,
): readonly Grant[] {
  return grants.flatMap(({ claim, values, scope, accounts }): Grant[] => {
    if (!valuesOf(claims, claim).some((value) => values.includes(value))) {
      return [];
    }
    if (accounts === 'all') {
      return [{ scope, accounts: null }];
    }
    const listed = Array.isArray(accounts)
      ? accounts
      : valuesOf(claims, accounts.fromClaim).filter((value) => /^\d{12}$/.test(value));
    // Of a claim that is not there, or lists nothing that is an account, nothing follows: never all.
    return listed.length === 0 ? [] : [{ scope, accounts: [...listed] }];
  });
}

/** The texts of a claim. `scope` is words with spaces between. https://www.rfc-editor.org/rfc/rfc9068#section-2.2.3 */
function valuesOf(claims: Readonly<Record<string, unknown>>, name: ClaimName): readonly string[] {
  const path = typeof name === 'string' ? [name] : name;
  let value: unknown = claims;
  for (const step of path) {
    value =
      typeof value === 'object' && value !== null && Object.hasOwn(value, step) ? Reflect.get(value, step) : undefined;
  }
  if (typeof value === 'string') {
    return path.length === 1 && path[0] === 'scope' ? value.split(' ').slice(0, valuesMax) : [value];
  }
  return Array.isArray(value)
    ? value.slice(0, valuesMax).filter((each): each is string => typeof each === 'string')
    : [];
}
