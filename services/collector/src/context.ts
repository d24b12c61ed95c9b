import type { CollectionGap } from '@ecr-audit/access';
import type { Queues } from '@ecr-audit/jobs';
import type { Store } from '@ecr-audit/store';
import type { AccountSessions } from './account-sessions.ts';
import type { Reach } from './open-reach.ts';

/** What the jobs of a collector work with. */
export interface CollectorContext {
  readonly store: Store;
  readonly queues: Queues;
  readonly reach: Reach;
  readonly sessions: AccountSessions;
  readonly now: () => Date;
  /** Hears of what could not be read, once it is kept. */
  readonly onGaps: (gaps: readonly CollectionGap[]) => void;
}
