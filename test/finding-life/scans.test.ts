import path from 'node:path';
import { alertSchema, JUDGED_BY, type SnapshotPart } from '@ecr-audit/access';
import { readSnapshotDirectory } from '@ecr-audit/aws';
import {
  acknowledgeFinding,
  addException,
  applyExceptions,
  approveBaseline,
  findAsOf,
  type KeptFinding,
  listBaselines,
  listDifferences,
  listDrift,
  listExceptions,
  listFindingChanges,
  listFindings,
  withdrawException,
} from '@ecr-audit/store';
import { createTestDatabase } from '@ecr-audit/store/testing';
import { afterAll, expect, test } from 'vitest';
import { scanParts, takenAt } from './scan-directory.ts';

/* The sample organization at its two points in time, and what becomes of its findings afterwards. The tests follow each other. */

const sample = path.join(import.meta.dirname, '../../services/cli/sample-organization');
const before = await readSnapshotDirectory(path.join(sample, '2026-11-09'));
const after = await readSnapshotDirectory(path.join(sample, '2026-11-16'));
const database = await createTestDatabase();
const { store } = database;
const { sql } = store;

afterAll(async () => {
  await database.drop();
});

const routeGame = 'arn:aws:ecr:eu-west-1:666677778888:repository/hackathon/route-game';

async function targetId(): Promise<number> {
  return (await findAsOf(sql, {}))?.targetId ?? -1;
}

async function findings(filter: Omit<Parameters<typeof listFindings>[2], 'limit'> = {}): Promise<KeptFinding[]> {
  return await listFindings(sql, await targetId(), { ...filter, limit: 1_000 });
}

async function outbox(scanId: string, kind: string): Promise<unknown[]> {
  const rows = await sql<{ payload: unknown }[]>`
    select payload from audit.outbox where scan_id = ${scanId} and kind = ${kind} order by id`;
  return rows.map(({ payload }) => payload);
}

async function alertsOf(scanId: string): Promise<ReturnType<typeof alertSchema.parse>[]> {
  return (await outbox(scanId, 'alert')).map((payload) => alertSchema.parse(payload));
}

/** The finding that anyone may push to a repository, which came between the two points. */
async function publicPush(): Promise<KeptFinding> {
  const [found] = await findings({ ruleId: 'ECR-PUB-PUSH', resource: 'hackathon/route-game' });
  if (found === undefined) {
    throw new Error('the sample organization has lost its public repository');
  }
  return found;
}

const first = await scanParts(store, before, { now: '2026-11-09T07:00:00Z' });
const second = await scanParts(store, after, { now: '2026-11-16T07:00:00Z' });

test('the first scan is quiet: one summary tells all that it found', async () => {
  const alerts = await alertsOf(first);
  expect(alerts.map(({ form }) => form)).toEqual(['summary']);
  const opened = await listFindingChanges(sql, await targetId(), { scanId: first, limit: 1_000 });
  expect(alerts[0]?.findings).toHaveLength(opened.length);
  expect(opened.length).toBeGreaterThan(20);
});

test('the next scan tells what is new alone, with the call that made it and who stands behind it', async () => {
  const alerts = await alertsOf(second);
  expect(alerts.map(({ form }) => form)).not.toContain('summary');
  const told = alerts.flatMap((alert) => alert.findings.map(({ fingerprint }) => fingerprint));
  expect(new Set(told).size).toBe(told.length);
  const causeOf = async (ruleId: string, resource: string): Promise<unknown> => {
    const [kept] = await findings({ ruleId, resource });
    const fingerprint = kept?.finding.fingerprint ?? '';
    const [change] = await listFindingChanges(sql, await targetId(), { fingerprint, limit: 10 });
    expect(change).toMatchObject({ kind: 'opened', scanId: second });
    return change?.cause;
  };
  expect(await causeOf('ECR-TAG-MUTABLE', 'payments/gateway')).toMatchObject({
    cause: { eventName: 'PutImageTagMutability' },
  });
  expect(await causeOf('ECR-SCP-WEAK', 'ProtectRegistries')).toMatchObject({ cause: { eventName: 'DetachPolicy' } });
});

