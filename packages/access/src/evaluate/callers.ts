import type { PrincipalEntry } from '@ecr-audit/policy';
import type { NamedDocument, RepositoryPolicy, Snapshot } from '../snapshot/model.ts';
import { anyoneOutside, type Caller, findCaller, iamCaller, rootCaller, serviceCaller } from './caller.ts';

/**
 * Every principal that may hold access, each once, in the order of ids: users, roles and root users of the accounts
 * that were read, and whoever else a repository or registry policy names: sessions, federated users, AWS services,
 * principals of accounts outside the snapshot, and anyone at all where a policy says `*`.
 */
export function callersOf(snapshot: Snapshot): Caller[] {
  const callers = new Map<string, Caller>();
  const add = (caller: Caller): void => {
    callers.set(caller.ref.id, caller);
  };
  for (const account of snapshot.accounts.values()) {
    add(rootCaller(snapshot, account.id));
    account.iam?.principals.forEach((principal) => add(iamCaller(snapshot, principal, null)));
  }
  const named = namedPrincipals(snapshot);
  if (named.some((entry) => entry.kind === 'everyone')) {
    // Whom `*` lets in: anyone outside, and the members of the organization that were not collected.
    uncollectedAccounts(snapshot).forEach((accountId) => add(rootCaller(snapshot, accountId)));
  }
  for (const entry of named) {
    const caller = namedCaller(snapshot, entry);
    if (caller !== null) {
      add(caller);
    }
  }
  return [...callers.values()].toSorted((a, b) => (a.ref.id < b.ref.id ? -1 : 1));
}

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_Role.html allows no longer ARN: such a text names nobody. */
const ARN_LENGTH_MAX = 2048;

function uncollectedAccounts(snapshot: Snapshot): string[] {
  return [...(snapshot.organization?.accounts.keys() ?? [])].filter((accountId) => !snapshot.accounts.has(accountId));
}

function namedCaller(snapshot: Snapshot, entry: PrincipalEntry): Caller | null {
  switch (entry.kind) {
    case 'everyone':
      return anyoneOutside(snapshot);
    case 'service':
      return entry.name.length > ARN_LENGTH_MAX ? null : serviceCaller(snapshot, entry.name);
    case 'account':
      return rootCaller(snapshot, entry.accountId);
    case 'arn': {
      // A name that its account does not have (any more), or that is malformed, matches nobody.
      const result = entry.arn.length > ARN_LENGTH_MAX ? null : findCaller(snapshot, entry.arn);
      return result?.kind === 'caller' ? result.caller : null;
    }
    case 'uniqueId':
    case 'federated':
    case 'canonicalUser':
      return null;
  }
}

function namedPrincipals(snapshot: Snapshot): PrincipalEntry[] {
  const regions = [...snapshot.accounts.values()].flatMap((account) => [...account.regions.values()]);
  const policies: RepositoryPolicy[] = regions.flatMap((region) => [
    region.registry.policy,
    ...[...(region.repositories?.values() ?? [])].map((repository) => repository.policy),
  ]);
  return policies.flatMap((policy) => (policy.kind === 'policy' ? principalsIn(policy.named) : []));
}

/** Those of Allow statements: nobody gets access by being denied. A principal that cannot be read may be anyone. */
function principalsIn(named: NamedDocument): readonly PrincipalEntry[] {
  if (named.document.kind === 'unreadable') {
    return [];
  }
  return named.document.value.statements.flatMap(({ effect, principal }): readonly PrincipalEntry[] => {
    if (principal === null || (effect.kind === 'readable' && effect.value === 'Deny')) {
      return [];
    }
    return principal.kind === 'readable' && !principal.value.isNegated
      ? principal.value.entries
      : [{ kind: 'everyone' }];
  });
}
