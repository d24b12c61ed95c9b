import { strangerMatches } from '../outside-match.ts';
import { PULL_ACTIONS } from '../rights.ts';
import type { Rule } from '../rule.ts';

export const crossAccountPull: Rule = {
  id: 'ECR-XACCT-PULL',
  kinds: ['state'],
  life: 'state',
  rests: ['ecr', 'organization'],
  severity: 'high',
  outsideProduction: 'medium',
  what: 'an account that is neither ours nor known may pull',
  why: 'Images leave through it; often it is what was left of a partner.',
  remedy: 'Take the account out of the policy, or name it in `findings.partnerAccounts`.',
  find: (input) => strangerMatches(input, PULL_ACTIONS, { mayPartner: true }),
};
