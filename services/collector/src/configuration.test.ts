import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { readCollectorConfiguration } from './configuration.ts';

const databaseUrl = 'postgres://audit@db/audit';

it('the collector needs a database and has a default for everything else', async () => {
  expect(await readCollectorConfiguration({ DATABASE_URL: databaseUrl })).toMatchObject({
    databaseUrl,
    redisUrl: undefined,
    schedules: null,
    lockMs: 30_000,
    stopMs: 12_000,
    audit: { organization: { accounts: 'own', regions: [] }, limits: { lookupEventsPerSecond: 2, accountsAtATime: 4 } },
  });
});

it('one schedule in the environment sets up all of them, each with its default or off', async () => {
  const read = await readCollectorConfiguration({
    DATABASE_URL: databaseUrl,
    ECR_AUDIT_REGIONS: ' eu-west-1, us-east-1,',
    ECR_AUDIT_SCHEDULE: '0 3 * * *',
    ECR_AUDIT_LAST_ACCESSED_SCHEDULE: 'off',
  });
  expect(read.audit.organization.regions).toEqual(['eu-west-1', 'us-east-1']);
  expect(read.schedules).toEqual({ access: '0 3 * * *', activity: '5m', maintenance: '1d' });
});

it('a file names what the environment does not, and its secrets are read where they lie', async () => {
  const directory = mkdtempSync(path.join(tmpdir(), 'collector-'));
  try {
    const file = path.join(directory, 'audit.yaml');
    writeFileSync(
      file,
      [
        'version: 1',
        'organization: { accounts: discover, regions: all, externalId: { fromEnvironment: OUR_ID } }',
        'database: { url: { fromEnvironment: OUR_DATABASE } }',
        'schedules: { access: 4h }',
      ].join('\n'),
    );
    const read = await readCollectorConfiguration({
      ECR_AUDIT_CONFIG: file,
      OUR_ID: 'abcdef',
      OUR_DATABASE: databaseUrl,
      ECR_AUDIT_ACCOUNTS_AT_A_TIME: '7',
    });
    expect(read).toMatchObject({
      databaseUrl,
      externalId: 'abcdef',
      schedules: { access: '4h' },
      audit: { organization: { accounts: 'discover', regions: 'all' }, limits: { accountsAtATime: 7 } },
    });
  } finally {
    rmSync(directory, { recursive: true });
  }
});

it.each([
  ['ECR_AUDIT_SCHEDULE', 'soon'],
  ['ECR_AUDIT_SCHEDULE', '1s'],
  ['ECR_AUDIT_ROLE_ARN', 'arn:aws:iam::111122223333:user/someone'],
  ['ECR_AUDIT_LOOKUP_EVENTS_PER_SECOND', '0'],
  ['ECR_AUDIT_LOOKUP_EVENTS_PER_SECOND', 'many'],
  ['ECR_AUDIT_JOB_LOCK_SECONDS', '0'],
  ['ECR_AUDIT_STOP_SECONDS', '60'],
  ['ECR_AUDIT_QUEUE_NAMESPACE', 'a:b'],
])('`%s` written `%s` is refused by name, with what was expected', async (variable, value) => {
  const reading = readCollectorConfiguration({ DATABASE_URL: databaseUrl, [variable]: value });
  await expect(reading).rejects.toThrow(variable);
  await expect(reading).rejects.toThrow('expected ');
});