test('an alert about one change carries the call that made all of it', async () => {
  const alert = (await alertsOf(second)).find(
    ({ form, cause }) => form === 'change' && cause?.eventName === 'DetachPolicy',
  );
  expect(alert?.findings.length).toBeGreaterThan(0);
  const changes = await listFindingChanges(sql, await targetId(), { scanId: second, limit: 1_000 });
  const made = new Map(changes.map(({ fingerprint, cause }) => [fingerprint, cause]));
  expect(alert?.findings.map(({ fingerprint }) => made.get(fingerprint))).toEqual(
    alert?.findings.map(() => ({ cause: alert.cause, explanation: null })),
  );
});

test('what is new has a cause or says which explanation remains', async () => {
  const changes = await listFindingChanges(sql, await targetId(), { scanId: second, limit: 1_000 });
  const byDifference = changes.filter(({ kind }) => kind === 'opened');
  const explained = byDifference.filter(({ cause }) => JSON.stringify(cause) !== '{"cause":null,"explanation":null}');
  expect(byDifference.length).toBeGreaterThan(5);
  expect(explained.length / byDifference.length).toBeGreaterThan(0.5);
});

test('the drift since the scan before is kept with the differences that made it and their causes', async () => {
  const drift = await listDrift(sql, second, { limit: 1_000 });
  const differences = await listDifferences(sql, second, null);
  expect(drift.length).toBeGreaterThan(5);
  expect(drift.every(({ sinceScanId }) => sinceScanId === first)).toBe(true);
  const named = new Set(drift.flatMap((each) => each.differences));
  expect([...named].every((ordinal) => differences.some((difference) => difference.ordinal === ordinal))).toBe(true);
  expect(
    drift.some(({ kind, repositories }) => kind === 'granted' && JSON.stringify(repositories).includes(routeGame)),
  ).toBe(true);
  expect(JSON.stringify(differences.map(({ cause }) => cause))).toContain('SetRepositoryPolicy');
  expect(await listDrift(sql, first, { limit: 1 })).toEqual([]);
});

test('scans say which rules judged them', async () => {
  const rows = await sql<{ judgedBy: string }[]>`select distinct judged_by as "judgedBy" from audit.scan`;
  expect(rows).toEqual([{ judgedBy: JUDGED_BY }]);
});

test('a scan that shows the same changes no finding and tells nobody', async () => {
  const again = await scanParts(store, takenAt(after, '2026-11-17T06:00:00.000Z'), { now: '2026-11-17T07:00:00Z' });
  const changes = await listFindingChanges(sql, await targetId(), { scanId: again, limit: 10 });
  expect(changes.filter(({ kind }) => kind !== 'resolved')).toEqual([]);
  expect(await alertsOf(again)).toEqual([]);
  expect(await listDrift(sql, again, { limit: 1 })).toEqual([]);
});

test('a person who acknowledges a finding is kept, and the message about it is out of date', async () => {
  const { finding } = await publicPush();
  const action = { targetKey: null, fingerprint: finding.fingerprint, at: '2026-11-17T08:00:00.000Z' };
  const state = await acknowledgeFinding(store, { ...action, by: 'anna' });
  expect(state?.acknowledged).toEqual({ by: 'anna', at: action.at });
  expect((await acknowledgeFinding(store, { ...action, by: 'ben' }))?.acknowledged?.by).toBe('anna');
  const rows = await sql<{ payload: unknown }[]>`
    select payload from audit.outbox where kind = 'finding.changed' order by id desc limit 1`;
  expect(rows[0]?.payload).toMatchObject({
    changes: [{ fingerprint: finding.fingerprint, kind: 'acknowledged', by: 'anna' }],
  });
  expect(await acknowledgeFinding(store, { ...action, fingerprint: 'f'.repeat(64), by: 'anna' })).toBeNull();
});

