import { mightConcern, type Statement, statementName } from '@ecr-audit/policy';
import type { Reason } from '../../answer.ts';
import { ECR_ACTIONS } from '../../ecr/actions.ts';
import { isBroken } from '../../evaluate/broken-statement.ts';
import { policyHolders, type PolicyRoute } from '../../over-permission/policy-routes.ts';
import type { FindingInput } from '../finding-input.ts';
import { holdingOf, ownPrincipals } from '../holdings.ts';
import { countRepositories } from '../judged-repositories.ts';
import { WRITE_ACTIONS } from '../rights.ts';
import type { Match, Rule } from '../rule.ts';
import { listed } from '../words.ts';

export const wildcard: Rule = {
  id: 'ECR-WILDCARD',
  kinds: ['state'],
  severity: 'high',
  outsideProduction: 'medium',
  what: 'every action of ECR on every resource for somebody who is no administrator',
  why: 'Nobody chose these rights one by one, and what AWS adds to ECR comes with them.',
  remedy: 'Put what is used in its place: `ecr-audit suggest` writes it.',
  find: findWildcards,
};

function* findWildcards({ scan, isAdministrator }: FindingInput): Generator<Match> {
  const access = new Map(ownPrincipals(scan).map((each) => [each.principal.id, each]));
  for (const { principal, routes } of policyHolders(scan.snapshot)) {
    const held = access.get(principal.id);
    const wide = routes.flatMap((route) => wideStatements(route).map((statement) => ({ route, statement })));
    if (held === undefined || wide.length === 0 || isAdministrator(principal)) {
      continue;
    }
    // A boundary or an SCP may leave nothing of it.
    const holding = holdingOf(held, WRITE_ACTIONS, scan);
    if (holding === null) {
      continue;
    }
    const policies = [...new Set(wide.map(({ route }) => route.policy))];
    yield {
      about: [principal.id],
      accountId: held.principal.accountId,
      region: null,
      resource: principal.arn,
      principal: { id: principal.id, arn: principal.arn },
      title: `${principal.name} has every action of ECR by ${listed(policies)}`,
      what: `${listed(policies)} gives ${principal.arn} all of ECR on all resources, whatever it needs.`,
      repositories: countRepositories(holding.repositories),
      reasons: wide.map(({ route, statement }) => reasonOf(route, statement, principal.arn)),
      doubts: holding.doubts,
    };
  }
}

function wideStatements({ named: { document } }: PolicyRoute): Statement[] {
  const statements = document.kind === 'readable' ? document.value.statements : [];
  return statements.filter(
    (statement) =>
      !isBroken(statement) &&
      statement.effect.kind === 'readable' &&
      statement.effect.value === 'Allow' &&
      isEverywhere(statement) &&
      ECR_ACTIONS.every(({ name }) => mightConcern(statement, name)),
  );
}

const EVERYWHERE = /^(?:\*|arn:[a-z*-]+:ecr:\*:[*\d]+:(?:\*|repository\/\*))$/;

function isEverywhere({ resource }: Statement): boolean {
  return (
    resource?.kind === 'readable' &&
    !resource.value.isNegated &&
    resource.value.patterns.some(({ text }) => EVERYWHERE.test(text))
  );
}

function reasonOf({ policy, owner }: PolicyRoute, statement: Statement, principalArn: string): Reason {
  return {
    policyType: 'identity',
    policy,
    statement: statementName(statement),
    effect: 'Allow',
    via: owner === principalArn ? 'attached' : `group ${owner}`,
  };
}
