import {
  assembleSnapshot,
  DAY_MS,
  ECR_CHANGE_EVENTS,
  ECR_USE_EVENTS,
  overPermission,
  productionTest,
  snapshotFindings,
  SNAPSHOT_FINDINGS_VERSION,
  suggestForPrincipal,
} from '@ecr-audit/access';
import {
  findAsOf,
  findSnapshotFindings,
  grantsAsOf,
  observedEverywhere,
  saveSnapshotFindings,
  type Store,
  usesSince,
} from '@ecr-audit/store';
import { withFreshStore } from './fresh-store.ts';
import { scan } from './scan.ts';
import { readParts } from './scratch.ts';

/* The over-permission report from Postgres, and suggestions with their proofs: `usage-run.ts PARTS EVENTS`. */

const [, , file = '', eventsText = '1000000'] = process.argv;
const asOfMs = Date.parse('2026-11-22T12:00:00Z');
const period = { asOfMs, fromMs: asOfMs - 90 * DAY_MS };
const usersShare = 0.6;
const placesEach = 25;
const suggestionsMeasured = 30;
const eventNames = [...ECR_USE_EVENTS, ...ECR_CHANGE_EVENTS];

const measured = await withFreshStore(async (store) => {
  const parts = readParts(file);
  const { scanId } = await scan(store, parts);
  const rows = await fillActivity(store, Number(eventsText));
  const asOf = await findAsOf(store.sql, { scanId });
  if (asOf === null) {
    throw new Error('the scan is not there');
  }
  const findingsAt = performance.now();
  const findings = snapshotFindings(assembleSnapshot(parts), parts);
  const findingsMs = performance.now() - findingsAt;
  await saveSnapshotFindings(store.sql, { scanId, version: SNAPSHOT_FINDINGS_VERSION }, findings);
  const reports = [];
  for (let turn = 0; turn < 3; turn += 1) {
    reports.push(await reportOnce(store, asOf));
  }
  const uses = await usesSince(store.sql, new Date(period.fromMs));
  const observed = await observedEverywhere(store.sql);
  const snapshot = assembleSnapshot(parts);
  const users = [...new Set(uses.map(({ principalKey }) => principalKey))].slice(0, suggestionsMeasured);
  const outcomes: Record<string, number> = {};
  const suggestionMs = users.map((principalId) => {
    const startedAt = performance.now();
    const { kind } = suggestForPrincipal({ snapshot, uses, observed, period, principalId });
    outcomes[kind] = (outcomes[kind] ?? 0) + 1;
    return performance.now() - startedAt;
  });
  return { rows, reports, findingsMs, suggestionMs: suggestionMs.toSorted((a, b) => a - b), outcomes };
});
process.stdout.write(JSON.stringify(measured));

async function reportOnce(store: Store, asOf: NonNullable<Awaited<ReturnType<typeof findAsOf>>>): Promise<object> {
  const startedAt = performance.now();
  const cpu = process.cpuUsage();
  const [granted, uses, observed, findings] = await Promise.all([
    grantsAsOf(store.sql, asOf),
    usesSince(store.sql, new Date(period.fromMs)),
    observedEverywhere(store.sql),
    findSnapshotFindings(store.sql, { scanId: asOf.scanId, version: SNAPSHOT_FINDINGS_VERSION }),
  ]);
  const readAt = performance.now();
  const report = overPermission({
    granted,
    principals: granted.principals,
    accountIds: new Set(granted.repositories.map(({ accountId }) => accountId)),
    uses,
    observed,
    period,
    ...findings,
    isProduction: productionTest([], []),
  });
  const endedAt = performance.now();
  return {
    readMs: readAt - startedAt,
    judgeMs: endedAt - readAt,
    totalMs: endedAt - startedAt,
    // Of this process alone, which what else the machine does changes least.
    cpuMs: process.cpuUsage(cpu).user / 1000,
    uses: uses.length,
    principals: report.principals.length,
  };
}

/** Folded uses of most users and roles on some repositories of their own registry each, as many events as asked for in all. */
async function fillActivity(store: Store, events: number): Promise<number> {
  const { sql } = store;
  await sql`
    insert into audit.activity_principal (key, kind, account_id, arn, name, described_at)
    select unique_id, kind, account_id, arn, name, now() from audit.principal where kind in ('user', 'role')`;
  await sql`
    insert into audit.activity_resource (account_id, region, repository)
    select account_id, region, name from audit.repository`;
  await sql`
    insert into audit.activity
      (principal_id, resource_id, action, source, on_behalf_of, first_at, last_at, events)
    select principal.id, resource.id, action, 'lookupEvents', '',
      '2026-09-01T00:00:00Z', '2026-11-20T00:00:00Z', 1
    from audit.activity_principal principal
    cross join lateral (
      select id, account_id from audit.activity_resource
      order by (id * 7919 + principal.id * 104729) % 10007 limit ${placesEach}
    ) as resource
    cross join (values ('ecr:BatchGetImage'), ('ecr:PutImage'), ('ecr:DescribeImages')) as used (action)
    where principal.id % 100 < ${usersShare * 100}`;
  const [counted] = await sql<{ rows: number }[]>`select count(*) as rows from audit.activity`;
  const rows = counted?.rows ?? 0;
  await sql`update audit.activity set events = ${Math.ceil(events / Math.max(rows, 1))}`;
  await sql`
    insert into audit.activity_observed (account_id, region, source, event_name, during)
    select distinct account_id, region, 'lookupEvents', event.event_name,
      '{[2026-08-20T00:00:00Z,2026-11-22T11:00:00Z)}'::tstzmultirange
    from audit.repository
    cross join jsonb_array_elements_text(${JSON.stringify(eventNames)}::text::jsonb) as event (event_name)`;
  await sql`analyze`;
  return rows;
}
