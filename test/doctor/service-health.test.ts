import { createTestDatabase } from '@ecr-audit/store/testing';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';

const repositoryRoot = path.join(import.meta.dirname, '../..');
const readyLine = z.object({ health: z.url() });

/** Starts a service as an image does, and gives the address that it says its health is served on. */
async function start(
  service: string,
  environment: Readonly<Record<string, string>>,
): Promise<{ readonly health: string; readonly stop: () => Promise<number | null> }> {
  const child = spawn(process.execPath, [`services/${service}/src/main.ts`], {
    cwd: repositoryRoot,
    env: {
      PATH: process.env['PATH'],
      NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'],
      PORT: '0',
      ECR_AUDIT_METRICS_PORT: '0',
      ...environment,
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const exited = once(child, 'exit');
  for await (const line of createInterface(child.stderr)) {
    const said = readyLine.safeParse(JSON.parse(line));
    if (said.success) {
      return {
        health: said.data.health,
        stop: async () => {
          child.kill('SIGTERM');
          await exited;
          return child.exitCode;
        },
      };
    }
  }
  throw new Error(`${service} ended before it was ready`);
}

describe.each(['api', 'notifier', 'evaluator'])('the service %s', (service) => {
  test('tells health, readiness and metrics, and stops in order', async () => {
    const database = await createTestDatabase();
    onTestFinished(async () => await database.drop());
    const running = await start(service, { DATABASE_URL: database.url });
    expect(await (await fetch(`${running.health}/healthz`)).json()).toEqual({ status: 'alive' });
    const ready = await fetch(`${running.health}/readyz`);
    expect([ready.status, await ready.json()]).toEqual([
      200,
      { status: 'ready', checks: expect.objectContaining({ postgres: 'ok' }) },
    ]);
    const metrics = await (await fetch(`${running.health}/metrics`)).text();
    expect(metrics).toContain(`process_cpu_seconds_total{service="${service}"}`);
    expect(await running.stop()).toBe(0);
  });
});
