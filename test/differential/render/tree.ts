import type { OrganizationPlan, OrganizationPolicyPlan, PolicyTypeStatus, TreePlan } from '../plan.ts';
import { ACCOUNTS, ORGANIZATION, ROOT, UNCOLLECTED_MEMBER, unitId } from '../vocabulary.ts';
import { documentTextAt } from './document.ts';

const SCP = 'SERVICE_CONTROL_POLICY';
const RCP = 'RESOURCE_CONTROL_POLICY';
const ALLOW_ALL = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };

/** organization.json. */
export function organizationFile(plan: OrganizationPlan, tree: TreePlan): unknown {
  const nodes = nodesOf(tree);
  const nodeOf = (index: number): string => nodes[index % nodes.length] ?? ROOT;
  const placeOf = (place: number): string =>
    place === 0 || tree.units.length === 0 ? ROOT : unitId((place - 1) % tree.units.length);
  const members = ACCOUNTS.flatMap((id, index) => {
    const place = index < plan.accounts.length ? tree.members[index] : null;
    return place === null || place === undefined
      ? []
      : [{ Id: id, Name: `account ${index}`, ParentId: place === 'gone' ? 'ou-gone' : placeOf(place) }];
  });
  const others = tree.uncollected === null ? [] : [{ Id: UNCOLLECTED_MEMBER, ParentId: placeOf(tree.uncollected) }];
  const management =
    tree.management === 'uncollected'
      ? UNCOLLECTED_MEMBER
      : tree.management === null
        ? undefined
        : ACCOUNTS[tree.management];
  const policy = (type: string) => (each: OrganizationPolicyPlan, index: number) => ({
    PolicySummary: { Id: `p-${type}-${index}`, Name: each.name, Type: type },
    Content: documentTextAt(type === RCP ? plan.resourceDocuments : plan.identityDocuments, each.document),
    Targets: [...new Set(each.targets.map(nodeOf))].map((target) => (index === 0 ? target : { TargetId: target })),
  });
  return {
    Organization: { Id: ORGANIZATION, ...(management === undefined ? {} : { MasterAccountId: management }) },
    Roots: [{ Id: ROOT, Name: 'Root', PolicyTypes: [...stated(SCP, tree.scpStatus), ...stated(RCP, tree.rcpStatus)] }],
    OrganizationalUnits: tree.units.map((parent, index) => ({
      Id: unitId(index),
      Name: `unit ${index + 1}`,
      // Only what stands before it may be above it, so that there is no circle.
      ParentId: parent === 0 || index === 0 ? ROOT : unitId((parent - 1) % index),
    })),
    Accounts: [...members, ...others],
    Policies: [
      {
        PolicySummary: { Id: 'p-FullAWSAccess', Name: 'FullAWSAccess', Type: SCP },
        Content: JSON.stringify(ALLOW_ALL),
        Targets: nodes.filter((_, index) => !tree.bare.some((bare) => bare % nodes.length === index)),
      },
      ...tree.scps.map(policy(SCP)),
      ...tree.rcps.map(policy(RCP)),
    ],
  };
}

function nodesOf({ units }: TreePlan): string[] {
  return [ROOT, ...units.map((_, index) => unitId(index)), ...ACCOUNTS, UNCOLLECTED_MEMBER];
}

function stated(Type: string, status: PolicyTypeStatus): object[] {
  return status === 'unstated' ? [] : [{ Type, Status: status }];
}
