import { afterEach, expect, it } from 'vitest';
import { latestCompletedScan, listCoverage, readGaps } from '@ecr-audit/store';
import { backendCases } from '../jobs/harness/backends.ts';
import { until } from '../jobs/harness/until.ts';
import { fewAccounts, openFleetWorld, type FleetWorld } from './fleet-world.ts';

const testTimeoutMs = 120_000;
let world: FleetWorld | undefined;
afterEach(async () => {
  await world?.close();
  world = undefined;
}, testTimeoutMs);

async function open(): Promise<FleetWorld> {
  const [postgres] = backendCases;
  if (postgres === undefined) {
    throw new Error('there is no backend of the queues');
  }
  return await openFleetWorld(postgres, { parts: fewAccounts });
}

it(
  'a scan that is not read within half a day gives up what is left of it, says so, and evaluates the rest',
  async () => {
    const fleet = await open();
    world = fleet;
    fleet.aws.setFaults([{ kind: 'hang', operation: 'ecr:DescribeRepositories', region: 'us-east-1' }]);
    const environment = { ECR_AUDIT_AWS_TIMEOUT_SECONDS: '600' };
    await fleet.start('evaluator');
    await fleet.collector(environment);
    const { sql } = fleet.place.database.store;
    await until('only what hangs to be left', async () => {
      const rows = await sql<{ region: string | null }[]>`select region from audit.scan_step where done_at is null`;
      return rows.length > 0 && rows.every(({ region }) => region === 'us-east-1');
    });
    await sql`update audit.scan set started_at = started_at - interval '13 hours'`;
    await sql`update audit.scan_step set done_at = done_at - interval '13 hours' where done_at is not null`;
    await fleet.scanIn('completed');
    const scan = await latestCompletedScan(sql);
    const gaps = await readGaps(sql, scan?.id ?? '');
    expect(gaps.length).toBeGreaterThan(0);
    expect(gaps.map(({ source, region, reason }) => [source, region, reason])).toEqual(
      gaps.map(() => ['ecr:DescribeRepositories', 'us-east-1', 'failed']),
    );
    expect(gaps[0]?.message).toContain('the job was given up: not read within 12 hours');
    const coverage = await listCoverage(sql, scan?.id ?? '', { limit: 1_000 });
    const unread = coverage.filter(({ source, region }) => source === 'ecr' && region === 'us-east-1');
    expect(new Set(unread.map(({ status }) => status))).toEqual(new Set(['notReadable']));
  },
  testTimeoutMs,
);

it(
  'an organization that the account has left fails the scan, and nothing is concluded from it',
  async () => {
    const fleet = await open();
    world = fleet;
    await fleet.start('evaluator');
    const { sql } = fleet.place.database.store;
    await fleet.collector({ ECR_AUDIT_SCHEDULE: 'off' });
    // As if the collector had been set up for another organization before the account moved.
    await sql`update audit.target_plan set plan = jsonb_set(plan, '{organizationId}', '"o-another1234"')`;
    await sql`
      insert into audit.scan (id, target_id, source, is_wanted)
      select gen_random_uuid(), target_id, 'aws', true from audit.target_plan`;
    const scan = await fleet.scanIn('failed');
    expect(scan.failure).toContain('is not in organization `o-another1234` any more');
    expect(await sql`select from audit.principal`).toEqual([]);
  },
  testTimeoutMs,
);
