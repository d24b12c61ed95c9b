import { readConfiguration } from '@ecr-audit/runtime';
import { expect, it } from 'vitest';
import { collectorSettings } from './configuration.ts';

const databaseUrl = 'postgres://audit@db/audit';

it('the collector needs a database and has a default for everything else', () => {
  expect(readConfiguration(collectorSettings, { DATABASE_URL: databaseUrl })).toMatchObject({
    databaseUrl,
    redisUrl: undefined,
    regions: [],
    schedule: null,
    jobLockMs: 30_000,
    lookupEventsPerSecond: 2,
  });
});

it('regions may be written with spaces, and a schedule as an interval or a cron expression', () => {
  const read = readConfiguration(collectorSettings, {
    DATABASE_URL: databaseUrl,
    ECR_AUDIT_REGIONS: ' eu-west-1, us-east-1,',
    ECR_AUDIT_SCHEDULE: '0 3 * * *',
  });
  expect(read.regions).toEqual(['eu-west-1', 'us-east-1']);
  expect(read.schedule).toEqual({ kind: 'cron', expression: '0 3 * * *' });
});

it.each([
  ['ECR_AUDIT_SCHEDULE', 'soon'],
  ['ECR_AUDIT_SCHEDULE', '1s'],
  ['ECR_AUDIT_ROLE_ARN', 'arn:aws:iam::111122223333:user/someone'],
  ['ECR_AUDIT_LOOKUP_EVENTS_PER_SECOND', '0'],
  ['ECR_AUDIT_LOOKUP_EVENTS_PER_SECOND', 'many'],
  ['ECR_AUDIT_JOB_LOCK_SECONDS', '0'],
  ['ECR_AUDIT_QUEUE_NAMESPACE', 'a:b'],
])('`%s` written `%s` is refused by name, with what was expected', (variable, value) => {
  const read = () => readConfiguration(collectorSettings, { DATABASE_URL: databaseUrl, [variable]: value });
  expect(read).toThrow(`\`${variable}\` cannot be used: expected `);
});
