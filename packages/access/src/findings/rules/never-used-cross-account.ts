import { dormantMatches } from '../dormant.ts';
import type { Rule } from '../rule.ts';

export const neverUsedCrossAccount: Rule = {
  id: 'ECR-NEVER-USED-XACCT',
  kinds: ['state'],
  life: 'state',
  needs: 'use',
  rests: ['ecr', 'organization', 'events'],
  severity: 'medium',
  outsideProduction: 'low',
  what: 'somebody outside was let in, and never came',
  why: 'It is the safest thing to take away, and the one that nobody will miss.',
  remedy: 'Take the account out of the policy.',
  find: (input) =>
    dormantMatches(input, {
      rights: ['pull', 'push', 'delete', 'administer'],
      verb: 'use what it is let in for',
      isConcerned: ({ principal: { kind, accountId } }) =>
        kind === 'external' && (accountId === null || input.parties.ofAccount(accountId) !== 'ours'),
    }),
};
