import { documentOf, type SuggestedDocument } from './suggested-document.ts';

/*
 * AWS's own policies for private ECR that give no administration, the smaller first.
 * https://docs.aws.amazon.com/AmazonECR/latest/userguide/security-iam-awsmanpol.html
 */

interface ManagedPolicy {
  readonly name: string;
  readonly document: SuggestedDocument;
}

const READ = [
  'ecr:GetAuthorizationToken',
  'ecr:BatchCheckLayerAvailability',
  'ecr:GetDownloadUrlForLayer',
  'ecr:GetRepositoryPolicy',
  'ecr:DescribeRepositories',
  'ecr:ListImages',
  'ecr:DescribeImages',
  'ecr:BatchGetImage',
  'ecr:GetLifecyclePolicy',
  'ecr:GetLifecyclePolicyPreview',
  'ecr:ListTagsForResource',
  'ecr:DescribeImageScanFindings',
] as const;

const ACTIONS: Readonly<Record<string, readonly string[]>> = {
  AmazonEC2ContainerRegistryPullOnly: [
    'ecr:GetAuthorizationToken',
    'ecr:BatchGetImage',
    'ecr:GetDownloadUrlForLayer',
    'ecr:BatchImportUpstreamImage',
  ],
  AmazonEC2ContainerRegistryReadOnly: READ,
  AmazonEC2ContainerRegistryPowerUser: [
    ...READ,
    'ecr:InitiateLayerUpload',
    'ecr:UploadLayerPart',
    'ecr:CompleteLayerUpload',
    'ecr:PutImage',
  ],
};

export const MANAGED_POLICIES: readonly ManagedPolicy[] = Object.entries(ACTIONS).map(([name, actions]) => ({
  name,
  document: documentOf([{ Effect: 'Allow', Action: actions, Resource: '*' }]),
}));
