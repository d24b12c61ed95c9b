import { findOrganizationGap } from '../snapshot/gaps.ts';
import type { Snapshot } from '../snapshot/model.ts';
import type { FindingSettings } from './settings.ts';

/** Whose an account is. `allowed`: of somebody else, and nothing is to be told of it. */
type Party = 'ours' | 'allowed' | 'partner' | 'stranger';

/** Tells ours from theirs. */
export interface Parties {
  ofAccount(accountId: string): Party;
  isOurOrganization(organizationId: string): boolean;
  /** Why a stranger may be none: the accounts of the organization were not all read. Null where they were. */
  readonly doubt: string | null;
}

export function partiesOf(snapshot: Snapshot, settings: FindingSettings): Parties {
  const { organization } = snapshot;
  const ours = new Set([
    ...snapshot.accounts.keys(),
    ...(organization?.accounts.keys() ?? []),
    ...settings.ourAccounts,
  ]);
  const allowed = new Set(settings.allowedAccounts);
  const partners = new Set(settings.partnerAccounts);
  const organizations = new Set([...(organization === null ? [] : [organization.id]), ...settings.ourOrganizations]);
  const isUnread = organization === null || findOrganizationGap(snapshot.gaps, null) !== null;
  return {
    ofAccount: (accountId) =>
      ours.has(accountId)
        ? 'ours'
        : allowed.has(accountId)
          ? 'allowed'
          : partners.has(accountId)
            ? 'partner'
            : 'stranger',
    isOurOrganization: (organizationId) => organizations.has(organizationId),
    doubt: isUnread
      ? 'the accounts of the organization were not all read: an account that is not listed may be ours'
      : null,
  };
}
