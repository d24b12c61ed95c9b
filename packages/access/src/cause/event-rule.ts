import { listMember, member, textMember } from '../activity/read-fields.ts';
import type { SeenChange } from './seen-change.ts';

/**
 * Where an event led, as far as one fact goes: to the state after, to another one, or nobody can tell because what it asked for
 * was not kept whole or cannot be read. Null where the event is about something else.
 */
export type Verdict = 'leads' | 'elsewhere' | 'open' | null;

/** Events that can make a fact what it is. */
export interface EventRule {
  readonly source: string;
  readonly names: readonly string[];
  /** Null for events that name nothing that a subject is made of. */
  readonly subject: string | null;
  judge(change: SeenChange): Verdict;
}

/** One thing that is different, and how events about it are told from others. */
export interface WantedFact {
  /** What it is called where a difference holds several, such as a tag; null where there is only one. */
  readonly label: string | null;
  readonly rules: readonly EventRule[];
  /** The call that asked for what a service then did: it names the person. Null where that was not seen. */
  readonly requestOf?: (made: SeenChange, named: (eventName: string) => readonly SeenChange[]) => SeenChange | null;
}

export const IAM = 'iam.amazonaws.com';
export const ECR = 'ecr.amazonaws.com';
export const ORGANIZATIONS = 'organizations.amazonaws.com';

export const leadsIf = (isSo: boolean): Verdict => (isSo ? 'leads' : 'elsewhere');

/** Whether the content that an event asked for is the one afterwards. */
export function sameContent(asked: string | null, after: string | null): Verdict {
  return asked === null || after === null ? 'open' : leadsIf(asked === after);
}

/** The names of things in IAM are told apart without regard to case. */
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html#reference_iam-quotas-names
export function asks(change: SeenChange, field: string, wanted: string): boolean {
  return requested(change, field)?.toLowerCase() === wanted.toLowerCase();
}

export function requested({ request }: SeenChange, field: string): string | null {
  return textMember(request, field);
}

export function askedList({ request }: SeenChange, field: string): readonly unknown[] {
  // IAM allows 50 tags on a principal, ECR 50 on a repository.
  return listMember(request, field, 64);
}

export function answered({ response }: SeenChange, ...path: readonly string[]): unknown {
  return path.reduce<unknown>((value, key) => member(value, key), response);
}
