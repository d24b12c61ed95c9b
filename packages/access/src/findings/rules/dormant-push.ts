import { dormantMatches } from '../dormant.ts';
import type { Rule } from '../rule.ts';

export const dormantPush: Rule = {
  id: 'ECR-DORMANT-PUSH',
  kinds: ['state'],
  life: 'state',
  needs: 'use',
  rests: ['iam', 'ecr', 'organization', 'events'],
  severity: 'medium',
  outsideProduction: 'low',
  what: 'somebody may push, and did not in all the time that was seen',
  why: 'A right that nobody needs is of use to an attacker only.',
  remedy: 'Take push away: `ecr-audit suggest` writes the policy that is left.',
  find: (input) => dormantMatches(input, { rights: ['push'], verb: 'push', isConcerned: () => true }),
};
