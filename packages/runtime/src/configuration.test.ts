import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { describe, expect, onTestFinished, test } from 'vitest';
import { readConfiguration, setting } from './configuration.ts';
import { ConfigurationError } from './errors.ts';
import { settings } from './settings.ts';

function problemsOf(
  chosen: Parameters<typeof readConfiguration>[0],
  environment: Record<string, string>,
): readonly string[] {
  try {
    readConfiguration(chosen, environment);
  } catch (error) {
    if (error instanceof ConfigurationError) {
      return error.problems;
    }
    throw error;
  }
  return [];
}

describe('readConfiguration', () => {
  test('reads what is set and fills in what is not', () => {
    const { databaseUrl, redisUrl, logLevel, port, host } = settings;
    const environment = { DATABASE_URL: 'postgres://u:p@db/audit', PORT: '0', REDIS_URL: '' };
    expect(readConfiguration({ databaseUrl, redisUrl, logLevel, port, host }, environment)).toEqual({
      databaseUrl: 'postgres://u:p@db/audit',
      redisUrl: undefined,
      logLevel: 'info',
      port: 0,
      host: '127.0.0.1',
    });
  });

  test('names every wrong variable at once, with what was expected', () => {
    const { databaseUrl, port, logLevel } = settings;
    expect(problemsOf({ databaseUrl, port, logLevel }, { PORT: '65536', LOG_LEVEL: 'loud' })).toEqual([
      '`DATABASE_URL` is not set: expected the URL of a Postgres database, `postgres://USER:PASSWORD@HOST:PORT/DATABASE`',
      '`PORT` cannot be used: expected a port from 0 to 65535, found `65536`',
      '`LOG_LEVEL` cannot be used: expected `trace`, `debug`, `info`, `warn`, `error`, `fatal` or `silent`, found `loud`',
    ]);
  });

  test('never repeats what may be a secret', () => {
    const { databaseUrl, redisUrl } = settings;
    const environment = { DATABASE_URL: 'mysql://u:secret@db', REDIS_URL: 'http://:secret@cache' };
    const problems = problemsOf({ databaseUrl, redisUrl }, environment);
    expect(problems).toHaveLength(2);
    expect(problems.join()).not.toContain('secret');
  });

  test('a secret may lie in a file that the companion of its variable names; the variable itself comes first', () => {
    const directory = mkdtempSync(path.join(os.tmpdir(), 'ecr-audit-setting-'));
    onTestFinished(() => rmSync(directory, { recursive: true }));
    const file = path.join(directory, 'url');
    writeFileSync(file, 'postgres://u:from-file@db/audit\n');
    const { databaseUrl, logLevel } = settings;
    expect(readConfiguration({ databaseUrl }, { DATABASE_URL_FILE: file })).toEqual({
      databaseUrl: 'postgres://u:from-file@db/audit',
    });
    const both = { DATABASE_URL_FILE: file, DATABASE_URL: 'postgres://db/other' };
    expect(readConfiguration({ databaseUrl }, both)).toEqual({ databaseUrl: 'postgres://db/other' });
    expect(problemsOf({ databaseUrl }, { DATABASE_URL_FILE: `${file}.gone` })).toEqual([
      `\`DATABASE_URL_FILE\` names a file that cannot be used: \`${file}.gone\`, ENOENT`,
    ]);
    writeFileSync(file, 'mysql://u:from-file@db');
    expect(problemsOf({ databaseUrl }, { DATABASE_URL_FILE: file }).join()).not.toContain('from-file');
    // Only secrets are looked for in files.
    expect(readConfiguration({ logLevel }, { LOG_LEVEL_FILE: file })).toEqual({ logLevel: 'info' });
  });

  test.each([' 1', '1.5', '-1', '0x10', '123456'])('`%s` is no port', (text) => {
    expect(problemsOf({ port: settings.port }, { PORT: text })).toEqual([expect.stringContaining('`PORT`')]);
  });

  test('takes settings of a process of its own', () => {
    const regions = setting({
      variable: 'ECR_AUDIT_REGIONS',
      expected: 'AWS regions, separated by commas',
      schema: z
        .string()
        .default('')
        .transform((text) => text.split(',').filter((region) => region !== '')),
    });
    const configuration = readConfiguration({ regions }, { ECR_AUDIT_REGIONS: 'eu-west-1,us-east-1' });
    expect(configuration.regions).toEqual(['eu-west-1', 'us-east-1']);
  });
});
