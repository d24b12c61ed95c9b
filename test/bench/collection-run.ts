import { availableParallelism, cpus } from 'node:os';
import { latestCompletedScan, migrate, openStore, startEmbeddedPostgres, type Store } from '@ecr-audit/store';
import { redisSource, startRedis } from '../jobs/harness/redis-server.ts';
import { startService, type ServiceProcess } from '../jobs/harness/service-process.ts';
import { until } from '../jobs/harness/until.ts';
import { callsOf } from './collection-calls.ts';
import { collectionParts, latencyMs, startAws } from './collection-world.ts';
import { duration, megabytes, printTable, printTitle } from './figures.ts';
import { parentOf, peakBytes, processorSeconds } from './processor-time.ts';
import { inScratch } from './scratch.ts';

const patience = { timeoutMs: 3_600_000 };
const accountsAtATime = 16;
const fleets = [1, 2, 4];
// More than Node.js takes by itself, since the evaluation of 500 accounts is to be measured, not to be bounded.
const evaluatorHeap = '--max-old-space-size=12288';

interface Run {
  readonly collectors: number;
  readonly organizationMs: number;
  readonly accountsMs: number;
  readonly calls: number;
  readonly throttled: number;
  readonly gaps: number;
  /** How busy the machine was meanwhile with everything that ran on it, from 0 to 1. */
  readonly busy: number;
  /** Seconds on the processor, by who spent them; null where the system does not tell. */
  readonly processor: { readonly collectors: number; readonly aws: number; readonly database: number } | null;
  /** Measured once: it is the same whoever collected. */
  readonly evaluation: {
    readonly ms: number;
    readonly cpuSeconds: number | null;
    readonly peakBytes: number | null;
  } | null;
}

const [seed = '1', accountsText = '500'] = process.argv.slice(2);
const accounts = Number(accountsText);
const parts = collectionParts(accounts, seed);
const runs: Run[] = [];
for (const collectors of fleets) {
  process.stderr.write(`bench: a scan by ${collectors} collector${collectors === 1 ? '' : 's'}\n`);
  runs.push(await inScratch(async (directory) => await runOf(directory, collectors)));
}
print();

async function runOf(directory: string, collectors: number): Promise<Run> {
  const aws = await startAws(directory, parts);
  const postgres = await startEmbeddedPostgres({ directory });
  const redis = redisSource() === null ? null : await startRedis();
  const store = await openStore(postgres.url);
  const services: ServiceProcess[] = [];
  try {
    await migrate(store);
    const environment = {
      ...aws.environment,
      DATABASE_URL: postgres.url,
      REDIS_URL: redis?.url,
      ECR_AUDIT_ACCOUNTS: 'discover',
      ECR_AUDIT_REGIONS: 'all',
      ECR_AUDIT_ACCOUNTS_AT_A_TIME: String(accountsAtATime),
      ECR_AUDIT_METRICS_PORT: '0',
      LOG_LEVEL: 'info',
    };
    // Those without a schedule first, so that all of them are there when the scan begins.
    for (let started = 1; started < collectors; started += 1) {
      services.push(await startService('collector', environment));
    }
    const off = { ECR_AUDIT_ACTIVITY_SCHEDULE: 'off', ECR_AUDIT_LAST_ACCESSED_SCHEDULE: 'off' };
    services.push(await startService('collector', { ...environment, ECR_AUDIT_SCHEDULE: '31d', ...off }));
    const before = machineTimes();
    await until('everything to be read', async () => await isRead(store), patience);
    const collected = {
      collectors,
      busy: busySince(before),
      ...(await timesOf(store)),
      ...(await callsOf(services)),
      processor: processorOf(services, aws.pid, await serverProcess(store)),
    };
    const evaluation = collectors === fleets[0] ? await evaluationOf(store, services, environment) : null;
    return { ...collected, evaluation };
  } finally {
    await Promise.all(services.map(async (service) => await service.stop('SIGKILL')));
    await store.close();
    await postgres.stop();
    await redis?.stop();
    aws.stop();
  }
}

async function isRead(store: Store): Promise<boolean> {
  const [row] = await store.sql<{ open: number; steps: number }[]>`
    select count(*) filter (where done_at is null)::int as open, count(*)::int as steps from audit.scan_step`;
  return row !== undefined && row.steps > 1 && row.open === 0;
}

async function timesOf(store: Store): Promise<Pick<Run, 'organizationMs' | 'accountsMs' | 'gaps'>> {
  const [row] = await store.sql<{ organizationMs: number; accountsMs: number; gaps: number }[]>`
    with step as (
      select max(done_at) filter (where source = 'organization') as organization, max(done_at) as read from audit.scan_step
    )
    select extract(epoch from organization - started_at)::float8 * 1000 as "organizationMs",
      extract(epoch from read - organization)::float8 * 1000 as "accountsMs",
      (select count(*)::int from audit.collection_gap) as gaps
    from audit.scan, step`;
  return row ?? { organizationMs: 0, accountsMs: 0, gaps: 0 };
}

