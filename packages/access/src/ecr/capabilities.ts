/** What people ask for: several actions under one word. */
export type Capability = 'pull' | 'push' | 'delete' | 'administer' | 'replicate';

export interface CapabilityDefinition {
  readonly name: Capability;
  /** Whether all of the actions are needed, or any one of them is enough. */
  readonly needs: 'all' | 'any';
  readonly actions: readonly string[];
  /** Whether a caller must also get an authorization token, from its own account's side. */
  readonly needsToken: boolean;
}

export const TOKEN_ACTION = 'ecr:GetAuthorizationToken';

/**
 * The capabilities of a repository.
 *
 * Pull and push are conjunctions: one missing action, the token included, makes them useless.
 * https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-push-iam.html
 */
export const CAPABILITIES: readonly CapabilityDefinition[] = [
  { name: 'pull', needs: 'all', actions: ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'], needsToken: true },
  {
    name: 'push',
    needs: 'all',
    actions: [
      'ecr:BatchCheckLayerAvailability',
      'ecr:InitiateLayerUpload',
      'ecr:UploadLayerPart',
      'ecr:CompleteLayerUpload',
      'ecr:PutImage',
      'ecr:BatchGetImage',
    ],
    needsToken: true,
  },
  { name: 'delete', needs: 'any', actions: ['ecr:BatchDeleteImage', 'ecr:DeleteRepository'], needsToken: false },
  {
    name: 'administer',
    needs: 'any',
    actions: ['ecr:SetRepositoryPolicy', 'ecr:DeleteRepositoryPolicy'],
    needsToken: false,
  },
  { name: 'replicate', needs: 'all', actions: ['ecr:ReplicateImage'], needsToken: false },
];

export function findCapability(name: string): CapabilityDefinition | null {
  return CAPABILITIES.find((capability) => capability.name === name) ?? null;
}
