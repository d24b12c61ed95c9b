import { DescribeOrganizationCommand } from '@aws-sdk/client-organizations';
import type { Organization, Tag } from '@aws-sdk/client-organizations';
import type { CollectionGap, SnapshotPart } from '@ecr-audit/access';

import { requiredMember } from '../required-member.ts';
import type { AwsSession } from '../session.ts';
import { sortedBy } from '../snapshot-json.ts';
import { sortedGaps } from '../snapshot-manifest.ts';
import { organizationPart } from './organization-part.ts';
import { nullWhere, OrganizationReader } from './organization-reader.ts';
import { readAccountTags } from './read-account-tags.ts';
import { readPolicies } from './read-policies.ts';
import type { OrganizationPolicy } from './read-policies.ts';
import { readTree } from './read-tree.ts';
import type { OrganizationTree, TreeAccount } from './read-tree.ts';

export interface DiscoveredAccount {
  readonly id: string;
  readonly name: string;
  /** `ACTIVE`, `SUSPENDED`, `PENDING_CLOSURE`, `CLOSED`, `PENDING_ACTIVATION`, or `UNKNOWN` where AWS does not say. */
  readonly state: string;
  /** Ids of the root and of the units above it, outermost first. */
  readonly path: readonly string[];
  /** Null where they were not asked for or could not be read. */
  readonly tags: readonly { readonly Key: string; readonly Value: string }[] | null;
}

export type OrganizationDiscovery =
  | { readonly kind: 'noOrganization' }
  | {
      readonly kind: 'organization';
      readonly organizationId: string | null;
      readonly managementAccountId: string | null;
      /** `organization.json`, or nothing where not even its id is known. */
      readonly parts: readonly SnapshotPart[];
      readonly gaps: readonly CollectionGap[];
      /** Sorted by id. */
      readonly accounts: readonly DiscoveredAccount[];
      /** False where accounts may be missing: then nothing may be concluded from the absence of one. */
      readonly isAccountListWhole: boolean;
    };

const accountListSources = new Set([
  'organizations:ListRoots',
  'organizations:ListOrganizationalUnitsForParent',
  'organizations:ListAccountsForParent',
]);

function isWhole(gaps: readonly CollectionGap[]): boolean {
  return !gaps.some((gap) => accountListSources.has(gap.source));
}

/**
 * Reads the organization of the session's account, from the management account or a delegated administrator.
 *
 * What is refused becomes a gap that touches every account: a policy that was not read may be attached anywhere, and
 * never counts as none. Tags of accounts cost a call each, and are read only when asked for.
 */
export async function discoverOrganization(
  session: AwsSession,
  options: { readonly readAccountTags?: boolean } = {},
): Promise<OrganizationDiscovery> {
  const reader = new OrganizationReader(session);
  const described = await reader.read('DescribeOrganization', { resource: null }, () =>
    nullWhere(['AWSOrganizationsNotInUseException'], async () => {
      const answer = await session.organizations.send(new DescribeOrganizationCommand({}));
      return requiredMember('Organization', answer.Organization);
    }),
  );
  if (described === null && reader.gaps.length === 0) {
    return { kind: 'noOrganization' };
  }
  const tree = await readTree(reader);
  const organization = described ?? organizationOfRoot(tree);
  const managementAccountId = organization?.MasterAccountId ?? null;
  if (tree === null || organization?.Id === undefined) {
    return {
      kind: 'organization',
      organizationId: organization?.Id ?? null,
      managementAccountId,
      parts: [],
      gaps: sortedGaps(reader.gaps),
      accounts: [],
      isAccountListWhole: false,
    };
  }
  const isTreeWhole = isWhole(reader.gaps);
  const policies = await readPolicies(reader, tree.roots);
  if (isTreeWhole) {
    checkTargets(reader, tree, policies);
  }
  const tagged =
    options.readAccountTags === true
      ? await readAccountTags(session, [...tree.accounts.keys()].toSorted())
      : { tags: new Map<string, readonly Tag[]>(), gaps: [] };
  const gaps = sortedGaps([...reader.gaps, ...tagged.gaps]);
  return {
    kind: 'organization',
    organizationId: organization.Id,
    managementAccountId,
    parts: [organizationPart({ organization, tree, policies, tags: tagged.tags })],
    gaps,
    accounts: sortedBy(tree.accounts.values(), (account) => account.Id).map((account) =>
      discovered(account, tree, tagged.tags.get(account.Id) ?? null),
    ),
    isAccountListWhole: isWhole(gaps),
  };
}

/** A root's ARN names its organization and the management account: `arn:aws:organizations::ACCOUNT:root/o-id/r-id`. */
function organizationOfRoot(tree: OrganizationTree | null): Organization | null {
  const arn = tree?.roots[0]?.Arn?.split(':') ?? [];
  const [, id] = (arn[5] ?? '').split('/');
  const accountId = arn[4];
  return id === undefined || accountId === undefined || id === '' ? null : { Id: id, MasterAccountId: accountId };
}

/**
 * Every root, unit and account has an SCP, so that the targets of the policies list the organization once more. One
 * that the tree lacks was moved while it was read, and would otherwise be taken for an account of somebody else.
 * https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_attach.html
 */
function checkTargets(
  reader: OrganizationReader,
  tree: OrganizationTree,
  policies: readonly OrganizationPolicy[],
): void {
  const known = new Set([...tree.roots.map((root) => root.Id), ...tree.units.keys(), ...tree.accounts.keys()]);
  const strange = new Set(policies.flatMap((policy) => policy.targets).filter((target) => !known.has(target)));
  for (const target of [...strange].toSorted()) {
    const isAccount = /^\d{12}$/.test(target);
    reader.inconsistent(
      isAccount ? 'ListAccountsForParent' : 'ListOrganizationalUnitsForParent',
      target,
      `\`${target}\` has policies but no place: the organization changed while it was read; scan again`,
    );
  }
}

function discovered(account: TreeAccount, tree: OrganizationTree, tags: readonly Tag[] | null): DiscoveredAccount {
  return {
    id: account.Id,
    name: account.Name ?? account.Id,
    // AWS retired Status in September 2026; an older endpoint may know nothing else.
    state: account.State ?? account.Status ?? 'UNKNOWN',
    path: pathTo(account.parentId, tree),
    tags: tags?.map(({ Key, Value }) => ({ Key: Key ?? '', Value: Value ?? '' })) ?? null,
  };
}

function pathTo(parentId: string, tree: OrganizationTree): readonly string[] {
  const path = [parentId];
  for (let unit = tree.units.get(parentId); unit !== undefined; unit = tree.units.get(unit.parentId)) {
    if (path.includes(unit.parentId)) {
      break;
    }
    path.unshift(unit.parentId);
  }
  return path;
}
