import { queueDepths, type JobEvent, type Queues } from '@ecr-audit/jobs';
import { createMetrics, startHealthServer, type HealthServer, type Metrics } from '@ecr-audit/runtime';
import { describeDatabase, findScan, type Store } from '@ecr-audit/store';

/** Counts what an evaluator does. */
export function evaluatorMetrics({ store, queues }: { readonly store: Store; readonly queues: Queues }): {
  readonly metrics: Metrics;
  readonly onEvent: (event: JobEvent) => void;
  readonly onScan: (scanId: string) => Promise<void>;
} {
  const metrics = createMetrics('evaluator');
  metrics.beforeScrape(async () => {
    for (const depth of await queueDepths(queues)) {
      metrics.queueDepth(depth);
    }
  });
  return {
    metrics,
    onEvent: (event) => countJob(metrics, event),
    onScan: async (scanId) => {
      const scan = await findScan(store.sql, scanId);
      if (scan !== null && (scan.status === 'completed' || scan.status === 'failed')) {
        const endedMs = scan.completedAt === null ? Date.now() : Date.parse(scan.completedAt);
        metrics.scanFinished({ outcome: scan.status, durationMs: Math.max(0, endedMs - Date.parse(scan.requestedAt)) });
      }
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
      queues: async () => void (await queues.backend.counts('evaluate')),
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
