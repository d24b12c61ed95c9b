import { parseArn } from './arn.ts';
import type { PrincipalElement, PrincipalEntry } from './document.ts';

/**
 * Who asks. `arn` is that of the user or role (with its path), `sessionArn` that of the role session where its name
 * is given; a role without one is a session with a name that no policy names.
 */
export interface RequestPrincipal {
  readonly kind: 'user' | 'role' | 'root' | 'federatedUser' | 'service' | 'outsider';
  readonly partition: string;
  /** Null for AWS services, and for a caller of whom nothing is known. */
  readonly accountId: string | null;
  readonly arn: string;
  readonly sessionArn: string | null;
  /** AIDA... or AROA..., null where it has none or it is not known. */
  readonly uniqueId: string | null;
  readonly hasPermissionsBoundary: boolean;
  /** The provider of a federated session, null for everybody else. */
  readonly federatedProvider: string | null;
}

/**
 * How a policy names the caller; the first is the strongest.
 *
 * `direct`: the user, the session, the federated user, the service, or everyone: grants by itself.
 * `role`: the role behind the session: limited by boundary and session policy.
 * `account`: the caller's account: delegates to it.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
 */
export type PrincipalForm = 'direct' | 'role' | 'account';

export type PrincipalMatch = { readonly kind: 'yes'; readonly form: PrincipalForm } | { readonly kind: 'no' };

const NO: PrincipalMatch = { kind: 'no' };

/** Whether a Principal element names the caller, or a NotPrincipal element leaves it in. */
export function matchPrincipal(
  element: PrincipalElement,
  effect: 'Allow' | 'Deny',
  principal: RequestPrincipal,
): PrincipalMatch {
  if (!element.isNegated) {
    return matchEntries(element.entries, principal);
  }
  if (effect === 'Deny') {
    return matchNotPrincipal(element.entries, principal);
  }
  // With Allow the element is a problem of its statement; all that is certain is that it allows nobody who is listed.
  return matchEntries(element.entries, principal).kind === 'yes' ? NO : { kind: 'yes', form: 'direct' };
}

const STRENGTH: readonly PrincipalForm[] = ['direct', 'role', 'account'];

function matchEntries(entries: readonly PrincipalEntry[], principal: RequestPrincipal): PrincipalMatch {
  const forms = new Set(entries.map((entry) => entryForm(entry, principal)));
  const form = STRENGTH.find((strength) => forms.has(strength));
  return form === undefined ? NO : { kind: 'yes', form };
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html */
function entryForm(entry: PrincipalEntry, principal: RequestPrincipal): PrincipalForm | null {
  switch (entry.kind) {
    case 'everyone':
      return 'direct';
    case 'account': {
      const isSamePartition = entry.partition === null || entry.partition === principal.partition;
      return isSamePartition && entry.accountId === principal.accountId ? 'account' : null;
    }
    case 'arn':
      return arnForm(entry.arn, principal);
    case 'uniqueId':
      // A unique id stands where a principal was deleted; only the very same principal would match it.
      // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids
      return entry.id === principal.uniqueId ? (principal.kind === 'role' ? 'role' : 'direct') : null;
    case 'service':
      return principal.kind === 'service' && entry.name === principal.arn ? 'direct' : null;
    case 'federated':
      return principal.federatedProvider === entry.provider ? 'direct' : null;
    case 'canonicalUser':
      return null;
  }
}

/** Names in ARNs are case-sensitive, and a wildcard among them is a character like any other. */
function arnForm(arn: string, principal: RequestPrincipal): PrincipalForm | null {
  if (principal.sessionArn !== null && arn === principal.sessionArn) {
    return 'direct';
  }
  if (arn !== principal.arn && !isRoleOfSession(arn, principal)) {
    return null;
  }
  return principal.kind === 'role' ? 'role' : 'direct';
}

/**
 * Whether the ARN is that of the role behind a session whose role was not read. The session's ARN has the name of the
 * role, which is unique in its account, and not its path.
 */
function isRoleOfSession(arn: string, principal: RequestPrincipal): boolean {
  if (principal.kind !== 'role' || principal.arn !== principal.sessionArn) {
    return false;
  }
  const role = parseArn(arn);
  const name = parseArn(principal.arn)?.resource.split('/')[1];
  return (
    role?.service === 'iam' &&
    role.partition === principal.partition &&
    role.accountId === principal.accountId &&
    role.resource.startsWith('role/') &&
    role.resource.split('/').at(-1) === name
  );
}

/**
 * Whether a Deny with NotPrincipal binds the caller.
 *
 * The account is checked first, then the user or role, then the session: a session is left out only where all three
 * are listed, and a role asking under a name that no policy names never is. A caller with a permissions boundary is
 * denied whatever is listed. A user is left out where it is listed, whether its account is or not.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
 */
function matchNotPrincipal(entries: readonly PrincipalEntry[], principal: RequestPrincipal): PrincipalMatch {
  const denied: PrincipalMatch = { kind: 'yes', form: 'direct' };
  if (principal.hasPermissionsBoundary) {
    return denied;
  }
  if (entries.some((entry) => entry.kind === 'everyone')) {
    return NO;
  }
  const forms = new Set(entries.map((entry) => entryForm(entry, principal)));
  switch (principal.kind) {
    case 'root':
    case 'outsider':
      return forms.has('account') || forms.has('direct') ? NO : denied;
    case 'role':
      return forms.has('direct') && forms.has('role') && forms.has('account') ? NO : denied;
    case 'user':
    case 'federatedUser':
    case 'service':
      return forms.has('direct') ? NO : denied;
  }
}
