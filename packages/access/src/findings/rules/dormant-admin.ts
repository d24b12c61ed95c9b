import { dormantMatches } from '../dormant.ts';
import type { Rule } from '../rule.ts';

export const dormantAdmin: Rule = {
  id: 'ECR-DORMANT-ADMIN',
  kinds: ['state'],
  life: 'state',
  needs: 'use',
  rests: ['iam', 'ecr', 'organization', 'events'],
  severity: 'high',
  outsideProduction: 'medium',
  what: 'somebody may set policies or delete, and did neither in all the time that was seen',
  why: 'The strongest rights lie where nobody looks.',
  remedy: 'Take these actions away; who needs them once a year can ask for them once a year.',
  find: (input) =>
    dormantMatches(input, {
      rights: ['administer', 'delete'],
      verb: 'set policies or delete',
      isConcerned: () => true,
    }),
};
