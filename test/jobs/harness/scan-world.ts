import path from 'node:path';
import type { SnapshotPart } from '@ecr-audit/access';
import { listScans, type Scan } from '@ecr-audit/store';
import { startFakeAws, type FakeAws, type FakeAwsSettings } from '../../fake-aws/start-fake-aws.ts';
import type { BackendCase, QueuePlace } from './backends.ts';
import { startService, type ServiceProcess } from './service-process.ts';
import { until } from './until.ts';

const fixture = path.join(import.meta.dirname, '../../fake-aws/fixture');
const lockSeconds = '1';
// A scan of thirty accounts takes 7 s alone; this is for machines that do much else.
const scanTimeoutMs = 110_000;

/** One test's world: a database, queues, a fake AWS, and the processes that were started in it. */
export interface ScanWorld {
  readonly place: QueuePlace;
  readonly aws: FakeAws;
  readonly accountId: string;
  start(
    name: 'collector' | 'evaluator' | 'notifier',
    environment?: Readonly<Record<string, string>>,
  ): Promise<ServiceProcess>;
  /** The environment that `start` gives, for a process that is started otherwise. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  scans(): Promise<readonly Scan[]>;
  /** Waits until the only scan has come to one of these, and gives it back. */
  scanIn(...statuses: readonly Scan['status'][]): Promise<Scan>;
  close(): Promise<void>;
}

/** Opens a world of its own. The fake serves its small fixture, whose events are counted from `now`, unless it is given parts. */
export async function openWorld(
  backend: BackendCase,
  options: Omit<FakeAwsSettings, 'port'> & { readonly parts?: readonly SnapshotPart[] } = {},
): Promise<ScanWorld> {
  const { parts, ...settings } = options;
  const place = await backend.open();
  const aws = await startFakeAws({
    ...(parts === undefined ? { snapshotDir: fixture } : { parts }),
    lookupEventsPerSecond: Number.POSITIVE_INFINITY,
    ...settings,
  });
  const accountId = options.accountId ?? aws.accountIds[0] ?? '';
  const processes: ServiceProcess[] = [];
  const environment = {
    DATABASE_URL: place.database.url,
    REDIS_URL: place.redisUrl,
    ECR_AUDIT_QUEUE_NAMESPACE: place.namespace,
    ECR_AUDIT_JOB_LOCK_SECONDS: lockSeconds,
    ECR_AUDIT_LOOKUP_EVENTS_PER_SECOND: '1000',
    ECR_AUDIT_REGIONS: 'eu-west-1,us-east-1',
    ...aws.environment(accountId),
  };
  const { sql } = place.database.store;
  const scans = async (): Promise<readonly Scan[]> => await listScans(sql, { limit: 100 });
  const logs = (): string => processes.map((running) => running.log()).join('\n---\n');
  return {
    place,
    aws,
    accountId,
    environment,
    start: async (name, extra = {}) => {
      const running = await startService(name, { ...environment, ...extra });
      processes.push(running);
      return running;
    },
    scans,
    scanIn: async (...statuses) =>
      await until(
        `the scan to be ${statuses.join(' or ')}`,
        async () => {
          const [scan] = await scans();
          if (scan?.status === 'failed' && !statuses.includes('failed')) {
            throw new Error(`the scan failed: ${scan.failure}\n${logs()}`);
          }
          return scan !== undefined && statuses.includes(scan.status) ? scan : undefined;
        },
        { timeoutMs: scanTimeoutMs, detail: logs },
      ),
    close: async () => {
      await Promise.all(processes.map(async (running) => running.isRunning() && (await running.stop('SIGKILL'))));
      await aws.close();
      await place.close();
    },
  };
}
