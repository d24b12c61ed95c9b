import type { CollectionGap, SnapshotPart } from '@ecr-audit/access';
import pLimit from 'p-limit';

import type { CallerIdentity } from '../caller-identity.ts';
import type { ActivityWindow } from '../cloudtrail/lookup-events.ts';
import { collectEverything } from '../collect-account.ts';
import type { CollectionProgress } from '../collect-account.ts';
import type { Collection } from '../collection.ts';
import { enabledRegions } from '../enabled-regions.ts';
import { AwsError } from '../errors.ts';
import type { AwsFleet } from '../fleet/open-fleet.ts';
import { sortedBy } from '../snapshot-json.ts';
import { snapshotManifest, sortedGaps } from '../snapshot-manifest.ts';
import { discoverOrganization } from './discover-organization.ts';
import type { DiscoveredAccount, OrganizationDiscovery } from './discover-organization.ts';
import { asksForTags, gapsOfLeftOut, selectAccounts, unreadAccount } from './select-accounts.ts';
import type { AccountSelection } from './select-accounts.ts';

export type OrganizationProgress =
  | { readonly kind: 'discovering' }
  | { readonly kind: 'selected'; readonly accounts: number; readonly leftOut: number }
  | { readonly kind: 'account'; readonly done: number; readonly total: number; readonly accountId: string }
  | { readonly kind: 'step'; readonly progress: CollectionProgress };

export interface OrganizationCollectionOptions {
  readonly takenAt: Date;
  /** Null leaves CloudTrail out, and records a gap for it. */
  readonly activityWindow: ActivityWindow | null;
  /** `discover` asks AWS Organizations; a list stands for itself, without SCPs and RCPs. */
  readonly accounts: 'discover' | readonly string[];
  readonly selection: AccountSelection;
  /** `all` asks each account which regions it can use. */
  readonly regions: 'all' | readonly string[];
  /** Regions of an account that does not tell which it can use. */
  readonly fallbackRegions: readonly string[];
  readonly accountsAtATime?: number;
  readonly onProgress?: (progress: OrganizationProgress) => void;
}

export interface OrganizationCollection extends Collection {
  readonly caller: CallerIdentity;
  /** Null where the accounts were listed, or the caller's account belongs to no organization. */
  readonly organizationId: string | null;
  /** Ids of the accounts that were to be read, and how many of them answered nothing. */
  readonly accounts: readonly string[];
  readonly accountsUnread: number;
  /** How many accounts were read through the auditor role. */
  readonly rolesAssumed: number;
  /** What a reader should know beside the gaps, in sentences. */
  readonly notes: readonly string[];
}

// Enough to hide the latency of one account behind the others, and few enough to keep memory and sockets small.
const accountsAtATimeDefault = 8;
const regionsAtATime = 4;

/**
 * Reads all accounts of an organization, or of a list, as one snapshot: its parts sorted by path, `snapshot.json` among
 * them. What cannot be read becomes gaps: a policy, a region, or an account whose role is refused.
 *
 * Throws an `AwsError` where the caller's own credentials do not work, where Organizations tells no account at all,
 * and where the selection names what is not there. Holds the whole snapshot in memory: about 1 MB an account.
 */
export async function collectOrganization(
  fleet: AwsFleet,
  options: OrganizationCollectionOptions,
): Promise<OrganizationCollection> {
  const { caller } = fleet;
  options.onProgress?.({ kind: 'discovering' });
  const plan = await planAccounts(fleet, options);
  options.onProgress?.({ kind: 'selected', accounts: plan.accounts.length, leftOut: plan.leftOut });
  const limit = pLimit(options.accountsAtATime ?? accountsAtATimeDefault);
  let done = 0;
  let accountsUnread = 0;
  let rolesAssumed = 0;
  const collected = await limit.map(plan.accounts, async (accountId) => {
    const { isThroughRole, ...collection } = await collectMember(fleet, accountId, options);
    fleet.closeAccount(accountId);
    done += 1;
    accountsUnread += collection.parts.length === 0 ? 1 : 0;
    rolesAssumed += isThroughRole ? 1 : 0;
    options.onProgress?.({ kind: 'account', done, total: plan.accounts.length, accountId });
    return collection;
  });
  const parts: SnapshotPart[] = [...plan.parts, ...collected.flatMap((each) => each.parts)];
  const gaps = [...plan.gaps, ...collected.flatMap((each) => each.gaps)];
  parts.push(snapshotManifest({ takenAt: options.takenAt, partition: caller.partition, gaps }));
  return {
    caller,
    organizationId: plan.organizationId,
    parts: sortedBy(parts, (part) => part.path),
    gaps: sortedGaps(gaps),
    accounts: plan.accounts,
    accountsUnread,
    rolesAssumed,
    notes: [
      ...plan.notes,
      ...(fleet.isOwnAccountReadDirectly
        ? [`account ${caller.accountId} was read with the caller's own credentials: the auditor role is refused there`]
        : []),
    ],
  };
}

