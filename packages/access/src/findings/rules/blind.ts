import { coverageOf } from '../../evaluate/coverage.ts';
import { unreadPoliciesOf } from '../../evaluate/unread-policies.ts';
import type { FindingInput } from '../finding-input.ts';
import type { Match, Rule } from '../rule.ts';
import { registryName } from '../words.ts';

export const blind: Rule = {
  id: 'ECR-BLIND',
  kinds: ['state'],
  life: 'state',
  rests: [],
  severity: 'medium',
  outsideProduction: 'medium',
  what: 'something that decides about access, or shows its use, could not be read',
  why: 'Silence is no safety: whatever lies there is told by no other rule, and none of its findings is resolved.',
  remedy: 'Give the auditor role what it lacks: `ecr-audit doctor` says what that is.',
  find: findBlindSpots,
};

const SOURCE_WORDS = {
  organization: 'the organization above',
  iam: 'the users, roles and policies of',
  ecr: 'the registry of',
  cloudtrail: 'the events of',
} as const;

function* findBlindSpots({ scan: { snapshot, repositories }, events }: FindingInput): Generator<Match> {
  for (const { accountId, region, source, status, detail } of coverageOf(snapshot)) {
    // Where no events came with the snapshot, they are kept elsewhere or nowhere: what needs them is not judged, and says so.
    if (status !== 'complete' && !(source === 'cloudtrail' && events === null)) {
      const where = region === null ? accountId : `${accountId} in ${region}`;
      yield {
        about: [source, accountId, region ?? ''],
        accountId,
        region,
        resource: region === null ? `account:${accountId}` : registryName({ accountId, region }),
        title: `${status === 'partial' ? 'only a part was' : 'nothing was'} read of ${SOURCE_WORDS[source]} ${where}`,
        what: detail ?? 'It was not collected.',
        rights: [source, ...(status === 'partial' ? [] : ['all of it'])],
        // Without events access is known all the same.
        ...(source === 'cloudtrail' ? { severity: 'low' } : {}),
      };
    }
  }
  const byArn = new Map(repositories.map((repository) => [repository.arn, repository]));
  for (const { accountId, region, repositoryArn } of unreadPoliciesOf(snapshot)) {
    const repository = repositoryArn === null ? undefined : byArn.get(repositoryArn);
    const resource = repositoryArn ?? registryName({ accountId, region });
    yield {
      about: ['policy', resource],
      accountId,
      region,
      resource,
      title: `whom the policy of ${resource} lets in is not known`,
      what: 'The policy could not be read, or not in full.',
      rights: ['policy'],
      ...(repository === undefined ? {} : { repositories: [repository] }),
    };
  }
}
