import { isAccountId, parseArn } from '@ecr-audit/policy';

export type RequestedResource =
  | { readonly kind: 'any' }
  | {
      readonly kind: 'repository';
      readonly arn: string;
      readonly accountId: string;
      readonly region: string;
      readonly name: string;
    }
  | { readonly kind: 'error'; readonly message: string };

const PREFIX = 'repository/';

/**
 * Reads the resource of a question: `*`, or the ARN of one repository.
 * https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_CreateRepository.html
 */
export function parseRequestedResource(text: string, partition: string): RequestedResource {
  if (text === '*') {
    return { kind: 'any' };
  }
  const arn = parseArn(text);
  const shown = text.slice(0, 300);
  if (arn === null || arn.service !== 'ecr' || !isAccountId(arn.accountId) || arn.region === '') {
    return {
      kind: 'error',
      message: `\`resource\` is \`${shown}\`, which is no repository: expected \`*\` or an ARN such as \`arn:${partition}:ecr:eu-west-1:111122223333:repository/team/app\``,
    };
  }
  if (arn.partition !== partition) {
    return { kind: 'error', message: `\`resource\` is \`${shown}\`, in another partition: expected \`${partition}\`` };
  }
  const name = arn.resource.startsWith(PREFIX) ? arn.resource.slice(PREFIX.length) : '';
  if (!isRepositoryName(name)) {
    return {
      kind: 'error',
      message: `\`resource\` is \`${shown}\`, which names no single repository: expected 2 to 256 of lower-case letters, digits and \`._/-\` after \`repository/\``,
    };
  }
  return { kind: 'repository', arn: text, accountId: arn.accountId, region: arn.region, name };
}

function isRepositoryName(name: string): boolean {
  return name.length >= 2 && name.length <= 256 && /^[a-z0-9._/-]+$/.test(name);
}
