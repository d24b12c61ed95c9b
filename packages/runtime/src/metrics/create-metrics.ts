import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { boundedLabels, otherValue } from './bounded-labels.ts';

export type CallResult = 'ok' | 'throttled' | 'denied' | 'failed';
export type JobOutcome = 'completed' | 'failed' | 'retried' | 'returned';
type DeliveryResult = 'delivered' | 'skipped' | 'away' | 'refused' | 'unauthorized' | 'dead';
export type ScanOutcome = 'completed' | 'failed' | 'superseded';

/** What a process counts. Durations and lags are given in milliseconds and told in seconds, as Prometheus wants them. */
export interface Metrics {
  readonly contentType: string;
  /** All metrics in the text format of Prometheus. */
  text(): Promise<string>;
  /** Attempts at AWS, those that were throttled among them. `operation` is `ecr:GetRepositoryPolicy`. */
  callsMade(calls: { readonly operation: string; readonly result: CallResult; readonly count: number }): void;
  jobFinished(job: { readonly queue: string; readonly outcome: JobOutcome; readonly durationMs: number }): void;
  scanFinished(scan: { readonly outcome: ScanOutcome; readonly durationMs: number }): void;
  gapsFound(gaps: readonly { readonly source: string; readonly reason: string }[]): void;
  queueDepth(depth: { readonly queue: string; readonly state: string; readonly jobs: number }): void;
  /** How far behind the present the activity of an account and region is known. */
  activityLag(lag: { readonly accountId: string; readonly region: string; readonly lagMs: number }): void;
  eventsFolded(events: { readonly result: 'use' | 'change' | 'ignored' | 'rejected'; readonly count: number }): void;
  /** One attempt at a message for a sink. `unauthorized` is a secret that the receiver does not accept. */
  deliveryAttempted(attempt: { readonly sink: string; readonly result: DeliveryResult }): void;
  /** Messages that wait for a sink or were given up, and the age of the oldest. */
  outboxDepth(depth: {
    readonly sink: string;
    readonly state: 'waiting' | 'dead';
    readonly messages: number;
    readonly oldestMs: number;
  }): void;
  /** Runs before each scrape. One that fails or takes too long is counted, and the scrape goes on without it. */
  beforeScrape(refresh: () => Promise<void>): void;
}

// The collectors make some forty calls, and no service has more queues, states or reasons.
const operationsMax = 200;
const wordsMax = 50;
// Five hundred accounts in four regions are two thousand series; beyond five thousand they fold into `other`.
const placesMax = 5_000;
// Prometheus gives a scrape ten seconds where nothing is said.
const refreshTimeoutMs = 3_000;

const jobSeconds = [0.1, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 900, 3_600];
const scanSeconds = [1, 5, 15, 30, 60, 120, 300, 600, 1_200, 1_800, 3_600, 7_200, 14_400];

