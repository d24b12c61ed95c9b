/*
 * The CloudTrail events that tell how access changed and how it is used, looked up name by name. By event source one
 * busy cluster (a GetDownloadUrlForLayer per layer and node) would drown the rest at two requests a second.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/cloudtrail-integration.html
 * https://docs.aws.amazon.com/AmazonECR/latest/userguide/logging-using-cloudtrail.html
 */

function names(text: string): readonly string[] {
  return text.split(/\s+/).filter((name) => name !== '');
}

/** Changes in IAM that can change who may reach ECR. Recorded in the home region of the partition only. */
export const iamChangeEventNames: readonly string[] = names(`
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
export const ecrChangeEventNames: readonly string[] = names(`
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
 * Use of a registry. One push or pull makes many events; these tell it without those that come once per layer
 * (GetDownloadUrlForLayer, UploadLayerPart), which are never looked up.
 */
export const ecrUseEventNames: readonly string[] = names(`
  GetAuthorizationToken BatchGetImage PutImage BatchDeleteImage PolicyExecutionEvent
`);

/** The names worth looking up in a region. */
export function eventNamesFor(options: {
  readonly isHomeRegion: boolean;
  readonly isEcrRead: boolean;
}): readonly string[] {
  return [
    ...(options.isHomeRegion ? iamChangeEventNames : []),
    ...(options.isEcrRead ? [...ecrChangeEventNames, ...ecrUseEventNames] : []),
  ];
}
