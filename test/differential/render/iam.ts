import {
  type AccountPlan,
  type AttachmentsPlan,
  NOT_IN_FILE,
  type OrganizationPlan,
  type PrincipalPlan,
} from '../plan.ts';
import { GROUPS, principalArn, uniqueId } from '../vocabulary.ts';
import { documentAt } from './document.ts';

/** What `aws iam get-account-authorization-details` would print. */
export function authorizationDetails(plan: OrganizationPlan, accountId: string, account: AccountPlan): unknown {
  const attachments = ({ inline, attached }: AttachmentsPlan, list: string): object => ({
    [list]: inline.map((document, index) => ({
      PolicyName: `own-${index}`,
      PolicyDocument: documentAt(plan.identityDocuments, document),
    })),
    AttachedManagedPolicies: attached.map((index) => ({
      PolicyName: `managed-${index}`,
      PolicyArn: managedArn(accountId, account, index),
    })),
  });
  const principal = (kind: 'user' | 'role', each: PrincipalPlan): object => ({
    Path: each.path,
    Arn: principalArn(accountId, kind, each.path, each.name),
    Tags: each.tags,
    ...(each.boundary === null
      ? {}
      : { PermissionsBoundary: { PermissionsBoundaryArn: managedArn(accountId, account, each.boundary) } }),
  });
  return {
    UserDetailList: account.users.map((user) => ({
      ...principal('user', user),
      UserName: user.name,
      UserId: uniqueId('user', accountId, user.name, user.generation),
      GroupList: user.groups,
      ...attachments(user, 'UserPolicyList'),
    })),
    RoleDetailList: account.roles.map((role) => ({
      ...principal('role', role),
      RoleName: role.name,
      RoleId: uniqueId('role', accountId, role.name, role.generation),
      ...attachments(role, 'RolePolicyList'),
    })),
    GroupDetailList: account.groups.map((group, index) => {
      const name = GROUPS[index] ?? '';
      return {
        GroupName: name,
        GroupId: `AGPA${name.toUpperCase()}`,
        Arn: `arn:aws:iam::${accountId}:group/${name}`,
        ...attachments(group, 'GroupPolicyList'),
      };
    }),
    Policies: account.managed.map(({ document }, index) => ({
      Arn: managedArn(accountId, account, index),
      PolicyName: `managed-${index}`,
      DefaultVersionId: 'v1',
      PolicyVersionList: [{ VersionId: 'v1', Document: documentAt(plan.identityDocuments, document) }],
    })),
  };
}

/** Places wrap around the list, but for the one that is attached and not in the file. */
function managedArn(accountId: string, { managed }: AccountPlan, place: number): string {
  const index = place === NOT_IN_FILE || managed.length === 0 ? NOT_IN_FILE : place % managed.length;
  return `arn:aws:iam::${managed[index]?.isAwsOwned === true ? 'aws' : accountId}:policy/managed-${index}`;
}