/** Metrics of one process, labelled with its service. Each call gives a registry of its own. */
export function createMetrics(service: string): Metrics {
  const registry = new Registry();
  registry.setDefaultLabels({ service });
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const refreshes: (() => Promise<void>)[] = [];

  const calls = new Counter({
    name: 'ecr_audit_aws_calls_total',
    help: 'Attempts at calls to AWS, by operation and result',
    labelNames: ['operation', 'result'] as const,
    registers,
  });
  const throttles = new Counter({
    name: 'ecr_audit_aws_throttles_total',
    help: 'Attempts that AWS throttled, by operation',
    labelNames: ['operation'] as const,
    registers,
  });
  const jobs = new Histogram({
    name: 'ecr_audit_job_duration_seconds',
    help: 'How long one try of a job took, by queue and outcome',
    labelNames: ['queue', 'outcome'] as const,
    buckets: jobSeconds,
    registers,
  });
  const scans = new Histogram({
    name: 'ecr_audit_scan_duration_seconds',
    help: 'How long a scan took from its request to its end, by outcome',
    labelNames: ['outcome'] as const,
    buckets: scanSeconds,
    registers,
  });
  const gaps = new Counter({
    name: 'ecr_audit_gaps_total',
    help: 'What could not be read, by source and reason',
    labelNames: ['source', 'reason'] as const,
    registers,
  });
  const depth = new Gauge({
    name: 'ecr_audit_queue_jobs',
    help: 'Jobs in a queue, by state',
    labelNames: ['queue', 'state'] as const,
    registers,
  });
  const lag = new Gauge({
    name: 'ecr_audit_activity_lag_seconds',
    help: 'How far behind the present CloudTrail events are known, by account and region; `other` is the worst of the rest',
    labelNames: ['account', 'region'] as const,
    registers,
  });
  const events = new Counter({
    name: 'ecr_audit_events_total',
    help: 'CloudTrail events, by what became of them',
    labelNames: ['result'] as const,
    registers,
  });
  const deliveries = new Counter({
    name: 'ecr_audit_delivery_attempts_total',
    help: 'Attempts at messages, by sink and result; `unauthorized` wants a new secret, `dead` was given up',
    labelNames: ['sink', 'result'] as const,
    registers,
  });
  const outbox = new Gauge({
    name: 'ecr_audit_outbox_messages',
    help: 'Messages that are not delivered, by sink and state',
    labelNames: ['sink', 'state'] as const,
    registers,
  });
  const outboxAge = new Gauge({
    name: 'ecr_audit_outbox_oldest_seconds',
    help: 'Age of the oldest message that is not delivered, by sink and state',
    labelNames: ['sink', 'state'] as const,
    registers,
  });
  const refreshFailures = new Counter({
    name: 'ecr_audit_metrics_refresh_failures_total',
    help: 'Figures that could not be renewed before a scrape',
    registers,
  });

  const operation = boundedLabels(operationsMax);
  const source = boundedLabels(operationsMax);
  const reason = boundedLabels(wordsMax);
  const queue = boundedLabels(wordsMax);
  const state = boundedLabels(wordsMax);
  const place = boundedLabels(placesMax);
  const lagsOfOthers = new Map<string, number>();

  return {
    contentType: registry.contentType,
    text: async () => {
      await Promise.all(refreshes.map(async (refresh) => await renewed(refresh, () => refreshFailures.inc())));
      return await registry.metrics();
    },
    callsMade: ({ operation: name, result, count }) => {
      const label = operation(name);
      calls.inc({ operation: label, result }, count);
      if (result === 'throttled') {
        throttles.inc({ operation: label }, count);
      }
    },
    jobFinished: (job) => jobs.observe({ queue: queue(job.queue), outcome: job.outcome }, job.durationMs / 1000),
    scanFinished: ({ outcome, durationMs }) => scans.observe({ outcome }, durationMs / 1000),
    gapsFound: (found) => {
      for (const gap of found) {
        gaps.inc({ source: source(gap.source), reason: reason(gap.reason) });
      }
    },
    queueDepth: (found) => depth.set({ queue: queue(found.queue), state: state(found.state) }, found.jobs),
    activityLag: ({ accountId, region, lagMs }) => {
      const key = `${accountId}/${region}`;
      if (place(key) !== otherValue) {
        lag.set({ account: accountId, region }, lagMs / 1000);
        return;
      }
      lagsOfOthers.set(key, lagMs);
      lag.set({ account: otherValue, region: otherValue }, Math.max(...lagsOfOthers.values()) / 1000);
    },
    eventsFolded: ({ result, count }) => events.inc({ result }, count),
    deliveryAttempted: (attempt) => deliveries.inc({ sink: attempt.sink, result: attempt.result }),
    outboxDepth: ({ sink, state: found, messages, oldestMs }) => {
      outbox.set({ sink, state: found }, messages);
      outboxAge.set({ sink, state: found }, oldestMs / 1000);
    },
    beforeScrape: (refresh) => void refreshes.push(refresh),
  };
}

async function renewed(refresh: () => Promise<void>, onFailure: () => void): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('the figures took too long')), refreshTimeoutMs);
  });
  try {
    await Promise.race([Promise.resolve().then(refresh), late]);
  } catch {
    onFailure();
  } finally {
    clearTimeout(timer);
  }
}
