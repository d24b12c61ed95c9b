import { setTimeout as wait } from 'node:timers/promises';
import { deliverNextOutboxRow, type OutboxDelivery, type Store } from '@ecr-audit/store';
import { outboxLine } from './outbox-line.ts';
import type { Sink } from './sink.ts';

const retryDelayMsFirst = 1_000;
const retryDelayMsMax = 5 * 60_000;
const pollMsDefault = 1_000;

/** Doubles from one second to five minutes. Never gives up: what happened stays true, and somebody asked to hear it. */
export function retryDelayMs(attempts: number): number {
  return Math.min(retryDelayMsFirst * 2 ** Math.min(attempts - 1, 20), retryDelayMsMax);
}

export type NotifierEvent =
  | Exclude<OutboxDelivery, { readonly kind: 'nothingDue' }>
  | { readonly kind: 'storeFailed'; readonly error: unknown };

/** Delivers everything that is due now, in order. Answers how many messages were delivered. */
export async function deliverDue(
  store: Store,
  sink: Sink,
  options: { readonly onEvent?: (event: NotifierEvent) => void; readonly signal?: AbortSignal } = {},
): Promise<number> {
  let delivered = 0;
  while (options.signal?.aborted !== true) {
    const outcome = await deliverNextOutboxRow(store, {
      deliver: async (row) => await sink.deliver(outboxLine(row)),
      retryDelayMs,
    });
    if (outcome.kind === 'nothingDue') {
      break;
    }
    options.onEvent?.(outcome);
    delivered += outcome.kind === 'delivered' ? 1 : 0;
  }
  return delivered;
}

/** Delivers until `signal` is aborted; a delivery under way is finished first. A database that is away is waited for. */
export async function deliverUntilStopped(
  store: Store,
  sink: Sink,
  options: {
    readonly signal: AbortSignal;
    readonly onEvent: (event: NotifierEvent) => void;
    readonly pollMs?: number;
  },
): Promise<void> {
  const { signal, onEvent, pollMs = pollMsDefault } = options;
  while (!signal.aborted) {
    try {
      await deliverDue(store, sink, { onEvent, signal });
    } catch (error) {
      onEvent({ kind: 'storeFailed', error });
    }
    await wait(pollMs, undefined, { signal }).catch(() => undefined);
  }
}
