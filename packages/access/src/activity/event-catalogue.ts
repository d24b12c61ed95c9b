/*
 * The events that tell how access changed and how it is used.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/cloudtrail-integration.html
 * https://docs.aws.amazon.com/organizations/latest/userguide/orgs_cloudtrail-integration.html
 * https://docs.aws.amazon.com/AmazonECR/latest/userguide/logging-using-cloudtrail.html
 * https://docs.aws.amazon.com/singlesignon/latest/userguide/logging-using-cloudtrail.html
 */

function names(text: string): readonly string[] {
  return text.split(/\s+/).filter((name) => name !== '');
}

/** Changes in IAM that can change who may reach ECR. Recorded in the home region of the partition only. */
export const IAM_CHANGE_EVENTS: readonly string[] = names(`
  CreatePolicy DeletePolicy CreatePolicyVersion DeletePolicyVersion SetDefaultPolicyVersion
  AttachUserPolicy AttachGroupPolicy AttachRolePolicy DetachUserPolicy DetachGroupPolicy DetachRolePolicy
  PutUserPolicy PutGroupPolicy PutRolePolicy DeleteUserPolicy DeleteGroupPolicy DeleteRolePolicy
  PutUserPermissionsBoundary DeleteUserPermissionsBoundary PutRolePermissionsBoundary DeleteRolePermissionsBoundary
  CreateUser UpdateUser DeleteUser CreateGroup UpdateGroup DeleteGroup AddUserToGroup RemoveUserFromGroup
  CreateRole DeleteRole UpdateRole UpdateAssumeRolePolicy CreateServiceLinkedRole DeleteServiceLinkedRole
  CreateInstanceProfile DeleteInstanceProfile AddRoleToInstanceProfile RemoveRoleFromInstanceProfile
  TagUser UntagUser TagRole UntagRole
  CreateOpenIDConnectProvider DeleteOpenIDConnectProvider AddClientIDToOpenIDConnectProvider
  RemoveClientIDFromOpenIDConnectProvider UpdateOpenIDConnectProviderThumbprint
  CreateSAMLProvider UpdateSAMLProvider DeleteSAMLProvider
  EnableOutboundWebIdentityFederation DisableOutboundWebIdentityFederation
  CreateAccessKey UpdateAccessKey DeleteAccessKey CreateLoginProfile UpdateLoginProfile DeleteLoginProfile
  ChangePassword EnableMFADevice DeactivateMFADevice CreateServiceSpecificCredential UpdateServiceSpecificCredential
  ResetServiceSpecificCredential UploadSigningCertificate
  EnableOrganizationsRootSessions DisableOrganizationsRootSessions
  EnableOrganizationsRootCredentialsManagement DisableOrganizationsRootCredentialsManagement
`);

/** Changes in a registry: who may reach it, and what protects its images. Recorded in the region of the registry. */
export const ECR_CHANGE_EVENTS: readonly string[] = names(`
  SetRepositoryPolicy DeleteRepositoryPolicy PutRegistryPolicy DeleteRegistryPolicy PutAccountSetting
  CreateRepository DeleteRepository TagResource UntagResource
  PutReplicationConfiguration StartReplicationBackfill StopReplicationBackfill
  CreatePullThroughCacheRule UpdatePullThroughCacheRule DeletePullThroughCacheRule
  CreateRepositoryCreationTemplate UpdateRepositoryCreationTemplate DeleteRepositoryCreationTemplate
  PutImageTagMutability PutImageScanningConfiguration PutRegistryScanningConfiguration
  PutLifecyclePolicy DeleteLifecyclePolicy PutSigningConfiguration DeleteSigningConfiguration
  RegisterPullTimeUpdateExclusion DeregisterPullTimeUpdateExclusion UpdateImageStorageClass
`);

/**
 * Changes of the organization: its policies, where they are attached, and which accounts are below them. Recorded in the
 * home region of the management account, and of a delegated administrator for what that does.
 */
export const ORGANIZATION_CHANGE_EVENTS: readonly string[] = names(`
  CreatePolicy UpdatePolicy DeletePolicy AttachPolicy DetachPolicy EnablePolicyType DisablePolicyType EnableAllFeatures
  MoveAccount CreateAccount CreateAccountResult CreateGovCloudAccount CloseAccount InviteAccountToOrganization
  AcceptHandshake RemoveAccountFromOrganization LeaveOrganization CreateOrganization DeleteOrganization
  CreateOrganizationalUnit UpdateOrganizationalUnit DeleteOrganizationalUnit PutResourcePolicy DeleteResourcePolicy
  RegisterDelegatedAdministrator DeregisterDelegatedAdministrator EnableAWSServiceAccess DisableAWSServiceAccess
`);

/** Changes in IAM Identity Center, which writes the roles of its permission sets into the accounts. */
export const IDENTITY_CENTER_CHANGE_EVENTS: readonly string[] = names(`
  CreatePermissionSet UpdatePermissionSet DeletePermissionSet
  PutInlinePolicyToPermissionSet DeleteInlinePolicyFromPermissionSet
  AttachManagedPolicyToPermissionSet DetachManagedPolicyFromPermissionSet
  AttachCustomerManagedPolicyReferenceToPermissionSet DetachCustomerManagedPolicyReferenceFromPermissionSet
  PutPermissionsBoundaryToPermissionSet DeletePermissionsBoundaryFromPermissionSet ProvisionPermissionSet
  CreateAccountAssignment DeleteAccountAssignment CreateInstanceAccessControlAttributeConfiguration
  UpdateInstanceAccessControlAttributeConfiguration DeleteInstanceAccessControlAttributeConfiguration
`);

/** Use of a registry that is rare enough to be looked up by name. */
export const ECR_USE_EVENTS: readonly string[] = names(`GetAuthorizationToken BatchGetImage PutImage BatchDeleteImage`);

/** The beginning of sessions whose origin is outside of AWS: later events of the session do not name it. */
export const SESSION_EVENTS: readonly string[] = names(`AssumeRoleWithWebIdentity AssumeRoleWithSAML`);

/** Names such as TagResource and CreatePolicy belong to many services, so a name alone says nothing. */
const CHANGES_BY_SOURCE: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['iam.amazonaws.com', new Set(IAM_CHANGE_EVENTS)],
  ['ecr.amazonaws.com', new Set(ECR_CHANGE_EVENTS)],
  ['organizations.amazonaws.com', new Set(ORGANIZATION_CHANGE_EVENTS)],
  ['sso.amazonaws.com', new Set(IDENTITY_CENTER_CHANGE_EVENTS)],
]);

export function isChangeEvent(eventSource: string, eventName: string): boolean {
  return CHANGES_BY_SOURCE.get(eventSource)?.has(eventName) === true;
}

const sessionEvents: ReadonlySet<string> = new Set(SESSION_EVENTS);

export function isSessionEvent(eventSource: string, eventName: string): boolean {
  return eventSource === 'sts.amazonaws.com' && sessionEvents.has(eventName);
}

/** Those that are looked up and read: a trail may leave them out. */
export const READ_EVENTS: readonly string[] = ['GetAuthorizationToken', 'BatchGetImage', ...SESSION_EVENTS];
