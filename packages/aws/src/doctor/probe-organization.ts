import {
  DescribeOrganizationCommand,
  DescribePolicyCommand,
  ListAccountsForParentCommand,
  ListOrganizationalUnitsForParentCommand,
  ListPoliciesCommand,
  ListRootsCommand,
  ListTagsForResourceCommand,
  ListTargetsForPolicyCommand,
} from '@aws-sdk/client-organizations';

import type { AwsSession } from '../session.ts';
import { notProbed, probe, valueOf } from './probe.ts';
import type { Probe } from './probe.ts';

export interface OrganizationProbes {
  /** `none`: the account belongs to no organization, which the answer of AWS proves. */
  readonly kind: 'organization' | 'none' | 'unknown';
  readonly organizationId: string | null;
  readonly probes: readonly Probe[];
}

const policyGone = ['PolicyNotFoundException'];

/**
 * Tries every call that reads AWS Organizations, at most eight. Changes nothing.
 *
 * Throws an `AwsError` where the credentials do not work.
 */
export async function probeOrganization(session: AwsSession, accountId: string): Promise<OrganizationProbes> {
  const place = { accountId, region: null };
  const { organizations: client } = session;
  const described = await probe(
    session,
    'organizations:DescribeOrganization',
    place,
    () => client.send(new DescribeOrganizationCommand({})),
    ['AWSOrganizationsNotInUseException'],
  );
  if (described.kind === 'none' && described.probe.outcome === 'allowed') {
    return { kind: 'none', organizationId: null, probes: [described.probe] };
  }
  const organizationId = valueOf(described)?.Organization?.Id ?? null;
  const roots = await probe(session, 'organizations:ListRoots', place, () => client.send(new ListRootsCommand({})));
  const policies = await probe(session, 'organizations:ListPolicies', place, () =>
    client.send(new ListPoliciesCommand({ Filter: 'SERVICE_CONTROL_POLICY', MaxResults: 1 })),
  );
  return {
    kind: organizationId === null ? 'unknown' : 'organization',
    organizationId,
    probes: [
      described.probe,
      roots.probe,
      policies.probe,
      ...(await probeRoot(session, accountId, valueOf(roots)?.Roots?.[0]?.Id)),
      ...(await probePolicy(session, accountId, valueOf(policies)?.Policies?.[0]?.Id)),
    ],
  };
}

async function probeRoot(
  session: AwsSession,
  accountId: string,
  rootId: string | undefined,
): Promise<readonly Probe[]> {
  const place = { accountId, region: null };
  const { organizations: client } = session;
  if (rootId === undefined) {
    return ['ListAccountsForParent', 'ListOrganizationalUnitsForParent', 'ListTagsForResource'].map((name) =>
      notProbed(`organizations:${name}`, place, 'no root could be read to ask about'),
    );
  }
  const input = { ParentId: rootId, MaxResults: 1 };
  return [
    await probe(session, 'organizations:ListAccountsForParent', place, () =>
      client.send(new ListAccountsForParentCommand(input)),
    ),
    await probe(session, 'organizations:ListOrganizationalUnitsForParent', place, () =>
      client.send(new ListOrganizationalUnitsForParentCommand(input)),
    ),
    await probe(session, 'organizations:ListTagsForResource', place, () =>
      client.send(new ListTagsForResourceCommand({ ResourceId: accountId })),
    ),
  ].map((probed) => probed.probe);
}

async function probePolicy(
  session: AwsSession,
  accountId: string,
  policyId: string | undefined,
): Promise<readonly Probe[]> {
  const place = { accountId, region: null };
  const { organizations: client } = session;
  if (policyId === undefined) {
    return ['DescribePolicy', 'ListTargetsForPolicy'].map((name) =>
      notProbed(`organizations:${name}`, place, 'there is no service control policy to ask about'),
    );
  }
  return [
    await probe(
      session,
      'organizations:DescribePolicy',
      place,
      () => client.send(new DescribePolicyCommand({ PolicyId: policyId })),
      policyGone,
    ),
    await probe(
      session,
      'organizations:ListTargetsForPolicy',
      place,
      () => client.send(new ListTargetsForPolicyCommand({ PolicyId: policyId, MaxResults: 1 })),
      policyGone,
    ),
  ].map((probed) => probed.probe);
}
