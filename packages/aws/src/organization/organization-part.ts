import type { Organization, Tag } from '@aws-sdk/client-organizations';
import type { SnapshotPart } from '@ecr-audit/access';

import { jsonPart, sortedBy } from '../snapshot-json.ts';
import type { OrganizationPolicy } from './read-policies.ts';
import type { OrganizationTree } from './read-tree.ts';

/** Makes `organization.json`. Everything is sorted by id; addresses of people are left out. */
export function organizationPart(read: {
  readonly organization: Organization;
  readonly tree: OrganizationTree;
  readonly policies: readonly OrganizationPolicy[];
  /** By account id; an account whose tags were not read has none here. */
  readonly tags: ReadonlyMap<string, readonly Tag[]>;
}): SnapshotPart {
  const { organization, tree, policies, tags } = read;
  const { Id, Arn, FeatureSet, MasterAccountArn, MasterAccountId } = organization;
  return jsonPart('organization.json', {
    Organization: { Id, Arn, FeatureSet, MasterAccountArn, MasterAccountId },
    Roots: sortedBy(tree.roots, (root) => root.Id).map((root) => ({
      Id: root.Id,
      Arn: root.Arn,
      Name: root.Name,
      PolicyTypes: sortedBy(root.PolicyTypes ?? [], (type) => type.Type).map(({ Type, Status }) => ({ Type, Status })),
    })),
    OrganizationalUnits: sortedBy(tree.units.values(), (unit) => unit.Id).map((unit) => ({
      Id: unit.Id,
      Arn: unit.Arn,
      Name: unit.Name ?? unit.Id,
      ParentId: unit.parentId,
    })),
    Accounts: sortedBy(tree.accounts.values(), (account) => account.Id).map((account) => ({
      Id: account.Id,
      Arn: account.Arn,
      Name: account.Name,
      Status: account.Status,
      State: account.State,
      ParentId: account.parentId,
      Tags: tags.get(account.Id),
    })),
    Policies: sortedBy(policies, (policy) => policy.summary.Id).map(({ summary, content, targets }) => ({
      PolicySummary: {
        Id: summary.Id,
        Arn: summary.Arn,
        Name: summary.Name ?? summary.Id,
        Type: summary.Type,
        AwsManaged: summary.AwsManaged,
      },
      Content: content,
      Targets: targets,
    })),
  });
}