const approval = {
  targetKey: null,
  approvedBy: 'anna',
  reason: 'a game for two weeks',
  until: '2026-12-01T00:00:00.000Z',
  at: '2026-11-17T09:00:00.000Z',
  source: 'cli',
} as const;

test('an exception archives its finding at once, and the same one again is no other', async () => {
  const { finding } = await publicPush();
  const added = await addException(store, { ...approval, fingerprint: finding.fingerprint });
  expect(added).toMatchObject({
    isNew: true,
    finding: { status: 'archived' },
    exception: { findingStatus: 'archived' },
  });
  const again = await addException(store, { ...approval, fingerprint: finding.fingerprint });
  expect(again).toMatchObject({ isNew: false, exception: { id: added?.exception.id } });
  expect(await addException(store, { ...approval, fingerprint: 'f'.repeat(64) })).toBeNull();
});

test('an exception that ends before it begins is refused', async () => {
  const { finding } = await publicPush();
  const past = { ...approval, fingerprint: finding.fingerprint, until: '2026-11-16T00:00:00.000Z' };
  await expect(addException(store, past)).rejects.toMatchObject({ code: 'exceptionPast' });
});

test('an archived finding stays archived in the next scan, and is told nobody', async () => {
  const again = await scanParts(store, takenAt(after, '2026-11-18T06:00:00.000Z'), { now: '2026-11-18T07:00:00Z' });
  expect((await publicPush()).status).toBe('archived');
  expect(await alertsOf(again)).toEqual([]);
});

test('a gap resolves nothing, and says why what is not seen stays', async () => {
  const unread = after.filter(({ path: name }) => !name.startsWith('accounts/666677778888/eu-west-1/'));
  const scan = await scanParts(store, takenAt(unread, '2026-11-19T06:00:00.000Z'), { now: '2026-11-19T07:00:00Z' });
  const changes = await listFindingChanges(sql, await targetId(), { scanId: scan, limit: 1_000 });
  const inAccount = await findings({ accountIds: ['666677778888'] });
  const resolved = new Set(changes.filter(({ kind }) => kind === 'resolved').map(({ fingerprint }) => fingerprint));
  expect(
    inAccount.filter(({ finding }) => finding.region === 'eu-west-1' && resolved.has(finding.fingerprint)),
  ).toEqual([]);
  expect((await publicPush()).unseen).toContain('666677778888');
  expect(
    (await listDrift(sql, scan, { limit: 1_000 })).filter(({ isCertain, kind }) => isCertain && kind === 'revoked'),
  ).toEqual([]);
});

test('what was only unseen is neither opened nor told again when it is read again', async () => {
  const again = await scanParts(store, takenAt(after, '2026-11-20T06:00:00.000Z'), { now: '2026-11-20T07:00:00Z' });
  expect((await publicPush()).unseen).toBeNull();
  const told = (await alertsOf(again)).flatMap((alert) => alert.findings.map(({ ruleId }) => ruleId));
  expect(told.filter((ruleId) => ruleId !== 'ECR-BLIND')).toEqual([]);
});

test('an exception whose time is over makes the finding active again, and is told as what it is', async () => {
  const ended = await scanParts(store, takenAt(after, '2026-12-02T06:00:00.000Z'), { now: '2026-12-02T07:00:00Z' });
  const { status, finding } = await publicPush();
  expect(status).toBe('active');
  const told = (await alertsOf(ended)).flatMap((alert) => alert.findings);
  expect(
    told.filter(({ resource }) => resource === finding.resource).map(({ ruleId, severity }) => [ruleId, severity]),
  ).toEqual([['ECR-BREAKGLASS', finding.severity]]);
  const next = await scanParts(store, takenAt(after, '2026-12-03T06:00:00.000Z'), { now: '2026-12-03T07:00:00Z' });
  expect(await alertsOf(next)).toEqual([]);
});

