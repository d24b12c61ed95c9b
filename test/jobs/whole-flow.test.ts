import { readGaps, readParts } from '@ecr-audit/store';
import { afterEach, describe, expect, it } from 'vitest';
import { backendCases } from './harness/backends.ts';
import { openWorld, type ScanWorld } from './harness/scan-world.ts';
import { until } from './harness/until.ts';

const testTimeoutMs = 120_000;
let world: ScanWorld | undefined;

afterEach(async () => {
  await world?.close();
  world = undefined;
}, testTimeoutMs);

for (const backend of backendCases) {
  describe.skipIf(backend.isSkipped)(`processes of their own, queues on ${backend.title}`, () => {
    it(
      'a schedule starts a scan, which ends with rows and one message, and two collectors with that schedule make one scan',
      async () => {
        world = await openWorld(backend);
        await world.start('evaluator');
        const notifier = await world.start('notifier');
        await world.start('collector', { ECR_AUDIT_SCHEDULE: '6h' });
        const scan = await world.scanIn('completed');
        await world.start('collector', { ECR_AUDIT_SCHEDULE: '6h' });

        expect(scan).toMatchObject({ source: 'aws', targetKey: `account:${world.accountId}`, failure: null });
        expect(scan.counts?.opened).toBeGreaterThan(0);
        const { rowsWritten: _, ...cells } = scan.counts ?? { rowsWritten: 0 };
        expect(await validRows(world)).toBe(scan.counts?.opened);
        await until('the message', () => notifier.lines().length > 0, { detail: notifier.log });
        const lines = notifier.lines().map((line): unknown => JSON.parse(line));
        // Beside the scan itself, what its first findings come to is told.
        expect(lines.filter((line) => !isAlert(line))).toEqual([
          expect.objectContaining({
            kind: 'scan.completed',
            scanId: scan.id,
            payload: expect.objectContaining({ takenAt: scan.takenAt, access: cells }),
          }),
        ]);
        expect(await world.scans()).toHaveLength(1);
      },
      testTimeoutMs,
    );

    it(
      'what is denied or throttled out becomes gaps, the manifest names them, and the scan completes',
      async () => {
        world = await openWorld(backend, {
          faults: [
            { kind: 'deny', operation: 'ecr:DescribeRepositories', region: 'us-east-1' },
            { kind: 'throttle', operation: 'iam:ListSAMLProviders', times: 2 },
          ],
        });
        await world.start('evaluator');
        await world.start('collector', { ECR_AUDIT_SCHEDULE: '6h' });
        const scan = await world.scanIn('completed');
        const gaps = await readGaps(world.place.database.store.sql, scan.id);
        const found = gaps.map(({ source, region, reason }) => [source, region, reason]);
        expect(found).toContainEqual(['ecr:DescribeRepositories', 'us-east-1', 'accessDenied']);
        expect(found.filter(([source]) => source === 'iam:ListSAMLProviders')).toEqual([]);
        expect(scan.gaps).toBe(gaps.length);
      },
      testTimeoutMs,
    );

    it(
      'expired credentials fail the scan with the reason, and nothing is concluded',
      async () => {
        world = await openWorld(backend, {
          // STS still answers, so the collector starts.
          faults: ['iam:*', 'ecr:*', 'cloudtrail:*'].map((operation) => ({ kind: 'expireToken', operation })),
        });
        await world.start('evaluator');
        await world.start('collector', { ECR_AUDIT_SCHEDULE: '6h' });
        const scan = await world.scanIn('failed');
        expect(scan.failure).toContain('expired');
        expect(await validRows(world)).toBe(0);
      },
      testTimeoutMs,
    );

    it(
      'a collector killed in the middle of a job leaves nothing half written, and the next one completes the scan',
      async () => {
        world = await openWorld(backend, { latencyMs: 60 });
        await world.start('evaluator');
        const { aws } = world;
        const collector = await world.start('collector', { ECR_AUDIT_SCHEDULE: '6h' });
        await until('a collect job to be under way', () => (aws.callCounts()['ecr:DescribeRepositories'] ?? 0) > 0);
        await collector.stop('SIGKILL');

        const [scan] = await world.scans();
        expect(scan?.status).toBe('collecting');
        const { sql } = world.place.database.store;
        const saved = (await readParts(sql, scan?.id ?? '')).map(({ path }) => path);
        expect(saved.filter((path) => path.endsWith('/repositories.json'))).toEqual(
          saved
            .filter((path) => path.endsWith('/registry.json'))
            .map((path) => path.replace('registry', 'repositories')),
        );

        await world.start('collector');
        const completed = await world.scanIn('completed');
        expect(completed.id).toBe(scan?.id);
        // A step that could not be repeated would have left such a gap.
        const reasons = (await readGaps(sql, completed.id)).map(({ reason }) => reason);
        expect(reasons).not.toContain('failed');
        expect(await validRows(world)).toBe(completed.counts?.opened);
      },
      testTimeoutMs,
    );

    it(
      'an evaluator killed in the middle of its job writes nothing, and the next one completes the scan',
      async () => {
        world = await openWorld(backend);
        const evaluator = await world.start('evaluator');
        const { release, isWaitedFor } = await holdTable(world);
        await world.start('collector', { ECR_AUDIT_SCHEDULE: '6h' });
        await until('the evaluation to be in the middle of its transaction', isWaitedFor, { detail: evaluator.log });
        await evaluator.stop('SIGKILL');
        await release();
        expect((await world.scans())[0]?.status).toBe('evaluating');
        expect(await validRows(world)).toBe(0);

        const notifier = await world.start('notifier');
        await world.start('evaluator');
        const scan = await world.scanIn('completed');
        expect(await validRows(world)).toBe(scan.counts?.opened);
        await until('the message', () => notifier.lines().length > 0, { detail: notifier.log });
        const lines = notifier.lines().map((line): unknown => JSON.parse(line));
        expect(lines.filter((line) => !isAlert(line))).toHaveLength(1);
      },
      testTimeoutMs,
    );

    it(
      'a worker that is told to stop finishes the job that it holds, takes no other, and exits 0',
      async () => {
        world = await openWorld(backend, { latencyMs: 60 });
        const { aws } = world;
        const collector = await world.start('collector', { ECR_AUDIT_SCHEDULE: '6h' });
        await until('a collect job to be under way', () => (aws.callCounts()['ecr:DescribeRepositories'] ?? 0) > 0);
        expect(await collector.stop('SIGTERM')).toBe(0);

        const started = jobIds(collector.log(), 'job started');
        expect(started.length).toBeGreaterThan(1);
        expect(jobIds(collector.log(), 'job completed')).toEqual(started);
      },
      testTimeoutMs,
    );
  });
}