async function evaluationOf(
  store: Store,
  services: ServiceProcess[],
  environment: Readonly<Record<string, string | undefined>>,
): Promise<Run['evaluation']> {
  const startedAt = performance.now();
  const evaluator = await startService('evaluator', { ...environment, NODE_OPTIONS: evaluatorHeap });
  services.push(evaluator);
  await until('the scan to complete', async () => (await latestCompletedScan(store.sql)) !== null, patience);
  return {
    ms: performance.now() - startedAt,
    cpuSeconds: processorSeconds(evaluator.pid),
    peakBytes: peakBytes(evaluator.pid),
  };
}

/** Milliseconds of all cores so far, and those of them in which they had nothing to do. */
function machineTimes(): { readonly all: number; readonly idle: number } {
  const times = cpus().map((cpu) => cpu.times);
  return {
    all: times.reduce((sum, { user, nice, sys, idle, irq }) => sum + user + nice + sys + idle + irq, 0),
    idle: times.reduce((sum, { idle }) => sum + idle, 0),
  };
}

function busySince(before: ReturnType<typeof machineTimes>): number {
  const now = machineTimes();
  return 1 - (now.idle - before.idle) / (now.all - before.all);
}

function processorOf(collectors: readonly ServiceProcess[], awsPid: number, serverPid: number): Run['processor'] {
  const [aws, database] = [processorSeconds(awsPid), processorSeconds(serverPid)];
  return aws === null || database === null
    ? null
    : { collectors: collectors.reduce((sum, { pid }) => sum + (processorSeconds(pid) ?? 0), 0), aws, database };
}

/** The process that started the one of our connection: the server. */
async function serverProcess(store: Store): Promise<number> {
  const [row] = await store.sql<{ pid: number }[]>`select pg_backend_pid() as pid`;
  return parentOf(row?.pid ?? 0) ?? 0;
}

function print(): void {
  const cores = availableParallelism();
  printTitle(
    `a scan of ${accounts} accounts x 4 regions; answers after ${latencyMs} ms, AWS's limits; ${accountsAtATime} accounts at a time in each collector; ${cores} cores for everything`,
  );
  printTable([
    [
      'collectors',
      'read',
      'organization',
      'accounts',
      'calls',
      'a second',
      'throttled',
      'gaps',
      'on the processor',
      'AWS',
      'Postgres',
    ],
    ...runs.map((run) => [
      String(run.collectors),
      duration(run.organizationMs + run.accountsMs),
      duration(run.organizationMs),
      duration(run.accountsMs),
      String(run.calls),
      (run.calls / ((run.organizationMs + run.accountsMs) / 1000)).toFixed(0),
      String(run.throttled),
      String(run.gaps),
      ...[run.processor?.collectors, run.processor?.aws, run.processor?.database].map((seconds) =>
        seconds === undefined ? '?' : `${seconds.toFixed(1)} s`,
      ),
    ]),
  ]);
  for (const { evaluation } of runs) {
    if (evaluation !== null) {
      process.stdout.write(
        `evaluation: ${duration(evaluation.ms)}, ${evaluation.cpuSeconds?.toFixed(1) ?? '?'} s on the processor, peak ${megabytes(evaluation.peakBytes ?? 0)}\n`,
      );
    }
  }
  for (const run of runs) {
    process.stdout.write(`${run.collectors}: ${boundOf(run, cores)}\n`);
  }
}

/** What would have to be more, or faster, for the reading to take less time. */
function boundOf({ processor, busy, organizationMs, accountsMs, calls, collectors }: Run, cores: number): string {
  const readMs = organizationMs + accountsMs;
  const share = Math.round((100 * organizationMs) / readMs);
  const organization = `${share} % of the time goes into the organization, which one account answers at its own pace`;
  const own =
    processor === null
      ? ''
      : `, ${Math.round((100 * (processor.collectors + processor.aws + processor.database)) / ((cores * readMs) / 1000))} % with this scan`;
  const leastMs = (calls * latencyMs) / (collectors * accountsAtATime);
  const bound =
    busy > 0.85
      ? `the processor: the machine was ${Math.round(100 * busy)} % busy${own}`
      : `latency and rate limits: the machine was ${Math.round(100 * busy)} % busy${own}; one call at a time in each account would take ${duration(leastMs)}`;
  return `${organization}; the accounts are bound by ${bound}`;
}
