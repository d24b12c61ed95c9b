import { carriedHolding } from '../carried-match.ts';
import { byCarrier } from '../carriers.ts';
import type { FindingInput } from '../finding-input.ts';
import { type HeldPart, heldParts } from '../held-parts.ts';
import { ownPrincipals } from '../holdings.ts';
import { ADMIN_ACTIONS } from '../rights.ts';
import type { Match, Rule } from '../rule.ts';
import { actionWords } from '../words.ts';

export const adminGrant: Rule = {
  id: 'ECR-ADMIN-GRANT',
  kinds: ['state'],
  life: 'state',
  rests: ['iam', 'ecr', 'organization'],
  severity: 'high',
  outsideProduction: 'medium',
  what: 'a policy lets somebody who is no administrator change who has access, or delete repositories',
  why: 'Who sets policies can hand out access, and who deletes repositories can destroy evidence.',
  remedy: 'Take these actions out of the policy, or name its holders in `findings.administrators`.',
  find: findAdmins,
};

/** By policy: one that sixty roles have is one decision, and was sixty findings. */
function* findAdmins({ scan, isAdministrator }: FindingInput): Generator<Match> {
  const told = new Set<string>();
  const parts: HeldPart[] = [];
  for (const access of ownPrincipals(scan)) {
    const { principal } = access;
    const [roleId = ''] = principal.id.split(':', 1);
    const [roleName = ''] = principal.name.split('/', 1);
    // A session has what its role has; it is told where it alone is let in.
    const isKnown = principal.kind === 'session' && told.has(roleId);
    if (isKnown || isAdministrator(principal) || isAdministrator({ arn: principal.arn, name: roleName })) {
      continue;
    }
    const held = heldParts(access, ADMIN_ACTIONS);
    if (held.length > 0) {
      told.add(principal.id);
      parts.push(...held);
    }
  }
  for (const carrier of byCarrier(parts, scan)) {
    const carried = carriedHolding(carrier, { actions: ADMIN_ACTIONS, scan });
    if (carried !== null) {
      const { who, whom, places, by, holding, match } = carried;
      yield {
        ...match,
        title: `${who} ${carrier.policy === null ? 'perhaps may' : 'may'} ${actionWords(holding.actions)} on ${places} by ${by}`,
        what: `It lets ${whom}, not named as administrators, administer ${places}.`,
      };
    }
  }
}
