import { editDistance } from '../edit-distance.ts';

/** AWS's access levels. https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticcontainerregistry.html */
export type AccessLevel = 'List' | 'Read' | 'Write' | 'Permissions management' | 'Tagging';

export interface EcrAction {
  readonly name: string;
  readonly level: AccessLevel;
  /** `repository`: asked of one repository. `registry`: asked of `*`, once per account and region. */
  readonly resourceType: 'repository' | 'registry';
}

/** Every action of private ECR, in the order of the alphabet: 35 on repositories, 25 without a resource. */
export const ECR_ACTIONS: readonly EcrAction[] = [
  { name: 'ecr:BatchCheckLayerAvailability', level: 'Read', resourceType: 'repository' },
  { name: 'ecr:BatchDeleteImage', level: 'Write', resourceType: 'repository' },
  { name: 'ecr:BatchGetImage', level: 'Read', resourceType: 'repository' },
  { name: 'ecr:BatchGetRepositoryScanningConfiguration', level: 'Read', resourceType: 'repository' },
  { name: 'ecr:BatchImportUpstreamImage', level: 'Write', resourceType: 'repository' },
  { name: 'ecr:CompleteLayerUpload', level: 'Write', resourceType: 'repository' },
  { name: 'ecr:CreatePullThroughCacheRule', level: 'Write', resourceType: 'registry' },
  { name: 'ecr:CreateRepository', level: 'Write', resourceType: 'repository' },
  { name: 'ecr:CreateRepositoryCreationTemplate', level: 'Write', resourceType: 'registry' },
  { name: 'ecr:DeleteLifecyclePolicy', level: 'Write', resourceType: 'repository' },
  { name: 'ecr:DeletePullThroughCacheRule', level: 'Write', resourceType: 'registry' },
  { name: 'ecr:DeleteRegistryPolicy', level: 'Permissions management', resourceType: 'registry' },
  { name: 'ecr:DeleteRepository', level: 'Write', resourceType: 'repository' },
  { name: 'ecr:DeleteRepositoryCreationTemplate', level: 'Write', resourceType: 'registry' },
  { name: 'ecr:DeleteRepositoryPolicy', level: 'Permissions management', resourceType: 'repository' },
  { name: 'ecr:DeleteSigningConfiguration', level: 'Write', resourceType: 'registry' },
  { name: 'ecr:DeregisterPullTimeUpdateExclusion', level: 'Write', resourceType: 'registry' },
  { name: 'ecr:DescribeImageReplicationStatus', level: 'Read', resourceType: 'repository' },
  { name: 'ecr:DescribeImageScanFindings', level: 'Read', resourceType: 'repository' },
  { name: 'ecr:DescribeImageSigningStatus', level: 'Read', resourceType: 'repository' },
  { name: 'ecr:DescribeImages', level: 'List', resourceType: 'repository' },
  { name: 'ecr:DescribePullThroughCacheRules', level: 'List', resourceType: 'registry' },
  { name: 'ecr:DescribeRegistry', level: 'Read', resourceType: 'registry' },
  { name: 'ecr:DescribeRepositories', level: 'Read', resourceType: 'repository' },
  { name: 'ecr:DescribeRepositoryCreationTemplates', level: 'Read', resourceType: 'registry' },
  { name: 'ecr:GetAccountSetting', level: 'Read', resourceType: 'registry' },
  { name: 'ecr:GetAuthorizationToken', level: 'Read', resourceType: 'registry' },
  { name: 'ecr:GetDownloadUrlForLayer', level: 'Read', resourceType: 'repository' },
  { name: 'ecr:GetImageCopyStatus', level: 'Read', resourceType: 'repository' },
  { name: 'ecr:GetLifecyclePolicy', level: 'Read', resourceType: 'repository' },
  { name: 'ecr:GetLifecyclePolicyPreview', level: 'Read', resourceType: 'repository' },
  { name: 'ecr:GetRegistryPolicy', level: 'Read', resourceType: 'registry' },
  { name: 'ecr:GetRegistryScanningConfiguration', level: 'Read', resourceType: 'registry' },
  { name: 'ecr:GetRepositoryPolicy', level: 'Read', resourceType: 'repository' },
  { name: 'ecr:GetSigningConfiguration', level: 'Read', resourceType: 'registry' },
  { name: 'ecr:InitiateLayerUpload', level: 'Write', resourceType: 'repository' },
  { name: 'ecr:ListImages', level: 'List', resourceType: 'repository' },
  { name: 'ecr:ListPullTimeUpdateExclusions', level: 'List', resourceType: 'registry' },
  { name: 'ecr:ListTagsForResource', level: 'Read', resourceType: 'repository' },
  { name: 'ecr:PutAccountSetting', level: 'Write', resourceType: 'registry' },
  { name: 'ecr:PutImage', level: 'Write', resourceType: 'repository' },
  { name: 'ecr:PutImageScanningConfiguration', level: 'Write', resourceType: 'repository' },
  { name: 'ecr:PutImageTagMutability', level: 'Write', resourceType: 'repository' },
  { name: 'ecr:PutLifecyclePolicy', level: 'Write', resourceType: 'repository' },
  { name: 'ecr:PutRegistryPolicy', level: 'Permissions management', resourceType: 'registry' },
  { name: 'ecr:PutRegistryScanningConfiguration', level: 'Write', resourceType: 'registry' },
  { name: 'ecr:PutReplicationConfiguration', level: 'Write', resourceType: 'registry' },
  { name: 'ecr:PutSigningConfiguration', level: 'Write', resourceType: 'registry' },
  { name: 'ecr:RegisterPullTimeUpdateExclusion', level: 'Write', resourceType: 'registry' },
  { name: 'ecr:ReplicateImage', level: 'Write', resourceType: 'repository' },
  { name: 'ecr:SetRepositoryPolicy', level: 'Permissions management', resourceType: 'repository' },
  { name: 'ecr:StartImageScan', level: 'Write', resourceType: 'repository' },
  { name: 'ecr:StartLifecyclePolicyPreview', level: 'Write', resourceType: 'repository' },
  { name: 'ecr:TagResource', level: 'Tagging', resourceType: 'repository' },
  { name: 'ecr:UntagResource', level: 'Tagging', resourceType: 'repository' },
  { name: 'ecr:UpdateImageStorageClass', level: 'Write', resourceType: 'repository' },
  { name: 'ecr:UpdatePullThroughCacheRule', level: 'Write', resourceType: 'registry' },
  { name: 'ecr:UpdateRepositoryCreationTemplate', level: 'Write', resourceType: 'registry' },
  { name: 'ecr:UploadLayerPart', level: 'Write', resourceType: 'repository' },
  { name: 'ecr:ValidatePullThroughCacheRule', level: 'Read', resourceType: 'registry' },
];

const BY_LOWER_NAME = new Map(ECR_ACTIONS.map((action) => [action.name.toLowerCase(), action]));

/** The action of that name, in any case; null where ECR has none. */
export function findEcrAction(name: string): EcrAction | null {
  return BY_LOWER_NAME.get(name.toLowerCase()) ?? null;
}

const EDITS_MAX = 4;

/** Longer than any action: what is compared stays short, whatever a document holds. */
const NAME_LENGTH_MAX = 60;

/** The action whose name, without `ecr:`, is nearest to a misspelt one; null where none is near. */
export function nearestEcrAction(text: string): string | null {
  const wanted = text.slice(0, NAME_LENGTH_MAX).toLowerCase();
  const ranked = ECR_ACTIONS.map(({ name }) => ({
    name,
    edits: editDistance(wanted, name.slice('ecr:'.length).toLowerCase()),
  })).toSorted((a, b) => a.edits - b.edits);
  const [best] = ranked;
  return best !== undefined && best.edits <= EDITS_MAX ? best.name : null;
}
