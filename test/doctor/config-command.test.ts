import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';

import { runCommand } from '../system/harness/run-command.ts';
import { temporaryDirectory } from '../system/harness/temporary-directory.ts';

const exampleFile = new URL('../../infra/configuration/ecr-audit.example.yaml', import.meta.url).pathname;

function fileOf(text: string): string {
  const file = path.join(temporaryDirectory('config'), 'audit.yaml');
  writeFileSync(file, text);
  return file;
}

describe('ecr-audit config check', () => {
  test('accepts the example that ships, and tells which secrets are not here', async () => {
    const result = await runCommand(['config', 'check', exampleFile]);
    expect(result).toMatchObject({ exitCode: 0, stderr: '' });
    expect(result.stdout.split('\n')).toEqual([
      `${exampleFile} can be used.`,
      expect.stringContaining('`organization.externalId`'),
      expect.stringContaining('`database.url`'),
      expect.stringContaining('`redis.url`'),
      '',
    ]);
  });

  test('tells every problem with its line, and exits with 2', async () => {
    const file = fileOf('version: 2\norganization:\n  accounts: own\n  region: all\nlogLevel: loud\n');
    const result = await runCommand(['config', 'check', file]);
    expect(result).toMatchObject({ exitCode: 2, stdout: '' });
    expect(result.stderr.trimEnd().split('\n')).toEqual([
      'ecr-audit: audit.yaml:1: `version`: expected `1`, the version of this format, found `2`',
      expect.stringContaining('audit.yaml:2: `organization.regions` is missing: expected'),
      'audit.yaml:4: `organization.region` is unknown; did you mean `regions`?',
      expect.stringContaining('audit.yaml:5: `logLevel`: expected one of `trace`'),
    ]);
    const json = await runCommand(['config', 'check', file, '--format', 'json']);
    expect(json.exitCode).toBe(2);
    expect(JSON.parse(json.stdout)).toMatchObject({
      isValid: false,
      problems: expect.arrayContaining([expect.any(String)]),
    });
  });

  test('a schedule that means nothing is refused too', async () => {
    const file = fileOf('version: 1\norganization: { accounts: own, regions: all }\nschedules: { activity: 1s }\n');
    const result = await runCommand(['config', 'check', file]);
    expect(result.exitCode).toBe(2);
    expect(result.stderr).toContain('`schedules.activity`: cannot read the schedule `1s`');
  });

  test('a file that is not there is an error of the input', async () => {
    const result = await runCommand(['config', 'check', '/nowhere/audit.yaml']);
    expect(result.exitCode).toBe(2);
    expect(result.stderr).toBe('ecr-audit: cannot read the configuration file `/nowhere/audit.yaml`: ENOENT\n');
    expect((await runCommand(['config', 'check'])).exitCode).toBe(2);
  });
});

describe('ecr-audit config show', () => {
  test('prints a file that says the same, with the environment in it and secrets by their place', async () => {
    const env = { DATABASE_URL: 'postgres://u:secret-password@db/audit', ECR_AUDIT_ROLE_NAME: 'reader' };
    const shown = await runCommand(['config', 'show', exampleFile], { env });
    expect(shown).toMatchObject({ exitCode: 0, stderr: '' });
    expect(shown.stdout).not.toContain('secret-password');
    expect(shown.stdout).toContain('roleName: reader');
    expect(shown.stdout).toContain('accounts:\n      - "012345678901"');
    const again = await runCommand(['config', 'show', fileOf(shown.stdout), '--format', 'yaml']);
    expect(again.stdout.replace(/lookupEventsPerSecond: \d+/, '')).toBe(
      shown.stdout.replace(/lookupEventsPerSecond: \d+/, ''),
    );
  });

  test('takes the file of ECR_AUDIT_CONFIG, or the environment alone', async () => {
    const named = await runCommand(['config', 'show', '--format', 'json'], { env: { ECR_AUDIT_CONFIG: exampleFile } });
    expect(JSON.parse(named.stdout)).toMatchObject({ version: 1, organization: { accounts: 'discover' } });
    const alone = await runCommand(['config', 'show', '--format', 'json'], { env: { ECR_AUDIT_REGIONS: 'eu-west-1' } });
    expect(JSON.parse(alone.stdout)).toMatchObject({ organization: { accounts: 'own', regions: ['eu-west-1'] } });
  });
});

describe.each(['doctor', 'config check', 'config show'])('ecr-audit %s', (command) => {
  test('--help shows an example and the exit codes, on standard output', async () => {
    const result = await runCommand([...command.split(' '), '--help']);
    expect(result).toMatchObject({ exitCode: 0, stderr: '' });
    expect(result.stdout).toMatch(new RegExp(`Examples?:\\n  ecr-audit ${command}`));
    expect(result.stdout).toContain('Exit codes: 0 done');
  });
});

test('the example that ships holds no tab, which YAML refuses', () => {
  expect(readFileSync(exampleFile, 'utf8')).not.toContain('\t');
});
