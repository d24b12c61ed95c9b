import { mightConcern, type Statement, statementName } from '@ecr-audit/policy';
import { reachOf } from '../../carriers/ecr-reach.ts';
import { ECR_ACTIONS } from '../../ecr/actions.ts';
import { isAwsManaged } from '../../snapshot/named-document.ts';
import type { FindingInput } from '../finding-input.ts';
import { holdersOf } from '../identity-policies.ts';
import type { Match, Rule } from '../rule.ts';
import { allowsIn, trustingDocuments } from '../trusted-documents.ts';
import { counted, listed } from '../words.ts';

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html */
export const notPrincipal: Rule = {
  id: 'ECR-NOTPRINCIPAL',
  kinds: ['state'],
  life: 'state',
  rests: ['iam', 'ecr'],
  severity: 'high',
  outsideProduction: 'medium',
  what: 'an Allow says whom, what or where it leaves out, instead of what it is for',
  why: 'It allows everything else, now and whatever there will be.',
  remedy: 'Write Principal, Action and Resource, and put what must never be into a Deny.',
  find: findNegations,
};

function* findNegations(input: FindingInput): Generator<Match> {
  for (const document of trustingDocuments(input)) {
    for (const statement of document.kind === 'trust' ? [] : allowsIn(document)) {
      const words = negationsOf(statement);
      if (words.length > 0) {
        yield {
          ...document.match(),
          about: [document.resource, statementName(statement)],
          title: `an Allow in the policy of ${document.resource} has ${listed(words)}`,
          what: `Statement ${statementName(statement)} allows everything but what it lists in ${listed(words)}.`,
          rights: words,
          reasons: [
            {
              policyType: document.kind === 'registry' ? 'registry' : 'repository',
              policy: document.named.policy,
              statement: statementName(statement),
              effect: 'Allow',
              via: document.kind,
            },
          ],
        };
      }
    }
  }
  yield* inIdentityPolicies(input);
}

/** Policies of AWS are told by ECR-WILDCARD, where anybody has one. */
function* inIdentityPolicies({ scan }: FindingInput): Generator<Match> {
  const holders = holdersOf(scan).flatMap(({ principal, routes }) =>
    routes.map(({ policy, named }) => ({ principal, policy, named })),
  );
  for (const [policy, group] of Map.groupBy(holders, (each) => each.policy)) {
    const document = group[0]?.named.document;
    const statements = document?.kind === 'readable' && !isAwsManaged(policy) ? document.value.statements : [];
    for (const statement of statements) {
      const words = concernsEcr(statement) ? negationsOf(statement) : [];
      if (words.length > 0) {
        const names = [...new Set(group.map(({ principal }) => principal.name))];
        yield {
          about: [policy, statementName(statement)],
          accountId: policy.split(':')[4] ?? null,
          region: null,
          resource: policy,
          title: `an Allow in ${policy} has ${listed(words)}, and covers ECR`,
          what: `${counted(names.length, 'principal has', 'principals have')} it: ${listed(names)}.`,
          rights: words,
          principals: group.map(({ principal }) => principal.id),
          reasons: [
            { policyType: 'identity', policy, statement: statementName(statement), effect: 'Allow', via: 'attached' },
          ],
        };
      }
    }
  }
}

function concernsEcr(statement: Statement): boolean {
  const reach = reachOf(statement);
  return (
    statement.effect.kind === 'readable' &&
    statement.effect.value === 'Allow' &&
    ECR_ACTIONS.some(({ name, resourceType }) => reach[resourceType] && mightConcern(statement, name))
  );
}

function negationsOf({ principal, action, resource }: Statement): string[] {
  return [
    ...(principal?.kind === 'readable' && principal.value.isNegated ? ['NotPrincipal'] : []),
    ...(action.kind === 'readable' && action.value.isNegated ? ['NotAction'] : []),
    ...(resource?.kind === 'readable' && resource.value.isNegated ? ['NotResource'] : []),
  ];
}
