import { setTimeout as wait } from 'node:timers/promises';
import {
  deliverNextOutboxRow,
  finishOutboxRows,
  type DeliveryOutcome,
  type OutboxRow,
  type Store,
} from '@ecr-audit/store';
import { failureOfError } from './http/post-failure.ts';
import { afterAttempt } from './sinks/after-attempt.ts';
import { type Records, recordsOf, RecordsUnavailableError } from './sinks/records.ts';
import type { Attempt, Sink } from './sinks/sink.ts';

const pollMsDefault = 1_000;

export type NotifierEvent =
  | {
      readonly kind: 'attempted';
      readonly sink: string;
      readonly row: OutboxRow;
      readonly attempt: Attempt;
      readonly outcome: DeliveryOutcome;
    }
  | { readonly kind: 'storeFailed'; readonly error: unknown };

export interface DeliverOptions {
  readonly now: () => Date;
  readonly onEvent: (event: NotifierEvent) => void;
  readonly signal?: AbortSignal;
}

/** Delivers to one sink everything that is due now, in order. Answers how many messages were delivered. */
export async function deliverDue(store: Store, sink: Sink, options: DeliverOptions): Promise<number> {
  const { now, onEvent } = options;
  let delivered = 0;
  while (options.signal?.aborted !== true) {
    let attempt: Attempt = { kind: 'skipped' };
    const delivery = await deliverNextOutboxRow(store, {
      sink: sink.name,
      deliver: async (row, sql) => {
        attempt = await attempted(sink, row, recordsOf(sql, { sink: sink.name, targetKey: row.targetKey }));
        return afterAttempt(attempt, row, now());
      },
    });
    if (delivery.kind === 'nothingDue') {
      break;
    }
    onEvent({ ...delivery, sink: sink.name, attempt });
    delivered += delivery.outcome.kind === 'delivered' ? 1 : 0;
  }
  return delivered;
}

/**
 * Delivers until `signal` is aborted; deliveries under way are finished first. A database that is away is waited for.
 *
 * Each sink has a loop of its own, so that one that hangs, fails or waits holds up no other.
 */
export async function deliverUntilStopped(
  store: Store,
  sinks: readonly Sink[],
  options: Omit<DeliverOptions, 'signal'> & { readonly signal: AbortSignal; readonly pollMs?: number },
): Promise<void> {
  const { signal, onEvent, pollMs = pollMsDefault } = options;
  const names = sinks.map(({ name }) => name);
  const again = async (work: () => Promise<unknown>): Promise<void> => {
    while (!signal.aborted) {
      try {
        await work();
      } catch (error) {
        onEvent({ kind: 'storeFailed', error });
      }
      await wait(pollMs, undefined, { signal }).catch(() => undefined);
    }
  };
  await Promise.all([
    ...sinks.map(async (sink) => await again(async () => await deliverDue(store, sink, options))),
    again(async () => await finishOutboxRows(store.sql, names)),
  ]);
  // What was delivered last ends now rather than with the next start.
  await finishOutboxRows(store.sql, names).catch((error: unknown) => onEvent({ kind: 'storeFailed', error }));
}

/** A sink that throws has a flaw of its own: its message waits and is seen, and the others go on. */
async function attempted(sink: Sink, row: OutboxRow, records: Records): Promise<Attempt> {
  try {
    return await sink.deliver(row, records);
  } catch (error) {
    if (error instanceof RecordsUnavailableError) {
      throw error;
    }
    return failureOfError(error);
  }
}
