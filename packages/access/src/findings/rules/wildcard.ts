import { mightConcern, type Statement, statementName } from '@ecr-audit/policy';
import { ECR_ACTIONS } from '../../ecr/actions.ts';
import { isBroken } from '../../evaluate/broken-statement.ts';
import type { PolicyRoute } from '../../over-permission/policy-routes.ts';
import { carriedHolding } from '../carried-match.ts';
import { byCarrier } from '../carriers.ts';
import type { FindingInput } from '../finding-input.ts';
import { heldParts } from '../held-parts.ts';
import { ownPrincipals } from '../holdings.ts';
import { WRITE_ACTIONS } from '../rights.ts';
import { holdersOf } from '../identity-policies.ts';
import type { Match, Rule } from '../rule.ts';
import { listed } from '../words.ts';

export const wildcard: Rule = {
  id: 'ECR-WILDCARD',
  kinds: ['state'],
  life: 'state',
  rests: ['iam', 'ecr', 'organization'],
  severity: 'high',
  outsideProduction: 'medium',
  what: 'a policy gives every action of ECR on every resource to somebody who is no administrator',
  why: 'Nobody chose these rights one by one, and what AWS adds to ECR comes with them.',
  remedy: 'Put what is used in its place: `ecr-audit suggest` writes it.',
  find: findWildcards,
};

/** By policy, as ECR-ADMIN-GRANT. A boundary or an SCP may leave nothing of it: then nobody has it. */
function* findWildcards({ scan, isAdministrator }: FindingInput): Generator<Match> {
  const wide = widePolicies(scan);
  const parts = ownPrincipals(scan).flatMap((access) =>
    access.principal.kind === 'session' || isAdministrator(access.principal) ? [] : heldParts(access, WRITE_ACTIONS),
  );
  for (const carrier of byCarrier(parts, scan)) {
    const statements = wide.get(carrier.policy ?? '');
    const carried = statements === undefined ? null : carriedHolding(carrier, { actions: WRITE_ACTIONS, scan });
    if (statements !== undefined && carried !== null && carrier.policy !== null) {
      yield {
        ...carried.match,
        title: `${carried.who} ${carried.match.principal === undefined ? 'have' : 'has'} every action of ECR by ${carrier.policy}`,
        what: `Its statement ${listed(statements)} gives ${carried.whom} all of ECR on all resources, whatever is needed.`,
      };
    }
  }
}

/** The statements by which a policy gives all of ECR, by the name of the policy. */
function widePolicies(scan: FindingInput['scan']): ReadonlyMap<string, readonly string[]> {
  const routes = holdersOf(scan).flatMap((holder) => holder.routes);
  const found = new Map<string, readonly string[]>();
  for (const route of routes) {
    if (!found.has(route.policy)) {
      found.set(route.policy, wideStatements(route).map(statementName));
    }
  }
  return new Map([...found].filter(([, statements]) => statements.length > 0));
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
