import type { AccessDrift } from '../../drift/drifted-access.ts';
import { isAwsManaged } from '../../snapshot/named-document.ts';
import { differencesOf } from '../because.ts';
import type { FindingInput } from '../finding-input.ts';
import type { Match, Rule } from '../rule.ts';
import { actionWords, counted } from '../words.ts';

/** https://docs.aws.amazon.com/AmazonECR/latest/userguide/security-iam-awsmanpol.html */
export const managedDrift: Rule = {
  id: 'ECR-MANAGED-DRIFT',
  kinds: ['difference'],
  life: 'occurrence',
  needs: 'earlierSnapshot',
  rests: ['iam', 'ecr', 'organization'],
  severity: 'medium',
  outsideProduction: 'info',
  what: 'AWS changed one of its managed policies, and somebody may do more or less for it',
  why: 'No event tells of it: nobody of us did it.',
  remedy: 'Put a policy of your own in its place where that is not wanted: `ecr-audit suggest` writes it.',
  find: findChanged,
};

function* findChanged({ drift, scan }: FindingInput): Generator<Match> {
  const byArn = new Map(scan.repositories.map((repository) => [repository.arn, repository]));
  const byPolicy = new Map<string, AccessDrift[]>();
  for (const part of drift?.drifts ?? []) {
    for (const index of part.differences) {
      const difference = drift?.differences[index];
      const policy = difference?.kind === 'managedPolicy' && difference.change === 'changed' ? difference.policy : null;
      if (policy !== null && isAwsManaged(policy)) {
        byPolicy.set(policy, [...(byPolicy.get(policy) ?? []), part]);
      }
    }
  }
  for (const [policy, parts] of byPolicy) {
    const principals = new Set(parts.flatMap((part) => part.principals.map(({ id }) => id)));
    const gained = parts.filter(({ kind }) => kind === 'granted' || kind === 'widened');
    const actions = [...new Set((gained.length > 0 ? gained : parts).flatMap((part) => part.actions))];
    const repositories = new Set(parts.flatMap((part) => part.repositories));
    yield {
      about: [policy],
      accountId: null,
      region: null,
      resource: policy,
      title: `AWS changed ${policy}: ${counted(principals.size, 'principal', 'principals')} ${gained.length > 0 ? 'gained' : 'lost'} ${actionWords(actions)}`,
      what: 'It has another default version than in the earlier snapshot.',
      rights: (gained.length > 0 ? gained : parts).flatMap((part) => [...part.capabilities, ...part.actions]),
      principals: [...principals],
      because: differencesOf(drift, ['managedPolicy'], (difference) => difference.policy === policy),
      repositories: [...repositories].flatMap((arn) => byArn.get(arn) ?? []),
      ...(gained.length === 0 ? { severity: 'info' } : {}),
    };
  }
}
