import { createTestDatabase } from '@ecr-audit/store/testing';
import { expect, onTestFinished, test } from 'vitest';
import { startFakeAws } from '../fake-aws/start-fake-aws.ts';
import { until } from '../jobs/harness/until.ts';
import { type RunningCommand, startCommand } from './harness/run-command.ts';
import { accountId, fixtureDirectory } from './harness/snapshots.ts';

async function serve(
  words: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<[RunningCommand, string]> {
  const database = await createTestDatabase();
  const command = startCommand(['serve', '--port', '0', '--database-url', database.url, ...words], { env });
  onTestFinished(async () => {
    command.process.kill('SIGKILL');
    await command.result;
    await database.drop();
  });
  const url = await until('the API to listen', () => /Serving on (\S+) until/.exec(command.stderr())?.[1], {
    detail: () => command.stderr(),
  });
  return [command, url];
}

test.each(['SIGINT', 'SIGTERM'] as const)('serve answers over HTTP, and %s ends it with 0', async (signal) => {
  const [command, url] = await serve([]);
  expect((await fetch(`${url}/readyz`)).status).toBe(200);
  command.process.kill(signal);
  expect(await command.result).toMatchObject({ exitCode: 0, stdout: '' });
});

test('with --every it scans the account of the credentials at once, and tells so on standard output', async () => {
  const fake = await startFakeAws({
    snapshotDir: fixtureDirectory,
    accountId,
    lookupEventsPerSecond: Number.POSITIVE_INFINITY,
  });
  onTestFinished(async () => await fake.close());
  const [command, url] = await serve(['--no-auth', '--every', '24h', '--regions', 'eu-west-1,us-east-1'], {
    ...fake.environment(),
  });
  await until(
    'the scan to be completed',
    async () => {
      const answer = await fetch(`${url}/v1/scans`);
      return (await answer.text()).includes('"completed"');
    },
    { timeoutMs: 90_000, detail: () => command.stderr() },
  );
  await until('the message', () => command.stdout().includes('"kind":"scan.completed"'), {
    detail: () => command.stderr(),
  });
  command.process.kill('SIGINT');
  expect((await command.result).exitCode).toBe(0);
});
