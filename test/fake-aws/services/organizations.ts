import { z } from 'zod';

import type { FakeCall, Operation } from '../fake-call.ts';
import { accessDenied, FakeError } from '../fake-error.ts';
import { pageOf } from '../paging.ts';
import type { ServedOrganization } from '../served-organization.ts';

// The largest page, and the default one. https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListAccounts.html
const pageSize = 20;

const pageInput = z.object({
  NextToken: z.string().optional(),
  MaxResults: z.number().int().min(1).max(pageSize).default(pageSize),
});

/** Any account of an organization may ask which it is; the rest is for the management account and its delegates. */
function describeOrganization(_input: unknown, call: FakeCall): unknown {
  return { Organization: organizationOf(call).file.Organization };
}

function listRoots(input: unknown, call: FakeCall): unknown {
  const { file } = readable(call);
  return paged('Roots', file.Roots, input, call);
}

function listOrganizationalUnitsForParent(input: unknown, call: FakeCall): unknown {
  const organization = readable(call);
  const { ParentId } = z.object({ ParentId: z.string() }).parse(input);
  parentThere(ParentId, organization);
  return paged('OrganizationalUnits', organization.unitsBelow.get(ParentId) ?? [], input, call);
}

function listAccountsForParent(input: unknown, call: FakeCall): unknown {
  const organization = readable(call);
  const { ParentId } = z.object({ ParentId: z.string() }).parse(input);
  parentThere(ParentId, organization);
  return paged('Accounts', organization.accountsBelow.get(ParentId) ?? [], input, call);
}

function listPolicies(input: unknown, call: FakeCall): unknown {
  const { file } = readable(call);
  const { Filter } = z.object({ Filter: z.string() }).parse(input);
  const policies = file.Policies.map((policy) => policy.PolicySummary).filter((summary) => summary.Type === Filter);
  return paged('Policies', policies, input, call);
}

function describePolicy(input: unknown, call: FakeCall): unknown {
  const { PolicySummary, Content } = policyNamed(input, call);
  return { Policy: { PolicySummary, Content } };
}

function listTargetsForPolicy(input: unknown, call: FakeCall): unknown {
  const { Targets } = policyNamed(input, call);
  const targets = Targets.map((target) => ({ TargetId: typeof target === 'string' ? target : target.TargetId }));
  return paged('Targets', targets, input, call);
}

/** All tags at once: this list has no page size. */
function listTagsForResource(input: unknown, call: FakeCall): unknown {
  const { ResourceId } = z.object({ ResourceId: z.string() }).parse(input);
  const account = readable(call).file.Accounts.find((each) => each.Id === ResourceId);
  if (account === undefined) {
    throw new FakeError('TargetNotFoundException', "You specified a target that doesn't exist.");
  }
  return { Tags: account.Tags ?? [] };
}

function organizationOf(call: FakeCall): ServedOrganization {
  const { organization } = call.state;
  if (organization === null || !organization.members.has(call.accountId)) {
    throw new FakeError('AWSOrganizationsNotInUseException', 'Your account is not a member of an organization.');
  }
  return organization;
}

function readable(call: FakeCall): ServedOrganization {
  const organization = organizationOf(call);
  const isManagement = organization.file.Organization.MasterAccountId === call.accountId;
  if (!isManagement && !call.delegatedAdministrators.has(call.accountId)) {
    throw accessDenied({ service: call.service, operation: call.operation, callerArn: call.caller.arn, resource: '*' });
  }
  return organization;
}

function parentThere(id: string, organization: ServedOrganization): void {
  if (![...organization.file.Roots, ...organization.file.OrganizationalUnits].some((each) => each.Id === id)) {
    throw new FakeError('ParentNotFoundException', "You specified a parent that doesn't exist.");
  }
}

function policyNamed(input: unknown, call: FakeCall): ServedOrganization['file']['Policies'][number] {
  const { PolicyId } = z.object({ PolicyId: z.string() }).parse(input);
  const policy = readable(call).file.Policies.find((each) => each.PolicySummary.Id === PolicyId);
  if (policy === undefined) {
    throw policyGone();
  }
  return policy;
}

function policyGone(): FakeError {
  return new FakeError('PolicyNotFoundException', "You specified a policy that doesn't exist.");
}

function paged(key: string, all: readonly unknown[], input: unknown, call: FakeCall): object {
  const { NextToken, MaxResults } = pageInput.parse(input);
  const page = pageOf(all, {
    token: NextToken,
    size: Math.min(MaxResults, call.pageSizeMax),
    boundTo: [call.operation, z.looseObject({ NextToken: z.undefined().catch(undefined) }).parse(input)],
    onBadToken: () => new FakeError('InvalidInputException', 'You provided an invalid NextToken.'),
  });
  return { [key]: page.items, ...(page.nextToken === null ? {} : { NextToken: page.nextToken }) };
}

export const organizationsOperations: Readonly<Record<string, Operation>> = {
  DescribeOrganization: describeOrganization,
  ListRoots: listRoots,
  ListOrganizationalUnitsForParent: listOrganizationalUnitsForParent,
  ListAccountsForParent: listAccountsForParent,
  ListPolicies: listPolicies,
  DescribePolicy: describePolicy,
  ListTargetsForPolicy: listTargetsForPolicy,
  ListTagsForResource: listTagsForResource,
};
