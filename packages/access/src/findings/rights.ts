/* Actions that findings ask about together. */

/** A lone PutImage gives an image that is there another tag. */
export const PUSH_ACTIONS: readonly string[] = [
  'ecr:PutImage',
  'ecr:InitiateLayerUpload',
  'ecr:UploadLayerPart',
  'ecr:CompleteLayerUpload',
];

/** A layer can be fetched by whoever knows its digest, and a manifest tells the digests. */
export const PULL_ACTIONS: readonly string[] = ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'];

/** A lifecycle policy deletes images, too. */
const DELETE_ACTIONS: readonly string[] = ['ecr:BatchDeleteImage', 'ecr:DeleteRepository', 'ecr:PutLifecyclePolicy'];

const POLICY_ACTIONS: readonly string[] = ['ecr:SetRepositoryPolicy', 'ecr:DeleteRepositoryPolicy'];

/** Whoever may do one of these replaces, destroys or hands out images. */
export const WRITE_ACTIONS: readonly string[] = [...PUSH_ACTIONS, ...DELETE_ACTIONS, ...POLICY_ACTIONS];

/** What hands out access or destroys evidence: on repositories, and on registries. */
export const ADMIN_ACTIONS: readonly string[] = [
  ...POLICY_ACTIONS,
  'ecr:DeleteRepository',
  'ecr:PutRegistryPolicy',
  'ecr:DeleteRegistryPolicy',
  'ecr:PutReplicationConfiguration',
  'ecr:PutAccountSetting',
  'ecr:CreateRepositoryCreationTemplate',
  'ecr:UpdateRepositoryCreationTemplate',
  'ecr:DeleteRepositoryCreationTemplate',
];
