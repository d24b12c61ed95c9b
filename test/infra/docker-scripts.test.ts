import { execFile } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

import { startHealthServer } from '@ecr-audit/runtime';
import { expect, onTestFinished, test } from 'vitest';

import { repositoryRoot } from './dockerfile.ts';

const run = promisify(execFile);
const directory = path.join(repositoryRoot, 'infra/docker');

test('make-secrets.sh makes secrets that others cannot list, tells none, and keeps what is there', async () => {
  const place = mkdtempSync(path.join(os.tmpdir(), 'ecr-audit-secrets-'));
  onTestFinished(() => rmSync(place, { recursive: true }));
  const script = path.join(place, 'make-secrets.sh');
  copyFileSync(path.join(directory, 'make-secrets.sh'), script);
  const first = await run('sh', [script]);
  const read = (name: string): string => readFileSync(path.join(place, 'secrets', name), 'utf8');
  const password = read('postgres-password');
  const externalId = read('external-id');
  expect(password).toMatch(/^[0-9a-f]{48}$/);
  expect(externalId).toMatch(/^[0-9a-f]{48}$/);
  expect(externalId).not.toBe(password);
  expect(read('database-url')).toBe(`postgres://ecr_audit:${password}@postgres:5432/ecr_audit`);
  expect(first.stdout + first.stderr).not.toContain(password);
  expect(statSync(path.join(place, 'secrets')).mode & 0o777).toBe(0o700);
  // The user of the container is none of this machine's.
  expect(statSync(path.join(place, 'secrets/external-id')).mode & 0o777).toBe(0o644);

  const second = await run('sh', [script]);
  expect(second.stdout).toBe('');
  expect(read('postgres-password')).toBe(password);
});

async function healthCheck(port: string): Promise<number> {
  try {
    await run(process.execPath, [path.join(directory, 'health-check.mjs')], {
      env: { ...process.env, ECR_AUDIT_METRICS_PORT: port },
    });
    return 0;
  } catch (error) {
    return error instanceof Error && 'code' in error && typeof error.code === 'number' ? error.code : -1;
  }
}

async function away(): Promise<void> {
  await Promise.reject(new Error('away'));
}

test('the health check passes while the process answers, also where its database is away, and fails when it is gone', async () => {
  const server = await startHealthServer({ host: '127.0.0.1', port: 0, checks: { database: away } });
  const { port } = new URL(server.url);
  expect(await healthCheck(port)).toBe(0);
  await server.close();
  expect(await healthCheck(port)).toBe(1);
});
