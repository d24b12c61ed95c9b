import { POLICY_LENGTHS_MAX } from '@ecr-audit/policy';
import type { z } from 'zod';
import type {
  DocumentProblem,
  NamedDocument,
  OrganizationAccount,
  OrganizationLevelSnapshot,
  OrganizationSnapshot,
} from './model.ts';
import { nameDocument } from './named-document.ts';
import type { organizationSchema } from './schemas.ts';

type OrganizationFile = z.output<typeof organizationSchema>;

const SCP = 'SERVICE_CONTROL_POLICY';
const RCP = 'RESOURCE_CONTROL_POLICY';

const SCP_FORM = { kind: 'identity', lengthMax: POLICY_LENGTHS_MAX.scp } as const;
const RCP_FORM = { kind: 'resource', lengthMax: POLICY_LENGTHS_MAX.rcp } as const;

/** Deeper than AWS allows (five levels of OUs); a longer chain of parents is a circle. */
const LEVELS_MAX = 12;

/** Works out, for every account, the levels above it with the policies attached there. */
export function assembleOrganization(file: OrganizationFile, problems: DocumentProblem[]): OrganizationSnapshot {
  const attached = attachedPolicies(file, problems);
  const level = (id: string, kind: OrganizationLevelSnapshot['kind'], name: string): OrganizationLevelSnapshot => ({
    id,
    kind,
    name,
    scps: attached.get(`${SCP} ${id}`) ?? [],
    rcps: attached.get(`${RCP} ${id}`) ?? [],
  });
  const roots = new Map(file.Roots.map((root) => [root.Id, level(root.Id, 'root', root.Name ?? root.Id)]));
  const units = new Map(file.OrganizationalUnits.map((unit) => [unit.Id, unit]));
  const levelsAbove = (parentId: string): OrganizationLevelSnapshot[] | null => {
    const levels: OrganizationLevelSnapshot[] = [];
    for (let id = parentId; levels.length < LEVELS_MAX;) {
      const root = roots.get(id);
      if (root !== undefined) {
        return [root, ...levels.toReversed()];
      }
      const unit = units.get(id);
      if (unit === undefined) {
        return null;
      }
      levels.push(level(unit.Id, 'ou', unit.Name));
      id = unit.ParentId;
    }
    return null;
  };
  const accounts = file.Accounts.map((account): OrganizationAccount => {
    const name = account.Name ?? account.Id;
    const above = levelsAbove(account.ParentId);
    return { id: account.Id, name, levels: above === null ? null : [...above, level(account.Id, 'account', name)] };
  });
  return {
    id: file.Organization.Id,
    managementAccountId: file.Organization.MasterAccountId ?? file.Organization.ManagementAccountId ?? null,
    scpsEnabled: isEnabled(file, SCP),
    rcpsEnabled: isEnabled(file, RCP),
    accounts: new Map(accounts.map((account) => [account.id, account])),
  };
}

/** By policy type and target. */
function attachedPolicies(file: OrganizationFile, problems: DocumentProblem[]): Map<string, NamedDocument[]> {
  const attached = new Map<string, NamedDocument[]>();
  for (const { PolicySummary: summary, Content: content, Targets: targets } of file.Policies) {
    if (summary.Type !== SCP && summary.Type !== RCP) {
      continue;
    }
    const named = nameDocument(summary.Name, content, summary.Type === RCP ? RCP_FORM : SCP_FORM, problems);
    for (const target of targets) {
      const key = `${summary.Type} ${typeof target === 'string' ? target : target.TargetId}`;
      attached.set(key, [...(attached.get(key) ?? []), named]);
    }
  }
  return attached;
}

/**
 * Whether policies of a type are in force: as the root says, or, where it does not name the type, whether any is
 * attached. A type that is not enabled leaves its policies behind, attached nowhere.
 * https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_enable-disable.html
 */
function isEnabled(file: OrganizationFile, type: string): boolean {
  const stated = file.Roots.flatMap((root) => root.PolicyTypes ?? []).find((policyType) => policyType.Type === type);
  if (stated !== undefined) {
    return stated.Status === 'ENABLED';
  }
  return file.Policies.some((policy) => policy.PolicySummary.Type === type && policy.Targets.length > 0);
}
