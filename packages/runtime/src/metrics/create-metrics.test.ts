import { describe, expect, test } from 'vitest';
import { createMetrics, type Metrics } from './create-metrics.ts';

async function linesOf(metrics: Metrics, name: string): Promise<readonly string[]> {
  return (await metrics.text())
    .split('\n')
    .filter((line) => line.startsWith(`${name}{`) || line.startsWith(`${name} `));
}

describe('metrics', () => {
  test('calls are counted by operation and result, and throttles on their own', async () => {
    const metrics = createMetrics('collector');
    metrics.callsMade({ operation: 'ecr:GetRepositoryPolicy', result: 'ok', count: 300 });
    metrics.callsMade({ operation: 'ecr:GetRepositoryPolicy', result: 'throttled', count: 2 });
    expect(await linesOf(metrics, 'ecr_audit_aws_calls_total')).toEqual([
      'ecr_audit_aws_calls_total{operation="ecr:GetRepositoryPolicy",result="ok",service="collector"} 300',
      'ecr_audit_aws_calls_total{operation="ecr:GetRepositoryPolicy",result="throttled",service="collector"} 2',
    ]);
    expect(await linesOf(metrics, 'ecr_audit_aws_throttles_total')).toEqual([
      'ecr_audit_aws_throttles_total{operation="ecr:GetRepositoryPolicy",service="collector"} 2',
    ]);
  });

  test('durations are told in seconds', async () => {
    const metrics = createMetrics('evaluator');
    metrics.jobFinished({ queue: 'evaluate', outcome: 'completed', durationMs: 1_500 });
    metrics.scanFinished({ outcome: 'completed', durationMs: 61_000 });
    metrics.activityLag({ accountId: '111122223333', region: 'eu-west-1', lagMs: 900_000 });
    expect(await linesOf(metrics, 'ecr_audit_job_duration_seconds_sum')).toEqual([
      'ecr_audit_job_duration_seconds_sum{service="evaluator",queue="evaluate",outcome="completed"} 1.5',
    ]);
    expect(await linesOf(metrics, 'ecr_audit_scan_duration_seconds_sum')).toEqual([
      'ecr_audit_scan_duration_seconds_sum{service="evaluator",outcome="completed"} 61',
    ]);
    expect(await linesOf(metrics, 'ecr_audit_activity_lag_seconds')).toEqual([
      'ecr_audit_activity_lag_seconds{account="111122223333",region="eu-west-1",service="evaluator"} 900',
    ]);
  });

  test('gaps, events and queues are counted by what they are', async () => {
    const metrics = createMetrics('collector');
    const gap = { source: 'ecr:GetRegistryPolicy', reason: 'accessDenied' };
    metrics.gapsFound([gap, gap]);
    metrics.eventsFolded({ result: 'use', count: 7 });
    metrics.queueDepth({ queue: 'collect', state: 'waiting', jobs: 3 });
    metrics.queueDepth({ queue: 'collect', state: 'waiting', jobs: 0 });
    expect(await metrics.text()).toContain(
      'ecr_audit_gaps_total{source="ecr:GetRegistryPolicy",reason="accessDenied",service="collector"} 2\n',
    );
    expect(await linesOf(metrics, 'ecr_audit_events_total')).toEqual([
      'ecr_audit_events_total{result="use",service="collector"} 7',
    ]);
    expect(await linesOf(metrics, 'ecr_audit_queue_jobs')).toEqual([
      'ecr_audit_queue_jobs{queue="collect",state="waiting",service="collector"} 0',
    ]);
  });

  test('label values are bounded, and the rest is one value', async () => {
    const metrics = createMetrics('collector');
    for (let index = 0; index < 1_000; index += 1) {
      metrics.callsMade({ operation: `ecr:Call${index}`, result: 'ok', count: 1 });
    }
    const lines = await linesOf(metrics, 'ecr_audit_aws_calls_total');
    expect(lines).toHaveLength(201);
    expect(lines.at(-1)).toBe('ecr_audit_aws_calls_total{operation="other",result="ok",service="collector"} 800');
  });

  test('the lag of accounts beyond the bound is that of the worst of them', async () => {
    const metrics = createMetrics('collector');
    for (let index = 0; index < 5_000; index += 1) {
      metrics.activityLag({ accountId: String(index).padStart(12, '0'), region: 'eu-west-1', lagMs: 1_000 });
    }
    metrics.activityLag({ accountId: '900000000001', region: 'eu-west-1', lagMs: 60_000 });
    metrics.activityLag({ accountId: '900000000002', region: 'eu-west-1', lagMs: 5_000 });
    const lines = await linesOf(metrics, 'ecr_audit_activity_lag_seconds');
    expect(lines).toHaveLength(5_001);
    expect(lines.at(-1)).toBe('ecr_audit_activity_lag_seconds{account="other",region="other",service="collector"} 60');
    metrics.activityLag({ accountId: '900000000001', region: 'eu-west-1', lagMs: 1_000 });
    expect((await linesOf(metrics, 'ecr_audit_activity_lag_seconds')).at(-1)).toMatch(/ 5$/);
  });

  test('figures are renewed before a scrape, and one that fails does not end it', async () => {
    const metrics = createMetrics('collector');
    metrics.beforeScrape(async () => {
      metrics.queueDepth({ queue: 'scan', state: 'waiting', jobs: 4 });
      await Promise.resolve();
    });
    metrics.beforeScrape(async () => await Promise.reject(new Error('redis is away')));
    metrics.beforeScrape(() => {
      throw new Error('at once');
    });
    expect(await linesOf(metrics, 'ecr_audit_queue_jobs')).toEqual([
      'ecr_audit_queue_jobs{queue="scan",state="waiting",service="collector"} 4',
    ]);
    expect(await linesOf(metrics, 'ecr_audit_metrics_refresh_failures_total')).toHaveLength(1);
  });

  test('a label of hostile text stays one line', async () => {
    const metrics = createMetrics('collector');
    metrics.gapsFound([{ source: 'x"\n{}\\', reason: 'accessDenied' }]);
    expect((await linesOf(metrics, 'ecr_audit_gaps_total'))[0]).toContain(String.raw`source="x\"\n{}\\"`);
  });
});
