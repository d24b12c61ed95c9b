import type { Formula } from '@ecr-audit/policy';
import type { Reason } from '../answer.ts';
import type { LimitCode } from '../evaluate/limits.ts';

/** Names of what could not be read in one gate, so that it may allow and may deny. */
export type Unread = readonly string[];

/** What is the same for every question that one caller asks, its statements apart. Equal ones have one number. */
export interface CallerFacts {
  readonly side: 'policies' | 'everything' | 'nothing';
  readonly isRole: boolean;
  readonly identityUnread: Unread;
  /** Null where there is none, as for the next two. */
  readonly boundaryUnread: Unread | null;
  readonly sessionUnread: Unread | null;
  /** One a level. */
  readonly scpUnread: readonly Unread[] | null;
  readonly hasUnreadableDocument: boolean;
  readonly hasAmbiguousTags: boolean;
  readonly limits: readonly LimitCode[];
  /** Stands for the policy that a root user does not need. */
  readonly rootReason: Reason | null;
}

/** What is the same for every question about one target with the actions of one column, statements apart. */
export interface TargetFacts {
  readonly resourceUnread: Unread;
  readonly rcpUnread: Unread;
  readonly hasUnreadableDocument: boolean;
  readonly hasAmbiguousTags: boolean;
  readonly areTagsUnread: boolean;
  readonly limits: readonly LimitCode[];
}

/** What was not read may allow and may deny, each for itself. */
export function unreadAtoms(names: Unread, effect: 'Allow' | 'Deny'): Formula[] {
  return names.map((name) => ({ kind: 'unreadable', place: `${name} (${effect} statements)`, isGap: true }));
}
