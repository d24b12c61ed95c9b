import { gainedMatches } from '../gained-access.ts';
import type { Rule } from '../rule.ts';

export const newDelete: Rule = {
  id: 'ECR-NEW-DELETE',
  kinds: ['difference'],
  life: 'occurrence',
  needs: 'earlierSnapshot',
  rests: ['iam', 'ecr', 'organization'],
  severity: 'high',
  outsideProduction: 'medium',
  what: 'somebody may delete images or repositories who could not before',
  why: 'What runs can no longer be started again, and there is nothing to roll back to.',
  remedy: 'Ask who made the change: `ecr-audit drift` names the event. Take it back where nobody wanted it.',
  find: (input) =>
    gainedMatches(input, {
      capabilities: ['delete'],
      actions: ['ecr:BatchDeleteImage', 'ecr:DeleteRepository'],
      verb: 'delete in',
      isConcerned: () => true,
    }),
};
