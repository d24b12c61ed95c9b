import { afterEach, expect, it } from 'vitest';
import { backendCases } from './harness/backends.ts';
import { openWorld, type ScanWorld } from './harness/scan-world.ts';
import type { ServiceProcess } from './harness/service-process.ts';
import { until } from './harness/until.ts';

const testTimeoutMs = 120_000;
let world: ScanWorld | undefined;
afterEach(async () => {
  await world?.close();
  world = undefined;
}, testTimeoutMs);

async function told(service: ServiceProcess): Promise<string> {
  return await (await fetch(`${healthUrl(service)}/metrics`)).text();
}

function healthUrl(service: ServiceProcess): string {
  return /"health":"(http[^"]+)"/.exec(service.log())?.[1] ?? '';
}

it(
  'collector and evaluator tell whether they are ready, and what they did',
  async () => {
    const [postgres] = backendCases;
    if (postgres === undefined) {
      throw new Error('there is no backend of the queues');
    }
    world = await openWorld(postgres, { faults: [{ kind: 'deny', operation: 'ecr:GetRegistryPolicy' }] });
    const environment = { ECR_AUDIT_METRICS_PORT: '0' };
    const evaluator = await world.start('evaluator', environment);
    const collector = await world.start('collector', { ...environment, ECR_AUDIT_SCHEDULE: '6h' });
    await world.scanIn('completed');
    for (const service of [evaluator, collector]) {
      expect((await fetch(`${healthUrl(service)}/healthz`)).status).toBe(200);
      const ready = await fetch(`${healthUrl(service)}/readyz`);
      expect([ready.status, await ready.text()]).toEqual([200, expect.stringContaining('queues')]);
    }
    const collected = await told(collector);
    const denied = { operation: 'ecr:GetRegistryPolicy', result: 'denied' };
    expect(valueOf(collected, 'ecr_audit_aws_calls_total', denied)).toBe('2');
    const gap = { source: 'ecr:GetRegistryPolicy', reason: 'accessDenied' };
    expect(valueOf(collected, 'ecr_audit_gaps_total', gap)).toBe('2');
    const job = { queue: 'collect', outcome: 'completed' };
    expect(valueOf(collected, 'ecr_audit_job_duration_seconds_count', job)).toBe('1');
    const depth = { queue: 'evaluate', state: 'completed' };
    await until(
      'the evaluation to be over for its queue',
      async () => valueOf(await told(collector), 'ecr_audit_queue_jobs', depth) === '1',
    );
    await until(
      'the scan to be counted',
      async () =>
        valueOf(await told(evaluator), 'ecr_audit_scan_duration_seconds_count', { outcome: 'completed' }) === '1',
    );
  },
  testTimeoutMs,
);

function valueOf(text: string, name: string, labels: Readonly<Record<string, string>>): string | undefined {
  const line = text
    .split('\n')
    .find(
      (each) =>
        each.startsWith(`${name}{`) &&
        Object.entries(labels).every(([label, value]) => each.includes(`${label}="${value}"`)),
    );
  return line?.split(' ').at(-1);
}
