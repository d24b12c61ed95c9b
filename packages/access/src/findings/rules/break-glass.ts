import type { Rule } from '../rule.ts';

/** Judged where exceptions are kept: a snapshot knows of none. */
export const breakGlass: Rule = {
  id: 'ECR-BREAKGLASS',
  kinds: ['state', 'difference'],
  life: 'state',
  needs: 'exceptions',
  // Of the matter that was approved, whose place it has.
  rests: ['iam', 'ecr'],
  severity: 'high',
  outsideProduction: 'medium',
  what: 'what was approved is not any more: its time is over, or it has become more than was approved',
  why: 'An approval must not outlive its case, nor cover what nobody looked at.',
  remedy: 'End the matter, or approve it again as it is now.',
  find: () => [],
};
