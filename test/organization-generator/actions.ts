import { pull, push } from '../sample-organization/documents.ts';
import type { Random } from './random.ts';

const read = ['ecr:DescribeImages', 'ecr:DescribeRepositories', 'ecr:ListImages'];

/** What a statement about images lets one do, in the spellings that people use. */
export type Purpose = 'pull' | 'push' | 'look' | 'scan' | 'clean' | 'administer' | 'tag';

export function actionsFor(purpose: Purpose, random: Random): string | string[] {
  switch (purpose) {
    case 'pull':
      return random.pick([
        pull,
        [...pull, 'ecr:BatchCheckLayerAvailability'],
        [...pull, ...read],
        ['ecr:BatchGet*', 'ecr:Get*', 'ecr:Describe*'],
      ]);
    case 'push':
      return random.pick([
        push,
        [...push, 'ecr:GetDownloadUrlForLayer'],
        [...push, ...pull.slice(1), ...read],
        ['ecr:Batch*', 'ecr:CompleteLayerUpload', 'ecr:InitiateLayerUpload', 'ecr:Put*', 'ecr:UploadLayerPart'],
      ]);
    case 'look':
      return random.pick([
        read,
        ['ecr:Describe*', 'ecr:List*'],
        [...read, 'ecr:GetLifecyclePolicy', 'ecr:ListTagsForResource'],
      ]);
    case 'scan':
      return ['ecr:DescribeImageScanFindings', 'ecr:StartImageScan', ...read];
    case 'clean':
      return random.pick([
        ['ecr:BatchDeleteImage', ...read],
        ['ecr:BatchDeleteImage', 'ecr:PutLifecyclePolicy'],
      ]);
    case 'administer':
      return random.pick([
        'ecr:*',
        ['ecr:CreateRepository', 'ecr:DeleteRepository', 'ecr:TagResource', 'ecr:PutLifecyclePolicy'],
        ['ecr:*Policy', 'ecr:CreateRepository', 'ecr:Describe*'],
        ['ecr:SetRepositoryPolicy', 'ecr:GetRepositoryPolicy', 'ecr:PutImageTagMutability'],
      ]);
    case 'tag':
      return ['ecr:TagResource', 'ecr:UntagResource', 'ecr:ListTagsForResource'];
  }
}

/** What people forbid. */
export function deniedActions(random: Random): string | string[] {
  return random.pick<string | string[]>([
    ['ecr:BatchDeleteImage', 'ecr:DeleteRepository'],
    'ecr:Delete*',
    ['ecr:PutImage', 'ecr:InitiateLayerUpload'],
    ['ecr:SetRepositoryPolicy', 'ecr:DeleteRepositoryPolicy'],
    'ecr:PutImageTagMutability',
    ['ecr:*Policy'],
  ]);
}