test('a new approval ends the matter, and a withdrawn one opens it', async () => {
  const { finding } = await publicPush();
  const added = await addException(store, {
    ...approval,
    fingerprint: finding.fingerprint,
    at: '2026-12-03T08:00:00.000Z',
    until: '2027-03-01T00:00:00.000Z',
  });
  expect(added?.finding.status).toBe('archived');
  const withdrawn = await withdrawException(store, {
    id: added?.exception.id ?? '',
    by: 'ben',
    at: '2026-12-03T09:00:00.000Z',
  });
  expect(withdrawn).toMatchObject({ withdrawnBy: 'ben', findingStatus: 'active' });
  expect(await withdrawException(store, { id: added?.exception.id ?? '', by: 'ben', at: approval.at })).toBeNull();
});

test('a file of exceptions is applied whole: what is new is added, what is gone withdrawn, what matches nothing told', async () => {
  const { finding } = await publicPush();
  const line = {
    targetKey: null,
    fingerprint: finding.fingerprint,
    approvedBy: 'anna',
    reason: 'reviewed',
    until: '2027-01-01T00:00:00.000Z',
  };
  const nobody = { ...line, fingerprint: 'e'.repeat(64) };
  const past = { ...line, reason: 'old', until: '2026-11-01T00:00:00.000Z' };
  const at = '2026-12-03T10:00:00.000Z';
  const trial = await applyExceptions(store, [line, nobody, past], { by: 'ci', at, isTrial: true });
  expect(trial).toMatchObject({ added: [{ fingerprint: finding.fingerprint }], unmatched: [1], over: [2] });
  expect((await publicPush()).status).toBe('active');
  await applyExceptions(store, [line, nobody, past], { by: 'ci', at });
  expect((await publicPush()).status).toBe('archived');
  const again = await applyExceptions(store, [line], { by: 'ci', at });
  expect(again).toMatchObject({ added: [], withdrawn: [], unchanged: 1 });
  const gone = await applyExceptions(store, [], { by: 'ci', at });
  expect(gone.withdrawn).toHaveLength(1);
  expect((await publicPush()).status).toBe('active');
});

test('what is gone is resolved, and its exception is reported as matching nothing', async () => {
  const { finding } = await publicPush();
  await addException(store, {
    ...approval,
    fingerprint: finding.fingerprint,
    at: '2026-12-03T11:00:00.000Z',
    until: '2027-05-01T00:00:00.000Z',
  });
  const closed = after.map((part): SnapshotPart =>
    part.path === 'accounts/666677778888/eu-west-1/repository-policies.json' ? { ...part, content: '[]' } : part,
  );
  const scan = await scanParts(store, takenAt(closed, '2026-12-04T06:00:00.000Z'), { now: '2026-12-04T07:00:00Z' });
  expect(await publicPush()).toMatchObject({ status: 'resolved', resolvedAt: '2026-12-04T06:00:00.000Z' });
  const unmatched = await listExceptions(sql, { openAt: '2026-12-04T07:00:00Z', isUnmatched: true, limit: 10 });
  expect(unmatched.map(({ fingerprint }) => fingerprint)).toEqual([finding.fingerprint]);
  expect((await listDrift(sql, scan, { limit: 100 })).some(({ kind }) => kind === 'revoked')).toBe(true);
});

test('a baseline is approved for the target or an account, and a newer one takes its place', async () => {
  const approve = async (scanId: string, accountId: string | null): Promise<unknown> =>
    await approveBaseline(sql, { scanId, accountId, by: 'anna', at: '2026-12-04T08:00:00.000Z', reason: null });
  await approve(first, null);
  await approve(second, null);
  await approve(second, '666677778888');
  expect(await approve(second, '123456789012')).toBeNull();
  const baselines = await listBaselines(sql, {});
  expect(baselines.map(({ accountId, scanId }) => [accountId, scanId])).toEqual([
    ['666677778888', second],
    [null, second],
  ]);
  expect(await listBaselines(sql, { isHistory: true })).toHaveLength(3);
});
