import path from 'node:path';
import { assembleSnapshot, evaluateSnapshot, foldEvents, snapshotActivity, type SnapshotPart } from '@ecr-audit/access';
import { readSnapshotDirectory } from '@ecr-audit/aws';
import { evaluateScanJob } from '@ecr-audit/evaluator';
import { configurationFromEnvironment } from '@ecr-audit/runtime';
import {
  addException,
  approveBaseline,
  findAsOf,
  requestScan,
  saveActivity,
  saveGaps,
  saveParts,
  saveTargetPlan,
  type Store,
  writeAuditLog,
} from '@ecr-audit/store';

const sample = path.join(import.meta.dirname, '../../../services/cli/sample-organization');

/** The ids that the examples of the document name, so that they are true here. */
export const exampleIds = {
  earlierScan: '5d2f6c0a-7c3b-4f0e-9a56-1f0e2d3c4b5a',
  scan: '0b0c7c1e-1d0e-4c55-9f0c-6b8f6f0f4a11',
  exception: '4c1f7a52-9f2b-4d3e-8a61-0b7c5e2d9f10',
  request: '9a1b8c7d-6e5f-4a3b-8c2d-1e0f9a8b7c6d',
  // Everybody may push into hackathon/route-game.
  finding: '0b20b102a4b8fc3fa1fd0ec0941d3537adade74bfe55034f681a809713410168',
};
const approvedAt = '2026-11-17T09:00:00.000Z';

/** Both points of the sample organization as completed scans, with a collector that takes wishes, an exception and a baseline. */
export async function loadSample(store: Store): Promise<void> {
  await scanPoint(store, '2026-11-09', exampleIds.earlierScan);
  await scanPoint(store, '2026-11-16', exampleIds.scan);
  const asOf = await findAsOf(store.sql, { scanId: exampleIds.scan });
  if (asOf === null) {
    throw new Error('the sample organization was not scanned');
  }
  const { targetKey } = asOf;
  await saveTargetPlan(store.sql, { target: { key: targetKey }, plan: {} });
  await approveBaseline(store.sql, {
    scanId: exampleIds.earlierScan,
    accountId: null,
    by: 'ines.holm',
    at: approvedAt,
    reason: 'State of the audit in November.',
  });
  await addException(store, {
    targetKey,
    fingerprint: exampleIds.finding,
    approvedBy: 'ines.holm',
    reason: 'The partner pulls until the contract ends.',
    until: '2099-03-31T00:00:00.000Z',
    at: approvedAt,
    source: 'api',
  });
  await store.sql`update audit.exception set id = ${exampleIds.exception}`;
  await addDeliveries(store);
  await writeAuditLog(store.sql, [
    {
      at: approvedAt,
      actor: { kind: 'token', id: '6f1d2c3b-4a59-4687-9871-0a1b2c3d4e5f', name: 'dashboard' },
      operation: 'addException',
      isChange: true,
      method: 'POST',
      path: '/v1/exceptions',
      parameters: {},
      status: 200,
      requestId: exampleIds.request,
      times: 1,
    },
  ]);
}

/** As a notifier would have left them: what the first scan had to tell was given up, and all that came later arrived. */
async function addDeliveries({ sql }: Store): Promise<void> {
  await sql`update audit.outbox set created_at = ${approvedAt}`;
  await sql`
    insert into audit.outbox_delivery (outbox_id, sink, state, attempts, next_attempt_at, settled_at, last_failure)
    select id, 'slack', case when id = 1 then 'dead' else 'delivered' end, 1, ${approvedAt}, ${approvedAt},
      case when id = 1 then 'channel_not_found' end
    from audit.outbox`;
}

async function scanPoint(store: Store, point: string, scanId: string): Promise<void> {
  const parts = await readSnapshotDirectory(path.join(sample, point));
  const snapshot = assembleSnapshot(parts);
  const { target } = evaluateSnapshot(snapshot);
  await requestScan(store.sql, { scanId, target, source: 'snapshot', takenAt: snapshot.takenAt });
  await saveParts(store.sql, { scanId, parts });
  await saveGaps(store.sql, { scanId, step: 'snapshot', gaps: snapshot.gaps });
  const { findings, alerts } = configurationFromEnvironment({});
  await evaluateScanJob(store, scanId, { judging: { findings, alerts }, now: () => new Date(approvedAt) });
  await saveUse(store, parts);
}

/** What the events of the snapshot say of use, as a collector keeps it. */
async function saveUse(store: Store, parts: readonly SnapshotPart[]): Promise<void> {
  const snapshot = assembleSnapshot(parts);
  const { observed } = snapshotActivity(snapshot, parts);
  for (const part of parts) {
    const [, accountId, region] = /^accounts\/(\d{12})\/([^/]+)\/cloudtrail-events\.ndjson$/.exec(part.path) ?? [];
    if (accountId !== undefined && region !== undefined) {
      const place = { accountId, region };
      const lines = part.content.split('\n').filter((line) => line !== '');
      await saveActivity(store, {
        source: 'lookupEvents',
        place,
        folded: foldEvents(lines, { recordedIn: place, latestMs: Date.parse(snapshot.takenAt) }),
        observed: observed.flatMap(({ during, eventName, ...where }) =>
          where.accountId === accountId && where.region === region
            ? during.map((interval) => ({ ...where, eventName, ...interval }))
            : [],
        ),
        holes: [],
        files: [],
      });
    }
  }
}
