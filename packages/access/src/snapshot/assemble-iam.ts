import { POLICY_LENGTHS_MAX } from '@ecr-audit/policy';
import type { z } from 'zod';
import type { DocumentProblem, IamGroup, IamPrincipal, IamSnapshot, NamedDocument } from './model.ts';
import { type DocumentForm, isAwsManaged, nameDocument } from './named-document.ts';
import { inlineLength } from './inline-length.ts';
import type { authorizationDetailsSchema } from './schemas.ts';

type AuthorizationDetails = z.output<typeof authorizationDetailsSchema>;

/** Turns what IAM answers into principals, groups and managed policies that can be looked up. */
export function assembleIam(details: AuthorizationDetails, problems: DocumentProblem[]): IamSnapshot {
  const inline = (
    owner: string,
    lengthMax: number,
    policies: readonly { readonly PolicyName: string; readonly PolicyDocument?: unknown }[],
  ): NamedDocument[] =>
    policies.map((policy) => ({
      ...nameDocument(
        `${owner}#inline:${policy.PolicyName}`,
        policy.PolicyDocument,
        { kind: 'identity', lengthMax },
        problems,
      ),
      length: inlineLength(policy.PolicyDocument),
    }));

  const users = details.UserDetailList.map((user): IamPrincipal => ({
    kind: 'user',
    id: user.UserId,
    arn: user.Arn,
    name: user.UserName,
    path: user.Path ?? '/',
    tags: user.Tags,
    inlinePolicies: inline(user.Arn, POLICY_LENGTHS_MAX.userInline, user.UserPolicyList),
    attachedPolicyArns: user.AttachedManagedPolicies.map((policy) => policy.PolicyArn),
    permissionsBoundaryArn: user.PermissionsBoundary?.PermissionsBoundaryArn ?? null,
    groups: user.GroupList,
  }));
  const roles = details.RoleDetailList.map((role): IamPrincipal => ({
    kind: 'role',
    id: role.RoleId,
    arn: role.Arn,
    name: role.RoleName,
    path: role.Path ?? '/',
    tags: role.Tags,
    inlinePolicies: inline(role.Arn, POLICY_LENGTHS_MAX.roleInline, role.RolePolicyList),
    attachedPolicyArns: role.AttachedManagedPolicies.map((policy) => policy.PolicyArn),
    permissionsBoundaryArn: role.PermissionsBoundary?.PermissionsBoundaryArn ?? null,
    groups: [],
  }));
  const groups = details.GroupDetailList.map((group): IamGroup => ({
    arn: group.Arn,
    name: group.GroupName,
    inlinePolicies: inline(group.Arn, POLICY_LENGTHS_MAX.groupInline, group.GroupPolicyList),
    attachedPolicyArns: group.AttachedManagedPolicies.map((policy) => policy.PolicyArn),
  }));
  const principals = [...users, ...roles];
  return {
    principals,
    principalsByArn: new Map(principals.map((principal) => [principal.arn, principal])),
    principalsById: new Map(principals.map((principal) => [principal.id, principal])),
    rolesByName: new Map(roles.map((role) => [role.name, role])),
    groups: new Map(groups.map((group) => [group.name, group])),
    managedPolicies: new Map(
      details.Policies.flatMap((policy): [string, NamedDocument][] => {
        const version = defaultVersion(policy);
        return version === null
          ? []
          : [[policy.Arn, nameDocument(policy.Arn, version.Document, managedForm(policy.Arn), problems)]];
      }),
    ),
  };
}

type ManagedPolicy = AuthorizationDetails['Policies'][number];

/** Only the default version of a managed policy is in force; a policy without it was not read. */
function defaultVersion(policy: ManagedPolicy): ManagedPolicy['PolicyVersionList'][number] | null {
  return (
    policy.PolicyVersionList.find((version) =>
      policy.DefaultVersionId === undefined
        ? version.IsDefaultVersion === true
        : version.VersionId === policy.DefaultVersionId,
    ) ??
    policy.PolicyVersionList.find((version) => version.IsDefaultVersion === true) ??
    null
  );
}

/** AWS keeps to no limit for its own policies. */
function managedForm(arn: string): DocumentForm {
  return { kind: 'identity', lengthMax: isAwsManaged(arn) ? null : POLICY_LENGTHS_MAX.managed };
}