async function validRows({ place }: ScanWorld): Promise<number> {
  const [row] = await place.database.store.sql`select count(*)::int as count from audit.effective_access`;
  return Number(row?.['count']);
}

/** Holds the table that an evaluation writes after accounts, principals and repositories, and before its rows. */
async function holdTable({ place }: ScanWorld): Promise<{
  readonly release: () => Promise<void>;
  readonly isWaitedFor: () => Promise<boolean>;
}> {
  const { sql } = place.database.store;
  const held = Promise.withResolvers<void>();
  const released = Promise.withResolvers<void>();
  const holding = sql.begin(async (transaction) => {
    await transaction`lock table audit.coverage in access exclusive mode`;
    held.resolve();
    await released.promise;
  });
  await held.promise;
  return {
    release: async () => {
      released.resolve();
      await holding;
    },
    isWaitedFor: async () => {
      const waiting = await sql`
        select from pg_locks
        where relation = 'audit.coverage'::regclass and not granted and mode = 'RowExclusiveLock'`;
      return waiting.length > 0;
    },
  };
}

function jobIds(log: string, message: string): readonly string[] {
  return log
    .split('\n')
    .filter((line) => line.includes(`"${message}"`))
    .map((line) => {
      const entry: { readonly jobId?: unknown } = JSON.parse(line);
      return String(entry.jobId);
    })
    .toSorted();
}

function isAlert(line: unknown): boolean {
  return typeof line === 'object' && line !== null && 'kind' in line && line.kind === 'alert';
}
