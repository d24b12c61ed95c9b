import type { ConfigurationDifference } from '../drift/configuration-difference.ts';
import { asks, ECR, leadsIf, sameContent, type EventRule, type Verdict, type WantedFact } from './event-rule.ts';
import type { KnownState } from './known-state.ts';
import { member } from '../activity/read-fields.ts';
import { settingFacts } from './setting-facts.ts';
import { restOf, subjectOf } from './subjects-of.ts';
import { tagFacts } from './tag-facts.ts';

/** https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_Operations.html */

/** The events that make what is different in a registry and its repositories. */
export function registryFacts(difference: ConfigurationDifference, state: KnownState): WantedFact[] {
  const repository = subjectOf(difference, 'repository');
  const registry = subjectOf(difference, 'registry') ?? `registry:${difference.accountId}/${difference.region}`;
  switch (difference.kind) {
    case 'repositoryPolicy':
      return repository === null ? [] : repositoryPolicy(difference, repository, state);
    case 'repositoryTags':
      return repository === null ? [] : repositoryTags(difference, repository);
    case 'repository':
      return repository === null ? [] : repositoryItself(difference, repository);
    case 'registryPolicy':
      return registryPolicy(difference, registry, state);
    case 'registryScope':
      return accountSetting(registry, 'REGISTRY_POLICY_SCOPE', difference.after);
    case 'registrySetting':
      return registrySetting(difference, registry);
    default:
      return [];
  }
}

function repositoryPolicy(difference: ConfigurationDifference, subject: string, state: KnownState): WantedFact[] {
  const isRemoved = difference.change === 'removed';
  return one(
    rule(subject, ['SetRepositoryPolicy'], policyJudge(difference, state)),
    // A repository is made without a policy, and takes it along when it goes.
    rule(subject, ['DeleteRepositoryPolicy', 'DeleteRepository', 'CreateRepository'], () => leadsIf(isRemoved)),
  );
}

function registryPolicy(difference: ConfigurationDifference, subject: string, state: KnownState): WantedFact[] {
  return one(
    rule(subject, ['PutRegistryPolicy'], policyJudge(difference, state)),
    rule(subject, ['DeleteRegistryPolicy'], () => leadsIf(difference.change === 'removed')),
  );
}

/** ECR answers with the policy as it keeps it; the request has it as it was written. Either may have been cut. */
function policyJudge(difference: ConfigurationDifference, state: KnownState): EventRule['judge'] {
  const isRemoved = difference.change === 'removed';
  const after = isRemoved ? null : state.contentAfter(difference);
  return ({ request, response }) => {
    const verdicts = [request, response].map((side): Verdict =>
      sameContent(state.contentAsked(member(side, 'policyText'), 'resource'), after),
    );
    return isRemoved
      ? 'elsewhere'
      : (verdicts.find((verdict) => verdict === 'leads') ??
          verdicts.find((verdict) => verdict === 'elsewhere') ??
          'open');
  };
}

function repositoryTags(difference: ConfigurationDifference, subject: string): WantedFact[] {
  return tagFacts(difference, {
    source: ECR,
    subject,
    tag: ['TagResource'],
    untag: ['UntagResource'],
    create: ['CreateRepository'],
    remove: ['DeleteRepository'],
    keysHaveCase: true,
  });
}

function repositoryItself({ change }: ConfigurationDifference, subject: string): WantedFact[] {
  return one(
    rule(subject, ['CreateRepository'], () => leadsIf(change !== 'removed')),
    rule(subject, ['DeleteRepository'], () => leadsIf(change === 'removed')),
  );
}

function accountSetting(subject: string, name: string, after: string | null): WantedFact[] {
  return one(
    rule(subject, ['PutAccountSetting'], (change) =>
      asks(change, 'name', name) ? (after === null ? 'open' : leadsIf(asks(change, 'value', after))) : null,
    ),
  );
}

function registrySetting(difference: ConfigurationDifference, subject: string): WantedFact[] {
  const setting = subjectOf(difference, 'setting');
  const name = setting === null ? null : restOf(setting);
  return name === null
    ? []
    : (settingFacts(difference, name, subject) ?? accountSetting(subject, name, difference.after));
}

function rule(subject: string, names: readonly string[], judge: EventRule['judge']): EventRule {
  return { source: ECR, names, subject, judge };
}

function one(...rules: readonly EventRule[]): WantedFact[] {
  return [{ label: null, rules }];
}
