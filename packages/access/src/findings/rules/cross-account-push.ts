import { strangerMatches } from '../outside-match.ts';
import { WRITE_ACTIONS } from '../rights.ts';
import type { Rule } from '../rule.ts';

export const crossAccountPush: Rule = {
  id: 'ECR-XACCT-PUSH',
  kinds: ['state'],
  life: 'state',
  rests: ['ecr', 'organization'],
  severity: 'critical',
  outsideProduction: 'high',
  what: 'an account that is not ours and not allowed to may push, delete or change policies',
  why: 'A third party can write into your supply chain.',
  remedy: 'Take the account out of the policy, or name it in `findings.allowedAccounts` once somebody answers for it.',
  find: (input) => strangerMatches(input, WRITE_ACTIONS, { mayPartner: false }),
};
