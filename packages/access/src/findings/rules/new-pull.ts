import { gainedMatches } from '../gained-access.ts';
import type { Rule } from '../rule.ts';

export const newPull: Rule = {
  id: 'ECR-NEW-PULL',
  kinds: ['difference'],
  life: 'occurrence',
  needs: 'earlierSnapshot',
  rests: ['iam', 'ecr', 'organization'],
  severity: 'medium',
  outsideProduction: 'medium',
  what: 'somebody may pull from a sensitive repository who could not before',
  why: 'What the images hold can leave by one more way.',
  remedy: 'Ask who made the change: `ecr-audit drift` names the event. Take it back where nobody wanted it.',
  find: (input) =>
    gainedMatches(input, {
      capabilities: ['pull'],
      actions: [],
      verb: 'pull from',
      isConcerned: ({ isSensitive }) => isSensitive,
    }),
};
