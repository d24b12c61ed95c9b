import type { CollectionGap } from '@ecr-audit/access';

import type { AccountRefusal } from '../fleet/account-refusal.ts';
import type { DiscoveredAccount } from './discover-organization.ts';

/** Accounts by id, by a unit or root above them, or by a tag. Any of them is enough. */
export interface AccountFilter {
  readonly accounts: readonly string[];
  /** With everything below. */
  readonly organizationalUnits: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
}

/** Nothing included means everything. What is excluded stays out, whatever includes it. */
export interface AccountSelection {
  readonly include: AccountFilter;
  readonly exclude: AccountFilter;
}

type WhyLeftOut = 'notIncluded' | 'excluded' | 'notActive' | 'tagsUnread';

export interface AccountChoice {
  readonly selected: readonly DiscoveredAccount[];
  readonly leftOut: readonly { readonly account: DiscoveredAccount; readonly why: WhyLeftOut }[];
  /** Ids of accounts and units that are named and not there, sorted. A slip of the pen here would scan too much or too little. */
  readonly unmatched: readonly string[];
}

/** Whether the selection needs the tags of accounts, which cost a call each. */
export function asksForTags({ include, exclude }: AccountSelection): boolean {
  return [include, exclude].some((filter) => Object.keys(filter.tags).length > 0);
}

/**
 * Chooses the accounts to read. One that is not active cannot be read, and one whose tags are needed and unread may be
 * one that must not be: both are left out, and {@link gapsOfLeftOut} says so.
 */
export function selectAccounts(accounts: readonly DiscoveredAccount[], selection: AccountSelection): AccountChoice {
  const { include, exclude } = selection;
  const selected: DiscoveredAccount[] = [];
  const leftOut: { account: DiscoveredAccount; why: WhyLeftOut }[] = [];
  for (const account of accounts) {
    const why = whyLeftOut(account, selection);
    if (why === null) {
      selected.push(account);
    } else {
      leftOut.push({ account, why });
    }
  }
  const there = new Set(accounts.flatMap((account) => [account.id, ...account.path]));
  const named = [include, exclude].flatMap((filter) => [...filter.accounts, ...filter.organizationalUnits]);
  return { selected, leftOut, unmatched: [...new Set(named)].filter((id) => !there.has(id)).toSorted() };
}

function whyLeftOut(account: DiscoveredAccount, { include, exclude }: AccountSelection): WhyLeftOut | null {
  const excluded = matches(account, exclude);
  const included = isEmpty(include) ? 'yes' : matches(account, include);
  if (excluded === 'yes') {
    return 'excluded';
  }
  if (included === 'no') {
    return 'notIncluded';
  }
  if (!isReadable(account)) {
    return 'notActive';
  }
  return excluded === 'unknown' || included === 'unknown' ? 'tagsUnread' : null;
}

function isEmpty(filter: AccountFilter): boolean {
  return (
    filter.accounts.length === 0 && filter.organizationalUnits.length === 0 && Object.keys(filter.tags).length === 0
  );
}

function matches(account: DiscoveredAccount, filter: AccountFilter): 'yes' | 'no' | 'unknown' {
  if (
    filter.accounts.includes(account.id) ||
    filter.organizationalUnits.some((id) => account.path.includes(id)) ||
    Object.entries(filter.tags).some(([key, value]) =>
      account.tags?.some((tag) => tag.Key === key && tag.Value === value),
    )
  ) {
    return 'yes';
  }
  return account.tags === null && Object.keys(filter.tags).length > 0 ? 'unknown' : 'no';
}

/**
 * A suspended account answers nobody. One in no known state is asked, and refuses or does not.
 * https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_accounts_account_state.html
 */
function isReadable({ state }: DiscoveredAccount): boolean {
  return state === 'ACTIVE' || state === 'UNKNOWN' || state === 'PENDING_CLOSURE';
}

/**
 * The gaps of accounts that were to be read and could not be chosen: what is in them is unknown, not nothing.
 * `regions` are those that would have been read. What the selection leaves out has no gap: nobody asked for it.
 */
export function gapsOfLeftOut(choice: AccountChoice, regions: readonly string[]): readonly CollectionGap[] {
  return choice.leftOut.flatMap(({ account, why }) => {
    switch (why) {
      case 'notIncluded':
      case 'excluded':
        return [];
      case 'notActive':
        return notCollected(account.id, regions, `the account is not active: its state is ${account.state}`);
      case 'tagsUnread':
        return notCollected(account.id, regions, 'the tags that decide whether it is to be read could not be read');
      default:
        return why satisfies never;
    }
  });
}

function notCollected(accountId: string, regions: readonly string[], message: string): readonly CollectionGap[] {
  return unreadAccount(accountId, regions, { reason: 'notCollected', message });
}

/** One gap a source for an account that cannot be read at all: what is in it is unknown. */
export function unreadAccount(
  accountId: string,
  regions: readonly string[],
  refusal: Pick<AccountRefusal, 'reason' | 'message'>,
): readonly CollectionGap[] {
  const gap = (region: string | null, source: string): CollectionGap => ({
    accountId,
    region,
    source,
    resource: null,
    reason: refusal.reason,
    message: `cannot read ${source}: ${refusal.message}`,
  });
  return [
    gap(null, 'iam:GetAccountAuthorizationDetails'),
    ...(regions.length === 0 ? [null] : regions).map((region) => gap(region, 'ecr:DescribeRepositories')),
  ];
}
