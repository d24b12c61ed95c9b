import type { Metrics } from '@ecr-audit/runtime';
import { outboxDepths, type Store } from '@ecr-audit/store';
import type { NotifierEvent } from './deliver-outbox.ts';

/** Counts what became of an attempt, by its sink. */
export function countNotifierEvent(metrics: Metrics, event: NotifierEvent): void {
  if (event.kind !== 'attempted') {
    return;
  }
  const { sink, attempt, outcome } = event;
  const isDead = outcome.kind === 'failed' && outcome.isDead;
  metrics.deliveryAttempted({
    sink,
    result: isDead ? 'dead' : attempt.kind === 'failed' ? attempt.failure : attempt.kind,
  });
}

/** Renews, before each scrape, how many messages wait or are dead, and how old the oldest of them is. */
export function measureOutbox(
  metrics: Metrics,
  { store, sinks, now }: { readonly store: Store; readonly sinks: readonly string[]; readonly now: () => Date },
): void {
  metrics.beforeScrape(async () => {
    const depths = await outboxDepths(store.sql);
    for (const sink of sinks) {
      for (const state of ['waiting', 'dead'] as const) {
        const depth = depths.find((one) => one.sink === sink && one.state === state);
        metrics.outboxDepth({
          sink,
          state,
          messages: depth?.messages ?? 0,
          oldestMs: depth === undefined ? 0 : Math.max(0, now().getTime() - Date.parse(depth.oldestAt)),
        });
      }
    }
  });
}
