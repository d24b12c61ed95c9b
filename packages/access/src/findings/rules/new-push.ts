import { gainedMatches } from '../gained-access.ts';
import type { Rule } from '../rule.ts';

export const newPush: Rule = {
  id: 'ECR-NEW-PUSH',
  kinds: ['difference'],
  life: 'occurrence',
  needs: 'earlierSnapshot',
  rests: ['iam', 'ecr', 'organization'],
  severity: 'high',
  outsideProduction: 'medium',
  what: 'somebody may push who could not before',
  why: 'Every change of who can publish is one of the supply chain.',
  remedy: 'Ask who made the change: `ecr-audit drift` names the event. Take it back where nobody wanted it.',
  find: (input) =>
    gainedMatches(input, {
      capabilities: ['push'],
      actions: ['ecr:PutImage'],
      verb: 'push to',
      isConcerned: () => true,
    }),
};
