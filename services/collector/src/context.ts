import type { AwsSession } from '@ecr-audit/aws';
import type { Store } from '@ecr-audit/store';

/** What a collect handler works with. */
export interface CollectContext {
  readonly store: Store;
  readonly session: AwsSession;
  /** The account that the session's credentials belong to. */
  readonly accountId: string;
}

/** What a collect handler kept. */
export interface CollectOutcome {
  readonly parts: number;
  readonly gaps: number;
}
