import { isAccountId, parseArn } from '@ecr-audit/policy';
import type { ActivityResource } from './event.ts';
import { listMember, member, textMember } from './read-fields.ts';

// BatchGetRepositoryScanningConfiguration takes 25 names, DescribeRepositories 100.
const REPOSITORIES_MAX = 100;
// https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_CreateRepository.html
const NAME_LENGTH_MAX = 256;
const REPOSITORY = 'repository/';

/**
 * The repositories that a call of ECR was about, or the registry where it names none.
 *
 * The registry is that of `registryId`, and without one that of the account whose history the event stands in. It may be
 * somebody else's: nodes of EKS pull from registries of AWS.
 */
export function resourcesOf(
  record: unknown,
  place: { readonly accountId: string; readonly region: string },
): readonly ActivityResource[] {
  const request = member(record, 'requestParameters');
  const accountId = registryOf(request) ?? place.accountId;
  const repositories = new Map<string, ActivityResource>();
  const add = (resource: ActivityResource): void => {
    repositories.set(`${resource.accountId}/${resource.region}/${resource.repository ?? ''}`, resource);
  };
  for (const name of namesOf(request)) {
    add({ accountId, region: place.region, repository: name });
  }
  if (repositories.size === 0) {
    arnsOf(record, request).forEach(add);
  }
  return repositories.size > 0 ? [...repositories.values()] : [{ accountId, region: place.region, repository: null }];
}

function registryOf(request: unknown): string | null {
  const [first] = listMember(request, 'registryIds', 1);
  const id = textMember(request, 'registryId', NAME_LENGTH_MAX) ?? (typeof first === 'string' ? first : null);
  return id !== null && isAccountId(id) ? id : null;
}

function namesOf(request: unknown): readonly string[] {
  const name = textMember(request, 'repositoryName', NAME_LENGTH_MAX);
  return name === null
    ? listMember(request, 'repositoryNames', REPOSITORIES_MAX).filter(
        (each): each is string => typeof each === 'string' && isName(each),
      )
    : [name];
}

function isName(text: string): boolean {
  return text !== '' && text.length <= NAME_LENGTH_MAX && text.isWellFormed() && !text.includes('\0');
}

/** TagResource names its repository by ARN; other events only in `resources`, which spells it `ARN`, and elsewhere `arn`. */
function arnsOf(record: unknown, request: unknown): readonly ActivityResource[] {
  const texts = [
    textMember(request, 'resourceArn'),
    ...listMember(record, 'resources', REPOSITORIES_MAX).map(
      (resource) => textMember(resource, 'ARN') ?? textMember(resource, 'arn'),
    ),
  ];
  return texts.flatMap((text) => {
    const arn = parseArn(text ?? '');
    return arn?.service === 'ecr' && arn.resource.startsWith(REPOSITORY) && isAccountId(arn.accountId)
      ? [{ accountId: arn.accountId, region: arn.region, repository: arn.resource.slice(REPOSITORY.length) }]
      : [];
  });
}

/** The ARN of a repository; null for a registry, which has none. */
export function resourceArn({ accountId, region, repository }: ActivityResource): string | null {
  return repository === null
    ? null
    : `arn:${partitionOf(region)}:ecr:${region}:${accountId}:${REPOSITORY}${repository}`;
}

const PARTITION_BY_PREFIX: readonly (readonly [string, string])[] = [
  ['cn-', 'aws-cn'],
  ['us-gov-', 'aws-us-gov'],
  ['us-isob-', 'aws-iso-b'],
  ['us-isof-', 'aws-iso-f'],
  ['us-iso-', 'aws-iso'],
  ['eu-isoe-', 'aws-iso-e'],
  ['eusc-', 'aws-eusc'],
];

function partitionOf(region: string): string {
  return PARTITION_BY_PREFIX.find(([prefix]) => region.startsWith(prefix))?.[1] ?? 'aws';
}