interface AccountPlan extends Collection {
  readonly organizationId: string | null;
  readonly accounts: readonly string[];
  readonly leftOut: number;
  readonly notes: readonly string[];
}

async function planAccounts(fleet: AwsFleet, options: OrganizationCollectionOptions): Promise<AccountPlan> {
  const { selection } = options;
  if (options.accounts !== 'discover') {
    const accounts = options.accounts.map(withoutOrganization);
    return planOf({ organizationId: null, parts: [], gaps: [], accounts, isAccountListWhole: true }, options);
  }
  const discovery = await discoverOrganization(fleet.organization, { readAccountTags: asksForTags(selection) });
  if (discovery.kind === 'noOrganization') {
    const note = `account ${fleet.caller.accountId} belongs to no organization: it was read alone`;
    const accounts = [withoutOrganization(fleet.caller.accountId)];
    const plan = planOf({ organizationId: null, parts: [], gaps: [], accounts, isAccountListWhole: true }, options);
    return { ...plan, notes: [note] };
  }
  return planOf(withNamedAccounts(discovery, selection), options);
}

type Discovered = Omit<
  Extract<OrganizationDiscovery, { readonly kind: 'organization' }>,
  'kind' | 'managementAccountId'
>;

/** Where accounts may be missing from the list, those that the selection names are taken at its word. */
function withNamedAccounts(discovery: Discovered, selection: AccountSelection): Discovered {
  if (discovery.isAccountListWhole) {
    return discovery;
  }
  const known = new Set(discovery.accounts.map((account) => account.id));
  const named = selection.include.accounts.filter((id) => !known.has(id));
  const accounts = [...discovery.accounts, ...named.map(withoutOrganization)];
  if (accounts.length === 0) {
    throw new AwsError(
      'organizationUnreadable',
      `${discovery.gaps[0]?.message ?? 'cannot read the organization'}; or name the accounts to read (\`--accounts 111122223333,444455556666\`)`,
    );
  }
  return { ...discovery, accounts };
}

function planOf(discovery: Discovered, options: OrganizationCollectionOptions): AccountPlan {
  const choice = selectAccounts(discovery.accounts, options.selection);
  const [unmatched] = choice.unmatched;
  if (unmatched !== undefined && discovery.isAccountListWhole) {
    throw new AwsError(
      'selectionUnmatched',
      `cannot select \`${unmatched}\`: there is no such account, unit or root; expected ids such as \`111122223333\` or \`ou-ab12-11111111\``,
    );
  }
  const regions = options.regions === 'all' ? options.fallbackRegions : options.regions;
  return {
    organizationId: discovery.organizationId,
    parts: discovery.parts,
    gaps: [...discovery.gaps, ...gapsOfLeftOut(choice, regions)],
    accounts: choice.selected.map((account) => account.id),
    leftOut: choice.leftOut.length,
    notes: [],
  };
}

/** An account of which only its id is known. */
function withoutOrganization(id: string): DiscoveredAccount {
  return { id, name: id, state: 'UNKNOWN', path: [], tags: null };
}

async function collectMember(
  fleet: AwsFleet,
  accountId: string,
  options: OrganizationCollectionOptions,
): Promise<Collection & { readonly isThroughRole: boolean }> {
  const { activityWindow, onProgress } = options;
  const session = fleet.account(accountId);
  const refusal = (await session.member?.refusal()) ?? null;
  if (refusal !== null) {
    const regions = options.regions === 'all' ? options.fallbackRegions : options.regions;
    return { parts: [], gaps: unreadAccount(accountId, regions, refusal), isThroughRole: false };
  }
  const asked: { readonly regions: readonly string[]; readonly gaps: readonly CollectionGap[] } =
    options.regions === 'all'
      ? await enabledRegions(session, accountId, options.fallbackRegions)
      : { regions: options.regions, gaps: [] };
  const { parts, gaps } = await collectEverything(session, {
    accountId,
    partition: fleet.caller.partition,
    regions: asked.regions,
    regionsAtATime,
    activityWindow,
    ...(onProgress === undefined ? {} : { onProgress: (progress) => onProgress({ kind: 'step', progress }) }),
  });
  const isDirect = accountId === fleet.caller.accountId && fleet.isOwnAccountReadDirectly;
  return { parts, gaps: [...asked.gaps, ...gaps], isThroughRole: session.member !== null && !isDirect };
}
