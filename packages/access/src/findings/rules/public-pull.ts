import { publicMatches } from '../outside-match.ts';
import { PULL_ACTIONS } from '../rights.ts';
import type { Rule } from '../rule.ts';

export const publicPull: Rule = {
  id: 'ECR-PUB-PULL',
  kinds: ['state'],
  life: 'state',
  rests: ['ecr', 'organization'],
  severity: 'high',
  outsideProduction: 'high',
  what: 'every AWS account may pull',
  why: 'Images carry source and, too often, secrets. Private ECR asks for an AWS identity, which anybody can have.',
  remedy:
    'Name the accounts in Principal, add a condition on aws:PrincipalOrgID, or move the image to a public registry.',
  find: (input) => publicMatches(input, PULL_ACTIONS),
};
