import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestApi, type TestApi } from '../api/harness/start-api.ts';
import { runCommand } from '../system/harness/run-command.ts';

/* An API without a login: for whoever is on this machine, and nobody else. */

let open: TestApi;
beforeAll(async () => {
  open = await startTestApi();
});
afterAll(async () => await open.stop());

const ask = async (url: string, init?: RequestInit): Promise<number> => (await open.api.request(url, init)).status;

describe('without a login', () => {
  test.each(['localhost:8080', '127.0.0.1:8080', '[::1]:8080', '127.1.2.3'])('%s is answered', async (host) => {
    expect(await ask(`http://${host}/v1/rules`)).toBe(200);
  });

  test.each([
    'rebound.example.com',
    '10.0.0.7:8080',
    '0.0.0.0:8080',
    'localhost.example.com',
    '127.0.0.1.nip.io',
    '[::2]',
  ])('a page that calls itself %s is refused', async (host) => {
    expect(await ask(`http://${host}/v1/rules`)).toBe(403);
  });

  test('a page of another site changes nothing and reads nothing', async () => {
    const headers = { origin: 'https://evil.example.com' };
    expect(await ask('/v1/rules', { headers })).toBe(403);
    expect(await ask('/v1/alerts/1/retry', { method: 'POST', headers })).toBe(403);
    expect(await ask('/v1/alerts/1/retry', { method: 'POST', headers: { origin: 'null' } })).toBe(403);
    expect(await ask('/v1/alerts/1/retry', { method: 'POST', headers: { origin: 'http://localhost:3000' } })).toBe(404);
  });
});

const main = path.join(import.meta.dirname, '../../services/api/src/main.ts');

async function startMain(environment: Readonly<Record<string, string>>): Promise<{ exitCode: unknown; text: string }> {
  const child = spawn(process.execPath, [main], {
    env: {
      PATH: process.env['PATH'],
      HOME: process.env['HOME'],
      DATABASE_URL: open.databaseUrl,
      PORT: '0',
      ...environment,
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let text = '';
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
    if (chunk.includes('tokens create')) {
      child.kill('SIGTERM');
    }
  });
  const [exitCode] = await once(child, 'close');
  return { exitCode, text };
}

describe('the start', () => {
  test('is refused where others would reach an API without a login', async () => {
    for (const host of ['0.0.0.0', '::', '192.0.2.1']) {
      const { exitCode, text } = await startMain({ ECR_AUDIT_AUTH: 'off', HOST: host });
      expect([host, exitCode]).toEqual([host, 2]);
      expect(text).toContain(`\`${host}\` can be reached by others`);
    }
    const served = await runCommand([
      'serve',
      '--no-auth',
      '--host',
      '0.0.0.0',
      '--port',
      '0',
      '--database-url',
      open.databaseUrl,
    ]);
    expect(served.exitCode).toBe(2);
    expect(served.stderr).toContain('can be reached by others');
  }, 120_000);

  test('tells how to make a token where nobody could ask', async () => {
    const { exitCode, text } = await startMain({});
    expect(exitCode).toBe(0);
    expect(text).toContain('nobody may ask the API yet: `ecr-audit tokens create');
  }, 60_000);

  test('is refused where authentication is neither on nor off', async () => {
    const { exitCode, text } = await startMain({ ECR_AUDIT_AUTH: 'maybe' });
    expect(exitCode).toBe(2);
    expect(text).toContain('`ECR_AUDIT_AUTH` cannot be used: expected `on` or `off`');
  }, 60_000);
});
