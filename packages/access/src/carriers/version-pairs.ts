import { isAccountId } from '@ecr-audit/policy';
import type { IamSnapshot, NamedDocument, Snapshot } from '../snapshot/model.ts';
import { isAwsManaged } from '../snapshot/named-document.ts';
import type { SnapshotPart } from '../snapshot/part.ts';
import { sameJson } from './canonical-json.ts';
import { managedPoliciesOf, type SnapshotPolicy } from './managed-policies-of.ts';

/** A snapshot with the files that it was assembled from. */
export interface SnapshotWithParts {
  readonly snapshot: Snapshot;
  readonly parts: readonly SnapshotPart[];
}

/** A managed policy as one of two snapshots has it. */
interface PolicyVersionRead {
  readonly version: string;
  readonly document: unknown;
  readonly named: NamedDocument;
}

/** A managed policy that is another in the later snapshot, in the accounts where it became the same other one. */
export interface VersionPair {
  readonly arn: string;
  readonly name: string;
  readonly accountIds: readonly string[];
  /** Null where it was made between the two. */
  readonly before: PolicyVersionRead | null;
  /** Null where it was deleted. */
  readonly after: PolicyVersionRead | null;
}

/** Where nobody can tell what changed: nothing of it is in the pairs. */
export interface UnknownPlace {
  readonly accountId: string;
  /** Null for all policies of the account. */
  readonly arn: string | null;
  /** In which snapshot it was not read. */
  readonly unreadIn: 'from' | 'to' | 'both';
}

export interface VersionPairs {
  readonly pairs: readonly VersionPair[];
  readonly notKnown: readonly UnknownPlace[];
  /** What was compared, in the accounts whose policies both snapshots hold. */
  readonly compared: { readonly accounts: number; readonly policies: number };
}

/**
 * Pairs the managed policies of two snapshots, account by account, and gives those that differ.
 *
 * IAM lists AWS's own policies where they are attached, so that one which only one snapshot holds was attached or detached, and
 * changed by nobody. AWS has one default version of them for all accounts: an account that detached one meanwhile is told by others.
 */
export function versionPairs(from: SnapshotWithParts, to: SnapshotWithParts): VersionPairs {
  const [earlier, later] = [sideOf(from), sideOf(to)];
  const pairs = new Map<string, Paired[]>();
  const notKnown: UnknownPlace[] = [];
  const policies = new Set<string>();
  const accountIds = [...new Set([...accountsOf(from.snapshot), ...accountsOf(to.snapshot)])].toSorted();
  let accounts = 0;
  for (const accountId of accountIds) {
    const [isInFrom, isInTo] = [earlier.iamOf(accountId) !== null, later.iamOf(accountId) !== null];
    if (!isInFrom || !isInTo) {
      notKnown.push({ accountId, arn: null, unreadIn: isInFrom ? 'to' : isInTo ? 'from' : 'both' });
      continue;
    }
    accounts += 1;
    const arns = new Set([earlier, later].flatMap((side) => [...side.held(accountId), ...side.attached(accountId)]));
    for (const arn of [...arns].toSorted()) {
      const before = earlier.find(accountId, arn);
      const after = later.find(accountId, arn);
      const isUnreadBefore = before === null && earlier.attached(accountId).has(arn);
      const isUnreadAfter = after === null && later.attached(accountId).has(arn);
      if (isUnreadBefore || isUnreadAfter) {
        const unreadIn = !isUnreadAfter ? 'from' : isUnreadBefore ? 'both' : 'to';
        notKnown.push({ accountId, arn, unreadIn });
        continue;
      }
      policies.add(arn);
      const found = isAwsManaged(arn) ? { before, after: after ?? later.newest(arn) } : { before, after };
      if (isChange(arn, found)) {
        const known = pairs.get(arn) ?? [];
        pairs.set(arn, known);
        addPair(known, { ...found, accountIds: [accountId] });
      }
    }
  }
  return {
    pairs: [...pairs]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .flatMap(([arn, found]) =>
        found.map(({ before, after, accountIds: where }): VersionPair => ({
          arn,
          name: after?.name ?? before?.name ?? arn,
          accountIds: where,
          before: readOf(before),
          after: readOf(after),
        })),
      ),
    notKnown,
    compared: { accounts, policies: policies.size },
  };
}

