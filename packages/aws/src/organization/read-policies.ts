import {
  DescribePolicyCommand,
  paginateListPolicies,
  paginateListTargetsForPolicy,
} from '@aws-sdk/client-organizations';
import type { PolicySummary, PolicyType, Root } from '@aws-sdk/client-organizations';

import { requiredMember } from '../required-member.ts';
import { everyItem, nullWhere } from './organization-reader.ts';
import type { OrganizationReader } from './organization-reader.ts';

// The largest page that these calls give.
const pageSize = 20;

const policyTypes: readonly PolicyType[] = ['SERVICE_CONTROL_POLICY', 'RESOURCE_CONTROL_POLICY'];

export interface OrganizationPolicy {
  readonly summary: PolicySummary;
  readonly content: string;
  /** Ids of roots, units and accounts, sorted. */
  readonly targets: readonly string[];
}

/**
 * Reads the SCPs and RCPs with what they are attached to. A policy of which either could not be read is left out, and
 * its gap makes what all policies say unknown; one that is deleted meanwhile is left out without a gap.
 *
 * Rejected: ListPoliciesForTarget, which asks every account, unit and root for either type: 1,000 calls where 500
 * accounts have ten policies, against ten calls and some 50 pages.
 */
export async function readPolicies(
  reader: OrganizationReader,
  roots: readonly Root[],
): Promise<readonly OrganizationPolicy[]> {
  const policies: OrganizationPolicy[] = [];
  for (const type of policyTypes) {
    for (const summary of isInForce(reader, type, roots) ? await listPolicies(reader, type) : []) {
      const policy = await readPolicy(reader, summary);
      if (policy !== null) {
        policies.push(policy);
      }
    }
  }
  return policies;
}

/**
 * A type that is not enabled is attached nowhere, whatever policies of it are left, so they need not be read.
 * https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_enable-disable.html
 */
function isInForce(reader: OrganizationReader, type: PolicyType, roots: readonly Root[]): boolean {
  const states = roots.flatMap((root) => root.PolicyTypes ?? []).filter((each) => each.Type === type);
  for (const { Status: status } of states) {
    if (status !== 'ENABLED') {
      reader.inconsistent('ListRoots', type, `\`${type}\` is ${status ?? 'in no known state'}, between on and off`);
    }
  }
  return states.some((each) => each.Status === 'ENABLED');
}

async function listPolicies(
  reader: OrganizationReader,
  type: PolicyType,
): Promise<readonly (PolicySummary & { readonly Id: string })[]> {
  const pages = paginateListPolicies({ client: reader.session.organizations, pageSize }, { Filter: type });
  const policies = await reader.read('ListPolicies', { resource: type }, () =>
    everyItem('ListPolicies', pages, (page) => requiredMember('Policies', page.Policies)).then((found) =>
      found.map((policy) => ({ ...policy, Id: requiredMember('Id', policy.Id) })),
    ),
  );
  return policies ?? [];
}

const policyGone = ['PolicyNotFoundException'];

async function readPolicy(
  reader: OrganizationReader,
  summary: PolicySummary & { readonly Id: string },
): Promise<OrganizationPolicy | null> {
  const { organizations: client } = reader.session;
  const content = await reader.read('DescribePolicy', { resource: summary.Id }, () =>
    nullWhere(policyGone, async () => {
      const { Policy: policy } = await client.send(new DescribePolicyCommand({ PolicyId: summary.Id }));
      return requiredMember('Content', policy?.Content);
    }),
  );
  if (content === null) {
    return null;
  }
  const targets = await reader.read('ListTargetsForPolicy', { resource: summary.Id }, () =>
    nullWhere(policyGone, () =>
      everyItem(
        'ListTargetsForPolicy',
        paginateListTargetsForPolicy({ client, pageSize }, { PolicyId: summary.Id }),
        (page) => requiredMember('Targets', page.Targets).map((target) => requiredMember('TargetId', target.TargetId)),
      ),
    ),
  );
  return targets === null ? null : { summary, content, targets: targets.toSorted() };
}
