import type { Organization, OrganizationPolicy } from '../model.ts';
import { sortedBy, tagList } from './json.ts';

/** The organization as organization.json holds it. */
export function organizationFile(organization: Organization): Record<string, unknown> {
  const { id, managementAccountId, rootId } = organization;
  const arn = (type: string, path: string) => `arn:aws:organizations::${managementAccountId}:${type}/${path}`;
  return {
    Organization: {
      Id: id,
      Arn: arn('organization', id),
      FeatureSet: 'ALL',
      MasterAccountArn: arn('account', `${id}/${managementAccountId}`),
      MasterAccountId: managementAccountId,
    },
    Roots: [
      {
        Id: rootId,
        Arn: arn('root', `${id}/${rootId}`),
        Name: 'Root',
        PolicyTypes: [
          { Type: 'SERVICE_CONTROL_POLICY', Status: 'ENABLED' },
          { Type: 'RESOURCE_CONTROL_POLICY', Status: 'ENABLED' },
        ],
      },
    ],
    OrganizationalUnits: sortedBy(
      organization.units.map((unit) => ({
        Id: unit.id,
        Arn: arn('ou', `${id}/${unit.id}`),
        Name: unit.name,
        ParentId: unit.parentId,
      })),
      (unit) => unit.Id,
    ),
    Accounts: sortedBy(
      organization.members.map((member) => ({
        Id: member.id,
        Arn: arn('account', `${id}/${member.id}`),
        Name: member.name,
        Status: 'ACTIVE',
        ParentId: member.parentId,
        Tags: tagList(member.tags),
      })),
      (account) => account.Id,
    ),
    Policies: sortedBy(
      organization.policies.map((policy) => ({
        PolicySummary: {
          Id: policy.id,
          Arn: policyArn(organization, policy),
          Name: policy.name,
          Type: policy.type,
          AwsManaged: policy.isAwsManaged,
        },
        Content: JSON.stringify(policy.document),
        Targets: [...policy.targets].toSorted(),
      })),
      (policy) => policy.PolicySummary.Id,
    ),
  };
}

function policyArn(organization: Organization, policy: OrganizationPolicy): string {
  const type = policy.type.toLowerCase();
  return policy.isAwsManaged
    ? `arn:aws:organizations::aws:policy/${type}/${policy.id}`
    : `arn:aws:organizations::${organization.managementAccountId}:policy/${organization.id}/${type}/${policy.id}`;
}