/** A policy in one snapshot, with how the evaluation reads it. */
type Found = SnapshotPolicy & { readonly named: NamedDocument };

interface Paired {
  readonly before: Found | null;
  readonly after: Found | null;
  readonly accountIds: string[];
}

function isChange(arn: string, { before, after }: Omit<Paired, 'accountIds'>): boolean {
  if (before === null || after === null) {
    return !isAwsManaged(arn);
  }
  // A policy that was deleted and made again begins with v1 again, so that the version alone does not tell.
  return before.version !== after.version || !sameJson(before.document, after.document);
}

function addPair(known: Paired[], pair: Paired): void {
  const same = known.find((each) => isSame(each.before, pair.before) && isSame(each.after, pair.after));
  if (same === undefined) {
    known.push(pair);
  } else {
    same.accountIds.push(...pair.accountIds);
  }
}

function isSame(a: Found | null, b: Found | null): boolean {
  return a === b || (a !== null && b !== null && a.version === b.version && sameJson(a.document, b.document));
}

function readOf(found: Found | null): PolicyVersionRead | null {
  return found === null ? null : { version: found.version ?? '', document: found.document, named: found.named };
}

interface Side {
  /** Null where it was not read. */
  iamOf(accountId: string): IamSnapshot | null;
  /** ARNs of the policies whose documents the account has. */
  held(accountId: string): ReadonlySet<string>;
  /** ARNs of the policies that users, roles and groups have, boundaries among them. */
  attached(accountId: string): ReadonlySet<string>;
  find(accountId: string, arn: string): Found | null;
  /** As the account has it that was read last: AWS does not go back to lower numbers. */
  newest(arn: string): Found | null;
}

function sideOf({ snapshot, parts }: SnapshotWithParts): Side {
  const byAccount = new Map<string, Map<string, Found>>();
  const newest = new Map<string, Found>();
  for (const policy of managedPoliciesOf(parts)) {
    for (const accountId of policy.accountIds) {
      const named = snapshot.accounts.get(accountId)?.iam?.managedPolicies.get(policy.arn);
      if (named === undefined) {
        continue;
      }
      const found = { ...policy, named };
      byAccount.set(accountId, (byAccount.get(accountId) ?? new Map<string, Found>()).set(policy.arn, found));
      const known = newest.get(policy.arn);
      if (known === undefined || numberOf(known) < numberOf(found)) {
        newest.set(policy.arn, found);
      }
    }
  }
  const attached = new Map<string, ReadonlySet<string>>();
  const iamOf = (accountId: string): IamSnapshot | null => snapshot.accounts.get(accountId)?.iam ?? null;
  return {
    iamOf,
    held: (accountId) => new Set(byAccount.get(accountId)?.keys()),
    attached: (accountId) => {
      const known = attached.get(accountId) ?? attachedIn(iamOf(accountId));
      attached.set(accountId, known);
      return known;
    },
    find: (accountId, arn) => byAccount.get(accountId)?.get(arn) ?? null,
    newest: (arn) => newest.get(arn) ?? null,
  };
}

function attachedIn(iam: IamSnapshot | null): ReadonlySet<string> {
  const holders = iam === null ? [] : [...iam.principals, ...iam.groups.values()];
  const boundaries = (iam?.principals ?? []).flatMap(({ permissionsBoundaryArn }) => permissionsBoundaryArn ?? []);
  return new Set([...holders.flatMap(({ attachedPolicyArns }) => attachedPolicyArns), ...boundaries]);
}

/** Those that were read, that the organization has, or that a gap names. */
function accountsOf({ accounts, organization, gaps }: Snapshot): string[] {
  return [
    ...accounts.keys(),
    ...(organization?.accounts.keys() ?? []),
    ...gaps.flatMap(({ accountId }) => (accountId !== null && isAccountId(accountId) ? [accountId] : [])),
  ];
}

/** `v12` is 12. */
function numberOf({ version }: SnapshotPolicy): number {
  return Number(/^v(\d{1,9})$/.exec(version ?? '')?.[1] ?? 0);
}
