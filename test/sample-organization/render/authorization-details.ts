import { awsManagedPolicies } from '../aws-managed-policies.ts';
import { arnOf } from '../company.ts';
import { uniqueId } from '../identifiers.ts';
import type { Account, Group, ManagedPolicy, PolicyDocument, Role, User } from '../model.ts';
import { awsTime, bornAt } from '../times.ts';
import { sortedBy, tagList } from './json.ts';

export interface LastUse {
  at: string;
  region: string;
}

/** The account as `aws iam get-account-authorization-details` prints it. */
export function authorizationDetails(
  account: Account,
  lastUseByRoleArn: ReadonlyMap<string, LastUse>,
): Record<string, unknown> {
  return {
    UserDetailList: sortedBy(
      account.users.map((user) => userDetail(account, user)),
      (user) => user.Arn,
    ),
    GroupDetailList: sortedBy(
      account.groups.map((group) => groupDetail(account, group)),
      (group) => group.Arn,
    ),
    RoleDetailList: sortedBy(
      account.roles.map((role) => roleDetail(account, role, lastUseByRoleArn)),
      (role) => role.Arn,
    ),
    Policies: sortedBy([...customerPolicies(account), ...awsPolicies(account)], (policy) => policy.Arn),
  };
}

function userDetail(account: Account, user: User) {
  const arn = arnOf(account, 'user', user);
  return {
    Path: user.path ?? '/',
    UserName: user.name,
    UserId: uniqueId('AIDA', arn, user.generation),
    Arn: arn,
    CreateDate: awsTime(user.createdAt ?? bornAt(arn)),
    ...(user.inline === undefined ? {} : { UserPolicyList: inlinePolicies(user.inline) }),
    GroupList: [...(user.groups ?? [])].toSorted(),
    AttachedManagedPolicies: attachedPolicies(account, user.managed),
    ...boundaryOf(account, user.boundary),
    Tags: tagList(user.tags),
  };
}

function groupDetail(account: Account, group: Group) {
  const arn = arnOf(account, 'group', group);
  return {
    Path: group.path ?? '/',
    GroupName: group.name,
    GroupId: uniqueId('AGPA', arn),
    Arn: arn,
    CreateDate: awsTime(bornAt(arn)),
    GroupPolicyList: inlinePolicies(group.inline ?? {}),
    AttachedManagedPolicies: attachedPolicies(account, group.managed),
  };
}

function roleDetail(account: Account, role: Role, lastUseByRoleArn: ReadonlyMap<string, LastUse>) {
  const arn = arnOf(account, 'role', role);
  const head = {
    Path: role.path ?? '/',
    RoleName: role.name,
    RoleId: uniqueId('AROA', arn, role.generation),
    Arn: arn,
    CreateDate: awsTime(role.createdAt ?? bornAt(arn)),
    AssumeRolePolicyDocument: role.trust,
  };
  const lastUse = lastUseByRoleArn.get(arn);
  return {
    ...head,
    InstanceProfileList: role.hasInstanceProfile === true ? [instanceProfile(account, role, head)] : [],
    RolePolicyList: inlinePolicies(role.inline ?? {}),
    AttachedManagedPolicies: attachedPolicies(account, role.managed),
    ...boundaryOf(account, role.boundary),
    Tags: tagList(role.tags),
    RoleLastUsed: lastUse === undefined ? {} : { LastUsedDate: awsTime(lastUse.at), Region: lastUse.region },
  };
}

function instanceProfile(account: Account, role: Role, head: { CreateDate: string }) {
  const path = role.path ?? '/';
  const arn = `arn:aws:iam::${account.id}:instance-profile${path}${role.name}`;
  return {
    Path: path,
    InstanceProfileName: role.name,
    InstanceProfileId: uniqueId('AIPA', arn),
    Arn: arn,
    CreateDate: head.CreateDate,
    Roles: [head],
  };
}

function inlinePolicies(inline: Record<string, PolicyDocument>) {
  return sortedBy(
    Object.entries(inline).map(([PolicyName, PolicyDocument]) => ({ PolicyName, PolicyDocument })),
    (policy) => policy.PolicyName,
  );
}

function attachedPolicies(account: Account, names: string[] = []) {
  return sortedBy(
    names.map((name) => ({ PolicyName: name, PolicyArn: managedPolicyArn(account, name) })),
    (policy) => policy.PolicyArn,
  );
}

function boundaryOf(account: Account, name: string | undefined) {
  return name === undefined
    ? {}
    : {
        PermissionsBoundary: {
          PermissionsBoundaryType: 'Policy',
          PermissionsBoundaryArn: managedPolicyArn(account, name),
        },
      };
}

function managedPolicyArn(account: Account, name: string): string {
  const own = account.policies.find((policy) => policy.name === name);
  if (own !== undefined) {
    return arnOf(account, 'policy', own);
  }
  const aws = awsManagedPolicies.get(name);
  if (aws === undefined) {
    throw new Error(`neither account ${account.id} nor AWS has a policy \`${name}\``);
  }
  return aws.Arn;
}

function customerPolicies(account: Account) {
  return account.policies.map((policy) => {
    const arn = arnOf(account, 'policy', policy);
    const [first, last] = [policy.versions.at(0), policy.versions.at(-1)];
    if (first === undefined || last === undefined) {
      throw new Error(`policy \`${policy.name}\` has no version`);
    }
    return {
      PolicyName: policy.name,
      PolicyId: uniqueId('ANPA', arn),
      Arn: arn,
      Path: policy.path ?? '/',
      DefaultVersionId: `v${policy.versions.length}`,
      ...usage(account, policy.name),
      IsAttachable: true,
      CreateDate: awsTime(first.createdAt),
      UpdateDate: awsTime(last.createdAt),
      PolicyVersionList: printedVersions(policy),
    };
  });
}

function printedVersions(policy: ManagedPolicy) {
  const versions = policy.versions.map((version, index) => ({
    Document: version.document,
    VersionId: `v${index + 1}`,
    IsDefaultVersion: index === policy.versions.length - 1,
    CreateDate: awsTime(version.createdAt),
  }));
  return sortedBy(versions, (version) => version.VersionId);
}

/** Of AWS's own policies the account prints those that somebody in it carries. */
function awsPolicies(account: Account) {
  return [...awsManagedPolicies.values()].flatMap((policy) => {
    const counts = usage(account, policy.PolicyName);
    if (counts.AttachmentCount + counts.PermissionsBoundaryUsageCount === 0) {
      return [];
    }
    return [
      {
        PolicyName: policy.PolicyName,
        PolicyId: uniqueId('ANPA', policy.Arn),
        Arn: policy.Arn,
        Path: policy.Path,
        DefaultVersionId: policy.DefaultVersionId,
        ...counts,
        IsAttachable: true,
        CreateDate: policy.CreateDate,
        UpdateDate: policy.UpdateDate,
        PolicyVersionList: [
          {
            Document: policy.Document,
            VersionId: policy.DefaultVersionId,
            IsDefaultVersion: true,
            CreateDate: policy.UpdateDate,
          },
        ],
      },
    ];
  });
}

function usage(account: Account, policyName: string) {
  const principals = [...account.users, ...account.roles];
  return {
    AttachmentCount: [...principals, ...account.groups].filter((owner) => owner.managed?.includes(policyName) === true)
      .length,
    PermissionsBoundaryUsageCount: principals.filter((owner) => owner.boundary === policyName).length,
  };
}
