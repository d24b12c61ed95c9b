import type { OutboxRow } from '@ecr-audit/store';
import type { Records } from './records.ts';

/** What a sink is given: something that happened, and how much of it this sink took at an earlier attempt. */
export interface Message extends Pick<OutboxRow, 'id' | 'kind' | 'scanId' | 'createdAt' | 'payload' | 'progress'> {
  /** Null where it is of no target: an example. */
  readonly targetKey: string | null;
}

/**
 * Why a message did not arrive. `away`: the receiver may take it later. `refused`: it will not take this message, but perhaps
 * others. `unauthorized`: it takes nothing from us until somebody gives us a valid secret.
 *
 * @internal exported for the test
 */
export type FailureKind = 'away' | 'refused' | 'unauthorized';

/** What became of one attempt. Reasons and answers hold no secret. */
export type Attempt =
  | { readonly kind: 'delivered'; readonly answer: string; readonly progress: unknown }
  | { readonly kind: 'skipped' }
  | {
      readonly kind: 'failed';
      readonly failure: FailureKind;
      readonly reason: string;
      /** How long the receiver wants to be left alone; null where it does not say. */
      readonly retryAfterMs: number | null;
      readonly progress: unknown;
    };

/** Where messages go. `deliver` resolves in bounded time; what it throws counts as `away`. */
export interface Sink {
  /** The same for ever: by it the database knows what was delivered. */
  readonly name: string;
  /** Without records nothing is known but what the message says. */
  deliver(message: Message, records?: Records): Promise<Attempt>;
}

/** By this the reader knows a message that comes twice. Ids of messages are those of one database, scan ids of all. */
export function messageKey({ id, scanId }: Pick<Message, 'id' | 'scanId'>): string {
  return `${scanId}-${id}`;
}
