import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { expectExit, runCommand } from './harness/run-command.ts';
import { accountId, fixtureDirectory } from './harness/snapshots.ts';

const repositoryRoot = path.join(import.meta.dirname, '../..');

describe.each(['demo', 'scan', 'collect', 'explain', 'access', 'serve'])('ecr-audit %s', (command) => {
  test('--help shows an example and the exit codes, on standard output', async () => {
    const result = await runCommand([command, '--help']);
    expect(result.exitCode).toBe(0);
    expect(result.stdout).toMatch(new RegExp(`Examples?:\\n  ecr-audit ${command}`));
    expect(result.stdout).toContain('Exit codes: 0 done');
    expect(result.stderr).toBe('');
  });
});

test('without a command the help is shown and the exit code is 2', async () => {
  const result = await runCommand([]);
  expect(result.exitCode).toBe(2);
  expect(result.stderr).toContain('Usage: ecr-audit');
});

test('a Node.js that is too old gets one sentence', async () => {
  const pretend = 'Object.defineProperty(process, "versions", { value: { ...process.versions, node: "20.20.2" } })';
  const result = await runCommand(['--help'], { nodeOptions: ['--import', `data:text/javascript,${pretend}`] });
  expect(result).toMatchObject({ exitCode: 2, stdout: '' });
  expect(result.stderr).toMatch(/^ecr-audit: Node\.js 20\.20\.2 is too old: expected 24 or newer.*\n$/);
});

test('in a pnpm script, relative paths start where the user stands', async () => {
  const user = path.dirname(fixtureDirectory);
  const scriptEnvironment = { INIT_CWD: user, npm_package_json: path.join(repositoryRoot, 'package.json') };
  const words = ['access', '--snapshot', path.basename(fixtureDirectory), '--by', 'capability', '--format', 'ndjson'];
  const result = await runCommand(words, { cwd: repositoryRoot, env: scriptEnvironment });
  expectExit(result, 0);
  expect(result.stdout).toContain(accountId);
  // Left over from a script further up, the variable says nothing about this command.
  const leftOver = await runCommand(words, { cwd: user, env: { ...scriptEnvironment, INIT_CWD: '/nowhere' } });
  expect(leftOver.stdout).toBe(result.stdout);
});

test('a reader that goes away early is no error', async () => {
  const words = ['access', '--snapshot', fixtureDirectory, '--format', 'ndjson', '--include-denied'];
  const launcher = path.join(repositoryRoot, 'services/cli/ecr-audit.mjs');
  const child = spawn(process.execPath, [launcher, ...words], { stdio: ['ignore', 'pipe', 'pipe'] });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  child.stdout.once('data', () => child.stdout.destroy());
  await once(child, 'close');
  expect(stderr).not.toMatch(/EPIPE|error/);
  expect(child.exitCode).toBe(0);
});

describe('access', () => {
  test('filters by principal, repository, action or capability, and decision', async () => {
    const repository = ['--repository', 'shop/api', '--principal', 'builder', '--by', 'capability'];
    const result = await runCommand([
      'access',
      '--snapshot',
      fixtureDirectory,
      '--format',
      'ndjson',
      ...repository,
      '--decision',
      'allowed',
    ]);
    const rows = result.stdout
      .trimEnd()
      .split('\n')
      .map((line): unknown => JSON.parse(line));
    expect(rows.length).toBeGreaterThan(0);
    for (const row of rows) {
      expect(row).toMatchObject({
        principalName: 'builder',
        resource: `arn:aws:ecr:eu-west-1:${accountId}:repository/shop/api`,
        action: expect.not.stringContaining(':'),
        decision: 'allowed',
      });
    }
  });
});
