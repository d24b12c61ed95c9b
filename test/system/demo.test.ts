import path from 'node:path';
import { findAsOf, latestCompletedScan, openStore, startEmbeddedPostgres } from '@ecr-audit/store';
import { expect, test } from 'vitest';
import { until } from '../jobs/harness/until.ts';
import { expectExit, runCommand, startCommand } from './harness/run-command.ts';
import { temporaryDirectory } from './harness/temporary-directory.ts';

// Each evaluates two points of the sample organization, on a machine that may be busy.
const demoTimeoutMs = 400_000;

test(
  'two demos at once in a fresh directory end with the same report, and a later one reuses what they left',
  async () => {
    const words = ['demo', '--once', '--data', temporaryDirectory('demo')];
    const startedAt = performance.now();
    const [first, second] = await Promise.all([
      runCommand(words, { timeoutMs: demoTimeoutMs }),
      runCommand(words, { timeoutMs: demoTimeoutMs }),
    ]);
    const firstMs = Math.round(performance.now() - startedAt);
    expectExit(first, 0);
    expectExit(second, 0);
    expect(second.stdout).toBe(first.stdout);
    expect(first.stdout).toMatch(/^ECR access of organization:.* as of 2026-11-16T06:00:00/);
    expect(first.stdout).toMatch(/^CHANGES since 2026-11-09T06:00:00/m);

    const againAt = performance.now();
    const again = await runCommand(words);
    console.info(`demo: the first runs took ${firstMs} ms, the next one ${Math.round(performance.now() - againAt)} ms`);
    expectExit(again, 0);
    expect(again.stdout).toBe(first.stdout);
    expect(again.stderr.match(/already scanned by an earlier run, reused/g)).toHaveLength(2);
  },
  demoTimeoutMs,
);

test(
  'Ctrl-C while the demo evaluates ends with 130, and leaves nothing half written',
  async () => {
    const data = temporaryDirectory('interrupted');
    const command = startCommand(['demo', '--once', '--data', data], { timeoutMs: demoTimeoutMs });
    await until('the evaluation to begin', () => command.stderr().includes('evaluating'), {
      timeoutMs: 60_000,
      detail: () => command.stderr(),
    });
    command.process.kill('SIGINT');
    const result = await command.result;
    expectExit(result, 130);
    expect(result.stdout).toBe('');
    expect(result.stderr).not.toMatch(/error/);

    const postgres = await startEmbeddedPostgres({ directory: path.join(data, 'demo') });
    // The command stopped its server: ours is a new one.
    expect(postgres.startedHere).toBe(true);
    const store = await openStore(postgres.url);
    expect(await latestCompletedScan(store.sql)).toBeNull();
    expect(await findAsOf(store.sql, {})).toBeNull();
    await store.close();
    await postgres.stop();
  },
  demoTimeoutMs,
);
