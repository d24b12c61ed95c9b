import type {
  AttachedPolicy,
  GroupDetail,
  InstanceProfile,
  ManagedPolicyDetail,
  PolicyDetail,
  PolicyVersion,
  Role,
  RoleDetail,
  Tag,
  UserDetail,
} from '@aws-sdk/client-iam';

import { decodePolicyDocument } from './decode-policy-document.ts';
import { sortedBy } from './snapshot-json.ts';

/*
 * IAM answers policy documents URL-encoded and its lists in no order that it promises. The AWS CLI prints the
 * documents decoded. These functions give what it prints, with the lists sorted by name; the order of statements
 * within a document is kept, because a statement without a Sid is named by its index.
 */

export function userAsPrinted(user: UserDetail): object {
  return {
    ...user,
    ...printed('UserPolicyList', user.UserPolicyList, inlinePolicies),
    ...printed('GroupList', user.GroupList, (groups) => sortedBy(groups, (name) => name)),
    ...attachments(user),
  };
}

export function groupAsPrinted(group: GroupDetail): object {
  return { ...group, ...printed('GroupPolicyList', group.GroupPolicyList, inlinePolicies), ...attachments(group) };
}

export function roleAsPrinted(role: RoleDetail): object {
  return {
    ...role,
    ...trustPolicy(role),
    ...printed('InstanceProfileList', role.InstanceProfileList, instanceProfiles),
    ...printed('RolePolicyList', role.RolePolicyList, inlinePolicies),
    ...attachments(role),
  };
}

export function managedPolicyAsPrinted(policy: ManagedPolicyDetail): object {
  return { ...policy, ...printed('PolicyVersionList', policy.PolicyVersionList, policyVersions) };
}

function policyVersions(versions: readonly PolicyVersion[]): readonly object[] {
  return sortedBy(versions, (version) => version.VersionId).map(versionAsPrinted);
}

function versionAsPrinted(version: PolicyVersion): object {
  return { ...version, ...printed('Document', version.Document, decodePolicyDocument) };
}

function inlinePolicies(policies: readonly PolicyDetail[]): readonly object[] {
  return sortedBy(policies, (policy) => policy.PolicyName).map(inlinePolicyAsPrinted);
}

function inlinePolicyAsPrinted(policy: PolicyDetail): object {
  return { ...policy, ...printed('PolicyDocument', policy.PolicyDocument, decodePolicyDocument) };
}

function instanceProfiles(profiles: readonly InstanceProfile[]): readonly object[] {
  return sortedBy(profiles, (profile) => profile.Arn).map(instanceProfileAsPrinted);
}

function instanceProfileAsPrinted(profile: InstanceProfile): object {
  return { ...profile, ...printed('Roles', profile.Roles, (roles) => roles.map(profileRoleAsPrinted)) };
}

function profileRoleAsPrinted(role: Role): object {
  return { ...role, ...trustPolicy(role) };
}

function trustPolicy(role: RoleDetail | Role): object {
  return printed('AssumeRolePolicyDocument', role.AssumeRolePolicyDocument, decodePolicyDocument);
}

function attachments(owner: {
  readonly AttachedManagedPolicies?: readonly AttachedPolicy[] | undefined;
  readonly Tags?: readonly Tag[] | undefined;
}): object {
  return {
    ...printed('AttachedManagedPolicies', owner.AttachedManagedPolicies, (policies) =>
      sortedBy(policies, (policy) => policy.PolicyArn),
    ),
    ...printed('Tags', owner.Tags, (tags) => sortedBy(tags, (tag) => tag.Key)),
  };
}

/** Gives the member as it is printed, or nothing where AWS did not answer it. */
function printed<T>(name: string, value: T | undefined, print: (value: T) => unknown): object {
  return value === undefined ? {} : { [name]: print(value) };
}
