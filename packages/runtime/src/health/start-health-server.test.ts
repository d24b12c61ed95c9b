import { describe, expect, onTestFinished, test } from 'vitest';
import { createMetrics } from '../metrics/create-metrics.ts';
import { startHealthServer, type HealthServer, type HealthServerOptions } from './start-health-server.ts';

async function start(options: Partial<HealthServerOptions> = {}): Promise<HealthServer> {
  const server = await startHealthServer({ host: '127.0.0.1', port: 0, checks: {}, ...options });
  onTestFinished(async () => await server.close());
  return server;
}

async function ask(server: HealthServer, path: string, init: RequestInit = {}): Promise<[number, unknown]> {
  const response = await fetch(`${server.url}${path}`, init);
  const text = await response.text();
  return [
    response.status,
    response.headers.get('content-type') === 'application/json' && text !== '' ? JSON.parse(text) : text,
  ];
}

describe('the health server', () => {
  test('is ready when every check passes, and tells which does not without its reason', async () => {
    let isThere = true;
    const problems: unknown[] = [];
    const server = await start({
      checks: {
        database: async () => await Promise.resolve(),
        queues: async () => {
          if (!isThere) {
            throw new Error('redis://:secret@cache is away');
          }
          await Promise.resolve();
        },
      },
      onProblem: (...problem) => problems.push(problem),
    });
    expect(await ask(server, '/readyz')).toEqual([200, { status: 'ready', checks: { database: 'ok', queues: 'ok' } }]);
    isThere = false;
    expect(await ask(server, '/readyz')).toEqual([
      503,
      { status: 'notReady', checks: { database: 'ok', queues: 'failed' } },
    ]);
    expect(problems).toEqual([['queues', new Error('redis://:secret@cache is away')]]);
    expect(await ask(server, '/healthz')).toEqual([200, { status: 'alive' }]);
  });

  test('gives each check its time, and tells it when nobody waits any more', async () => {
    let ended: AbortSignal | undefined;
    const server = await start({
      checkTimeoutMs: 10,
      checks: {
        hanging: async (signal) => {
          ended = signal;
          await new Promise(() => {});
        },
        database: async () => await Promise.resolve(),
      },
    });
    expect(await ask(server, '/readyz')).toEqual([
      503,
      { status: 'notReady', checks: { hanging: 'timeout', database: 'ok' } },
    ]);
    expect(ended?.aborted).toBe(true);
  });

  test('a check that throws at once is a check that failed', async () => {
    const server = await start({
      checks: {
        broken: () => {
          throw new Error('broken');
        },
      },
    });
    expect(await ask(server, '/readyz')).toEqual([503, { status: 'notReady', checks: { broken: 'failed' } }]);
  });

  test('is alive and not ready while it stops', async () => {
    const server = await start();
    server.stopping();
    expect(await ask(server, '/readyz')).toEqual([503, { status: 'stopping' }]);
    expect(await ask(server, '/healthz')).toEqual([200, { status: 'alive' }]);
  });

  test('tells its metrics where it has any', async () => {
    const metrics = createMetrics('collector');
    metrics.eventsFolded({ result: 'use', count: 3 });
    const [status, text] = await ask(await start({ metrics }), '/metrics');
    expect([status, text]).toEqual([
      200,
      expect.stringContaining('ecr_audit_events_total{result="use",service="collector"} 3'),
    ]);
    expect(await ask(await start(), '/metrics')).toEqual([404, { status: 'notFound' }]);
  });

  test('answers nothing else', async () => {
    const server = await start();
    expect((await ask(server, '/'))[0]).toBe(404);
    expect((await ask(server, '/healthz/../x'))[0]).toBe(404);
    expect((await ask(server, '/healthz', { method: 'POST' }))[0]).toBe(405);
    expect(await ask(server, '/healthz?from=probe', { method: 'HEAD' })).toEqual([200, '']);
  });

  test('a port in use is told, with the variables that choose another', async () => {
    const server = await start();
    const port = Number(new URL(server.url).port);
    await expect(startHealthServer({ host: '127.0.0.1', port, checks: {} })).rejects.toMatchObject({
      code: 'portUnavailable',
      message: `cannot serve health and metrics on \`127.0.0.1:${port}\` (EADDRINUSE): choose another \`ECR_AUDIT_METRICS_PORT\` or \`ECR_AUDIT_METRICS_HOST\``,
    });
  });

  test('may be closed twice', async () => {
    const server = await start();
    await server.close();
    await expect(server.close()).resolves.toBeUndefined();
    await expect(fetch(server.url)).rejects.toThrow('fetch failed');
  });
});
