import type { CollectionGap } from '@ecr-audit/access';
import { queueDepths, type JobEvent, type Queues } from '@ecr-audit/jobs';
import { createMetrics, startHealthServer, type HealthServer, type Metrics } from '@ecr-audit/runtime';
import { describeDatabase, type Store } from '@ecr-audit/store';
import type { Reach } from './open-reach.ts';
import type { Look } from './look-job.ts';

/** Counts what a collector does. */
export function collectorMetrics({ reach, queues }: { readonly reach: Reach; readonly queues: Queues }): {
  readonly metrics: Metrics;
  readonly onEvent: (event: JobEvent) => void;
  readonly onGaps: (gaps: readonly CollectionGap[]) => void;
  readonly onLook: (look: Look) => void;
} {
  const metrics = createMetrics('collector');
  metrics.beforeScrape(async () => {
    const { fleet, organization } = reach;
    const logs = new Set([fleet.callLog, organization.callLog]);
    for (const { operation, result, count } of [...logs].flatMap((log) => log.drain())) {
      metrics.callsMade({ operation, result, count });
    }
    for (const depth of await queueDepths(queues)) {
      metrics.queueDepth(depth);
    }
  });
  return {
    metrics,
    onEvent: (event) => countJob(metrics, event),
    onGaps: (gaps) => metrics.gapsFound(gaps),
    onLook: ({ accountId, region, outcome }) => {
      if (outcome.lagMs !== null) {
        metrics.activityLag({ accountId, region, lagMs: outcome.lagMs });
      }
      metrics.eventsFolded({ result: 'use', count: outcome.uses });
      metrics.eventsFolded({ result: 'change', count: outcome.changes });
      metrics.eventsFolded({ result: 'rejected', count: outcome.rejected });
    },
  };
}

/** Serves health, readiness and metrics. Ready is who reaches Postgres and the queues. */
export async function serveHealth(options: {
  readonly host: string;
  readonly port: number;
  readonly store: Store;
  readonly queues: Queues;
  readonly metrics: Metrics;
  readonly onProblem: (check: string, error: unknown) => void;
}): Promise<HealthServer> {
  const { host, port, store, queues, metrics, onProblem } = options;
  return await startHealthServer({
    host,
    port,
    metrics,
    onProblem,
    checks: {
      postgres: async () => void (await describeDatabase(store.sql)),
      queues: async () => void (await queues.backend.counts('collect')),
    },
  });
}

function countJob(metrics: Metrics, { kind, queue, durationMs }: JobEvent): void {
  switch (kind) {
    case 'started':
    // A job that is put off did nothing.
    case 'putOff':
      return;
    case 'completed':
    case 'returned':
      metrics.jobFinished({ queue, outcome: kind, durationMs });
      return;
    case 'failed':
      metrics.jobFinished({ queue, outcome: 'retried', durationMs });
      return;
    case 'givenUp':
      metrics.jobFinished({ queue, outcome: 'failed', durationMs });
      return;
    default:
      kind satisfies never;
  }
}
