import { publicMatches } from '../outside-match.ts';
import { WRITE_ACTIONS } from '../rights.ts';
import type { Rule } from '../rule.ts';

/** ECR has no anonymous access: `*` is every AWS account. https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-policies.html */
export const publicPush: Rule = {
  id: 'ECR-PUB-PUSH',
  kinds: ['state'],
  life: 'state',
  rests: ['ecr', 'organization'],
  severity: 'critical',
  outsideProduction: 'critical',
  what: 'every AWS account may push, delete or change policies',
  why: 'Anybody with an AWS account can replace your images.',
  remedy: 'Name the accounts in Principal, or add a condition on aws:PrincipalOrgID.',
  find: (input) => publicMatches(input, WRITE_ACTIONS),
};
