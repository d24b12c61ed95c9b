import { randomUUID } from 'node:crypto';
import type { CollectionGap } from '@ecr-audit/access';
import { afterAll, describe, expect, test } from 'vitest';
import { writeEvaluation } from './evaluation/write-evaluation.ts';
import { readGaps, saveGaps } from './gaps.ts';
import { markScanCollecting, markScanEvaluating, markScanFailed } from './mark-scan.ts';
import { hashParts, readParts, saveParts } from './parts.ts';
import { findScan, findScanByInputHash, latestCompletedScan, listScans, listTargets } from './queries/scans.ts';
import { requestScan } from './request-scan.ts';
import { createTestDatabase } from './testing/index.ts';

const database = await createTestDatabase();
const { store } = database;
const { sql } = store;
afterAll(() => database.drop());

const account = { key: 'account:111122223333', name: 'shop' };

async function newScan(target: { key: string; name?: string } = account): Promise<string> {
  const scanId = randomUUID();
  await requestScan(sql, { scanId, target, source: 'aws' });
  return scanId;
}

async function complete(scanId: string, takenAt: string, inputHash?: string): Promise<void> {
  await writeEvaluation(store, {
    scanId,
    takenAt,
    accounts: [],
    principals: [],
    repositories: [],
    registries: [],
    access: [],
    coverage: [],
    covered: {
      iamAccounts: [],
      registries: [],
    },
    ...(inputHash === undefined ? {} : { inputHash }),
  });
}

describe('a scan', () => {
  test('is requested once, however often the schedule repeats itself', async () => {
    const scanId = randomUUID();
    expect(await requestScan(sql, { scanId, target: account, source: 'aws' })).toEqual({ created: true });
    expect(await requestScan(sql, { scanId, target: account, source: 'aws' })).toEqual({ created: false });
    expect(await findScan(sql, scanId)).toMatchObject({ status: 'requested', targetName: 'shop', gaps: 0 });
  });

  test('goes forward only', async () => {
    const scanId = await newScan();
    expect(await markScanCollecting(sql, scanId)).toBe(true);
    expect(await markScanCollecting(sql, scanId)).toBe(false);
    expect(await markScanEvaluating(sql, scanId)).toBe(true);
    expect(await markScanCollecting(sql, scanId)).toBe(false);
    await complete(scanId, '2026-11-01T00:00:00Z');
    expect(await markScanFailed(sql, scanId, 'too late')).toBe(false);
    expect(await findScan(sql, scanId)).toMatchObject({ status: 'completed', failure: null });
  });

  test('that failed says why, and may still be completed by a late evaluation', async () => {
    const scanId = await newScan();
    expect(await markScanFailed(sql, scanId, 'expired credentials\0')).toBe(true);
    expect(await findScan(sql, scanId)).toMatchObject({ status: 'failed', failure: 'expired credentials' });
    await complete(scanId, '2026-11-01T00:00:00Z');
    expect(await findScan(sql, scanId)).toMatchObject({ status: 'completed', failure: null });
  });

  test('is found by its input, and as the latest of its target', async () => {
    const target = { key: 'account:444455556666' };
    const first = await newScan(target);
    const second = await newScan(target);
    const hash = hashParts([{ path: 'snapshot.json', content: '{}' }], '1');
    expect(await findScanByInputHash(sql, target.key, hash)).toBeNull();
    await complete(first, '2026-11-01T00:00:00Z', hash);
    await complete(second, '2026-11-02T00:00:00Z');
    expect(await findScanByInputHash(sql, target.key, hash)).toMatchObject({ id: first });
    expect(await findScanByInputHash(sql, account.key, hash)).toBeNull();
    expect(await latestCompletedScan(sql, target.key)).toMatchObject({
      id: second,
      takenAt: '2026-11-02T00:00:00.000Z',
    });
    expect(await latestCompletedScan(sql)).toMatchObject({ id: second });
    expect(await latestCompletedScan(sql, 'account:0')).toBeNull();
  });

  test('is listed newest first, page by page', async () => {
    const target = { key: 'account:777788889999' };
    const ids = [await newScan(target), await newScan(target), await newScan(target)];
    const page = await listScans(sql, { targetKey: target.key, limit: 2 });
    expect(page.map(({ id }) => id)).toEqual([ids[2], ids[1]]);
    const beforeSequence = page.at(-1)?.sequence ?? 0;
    expect(await listScans(sql, { targetKey: target.key, limit: 2, beforeSequence })).toMatchObject([{ id: ids[0] }]);
    expect(await listTargets(sql)).toContainEqual({ key: target.key, name: target.key });
  });

  test('that nobody knows is null', async () => {
    expect(await findScan(sql, randomUUID())).toBeNull();
  });
});

describe('snapshot parts', () => {
  const parts = [
    { path: 'snapshot.json', content: '{"formatVersion":1}' },
    {
      path: 'accounts/111122223333/eu-west-1/repositories.json',
      content: `{"quote":"'\\u0000"}\n${'\u{1F433}'.repeat(9)}`,
    },
    { path: 'accounts/111122223333/Z.json', content: '' },
  ];

  test('come back as they were, sorted by path, and may be saved twice', async () => {
    const scanId = await newScan();
    await saveParts(sql, { scanId, parts });
    expect(await saveParts(sql, { scanId, parts })).toEqual({ saved: 3 });
    expect(await readParts(sql, scanId)).toEqual([parts[2], parts[1], parts[0]]);
  });

  test('with the same content are kept once', async () => {
    const [first, second] = [await newScan(), await newScan()];
    const content = randomUUID();
    await saveParts(sql, { scanId: first, parts: [{ path: 'a', content }] });
    await saveParts(sql, { scanId: second, parts: [{ path: 'b', content }] });
    const [before] = await sql`select count(distinct hash) from audit.scan_part where scan_id in (${first}, ${second})`;
    expect(before).toEqual({ count: 1 });
  });

  test('of a step that runs again replace the earlier ones', async () => {
    const scanId = await newScan();
    await saveParts(sql, { scanId, parts: [{ path: 'a', content: 'old' }] });
    await saveParts(sql, { scanId, parts: [{ path: 'a', content: 'new' }] });
    expect(await readParts(sql, scanId)).toEqual([{ path: 'a', content: 'new' }]);
  });

  test('of a completed scan are history', async () => {
    const scanId = await newScan();
    await saveParts(sql, { scanId, parts: [{ path: 'a', content: 'old' }] });
    await complete(scanId, '2026-12-01T00:00:00Z');
    expect(await saveParts(sql, { scanId, parts: [{ path: 'a', content: 'new' }] })).toEqual({ saved: 0 });
    expect(await readParts(sql, scanId)).toEqual([{ path: 'a', content: 'old' }]);
  });

  test('are refused for an unknown scan and with a zero byte in the path', async () => {
    await expect(saveParts(sql, { scanId: randomUUID(), parts })).rejects.toMatchObject({ code: 'scanNotFound' });
    const scanId = await newScan();
    await expect(saveParts(sql, { scanId, parts: [{ path: 'a\0b', content: '' }] })).rejects.toMatchObject({
      code: 'invalidText',
    });
  });

  test('have a hash that does not depend on their order, and does on path, content and evaluator', () => {
    const [a, b] = [
      { path: 'a', content: 'x' },
      { path: 'b', content: 'y' },
    ];
    expect(hashParts([a, b], '1')).toBe(hashParts([b, a], '1'));
    const hashes = [[a, b], [a], [{ ...a, path: 'b' }], [{ ...a, content: 'y' }], []].map((each) =>
      hashParts(each, '1'),
    );
    expect(new Set([...hashes, hashParts([a], '2')]).size).toBe(6);
  });
});

describe('collection gaps', () => {
  const gap: CollectionGap = {
    accountId: '111122223333',
    region: 'eu-west-1',
    source: 'ecr:GetRepositoryPolicy',
    resource: null,
    reason: 'accessDenied',
    message: "role `audit` may not call it; it's denied",
  };

  test('are kept once, with their last reason', async () => {
    const scanId = await newScan();
    await saveGaps(sql, { scanId, step: 'ecr', gaps: [gap] });
    await saveGaps(sql, { scanId, step: 'ecr', gaps: [{ ...gap, reason: 'throttled' }] });
    expect(await readGaps(sql, scanId)).toEqual([{ ...gap, reason: 'throttled' }]);
  });

  test('of a step go when the step succeeds at its second attempt, and those of other steps stay', async () => {
    const scanId = await newScan();
    const other = { ...gap, source: 'iam:GetRole', region: null };
    await saveGaps(sql, { scanId, step: 'iam', gaps: [other] });
    await saveGaps(sql, { scanId, step: 'ecr', gaps: [gap, { ...gap, resource: 'team/app' }] });
    await saveGaps(sql, { scanId, step: 'ecr', gaps: [] });
    expect(await readGaps(sql, scanId)).toEqual([other]);
  });

  test('without a step are only added', async () => {
    const scanId = await newScan();
    await saveGaps(sql, { scanId, gaps: [gap] });
    await saveGaps(sql, { scanId, gaps: [{ ...gap, region: 'us-east-1' }] });
    expect(await readGaps(sql, scanId)).toHaveLength(2);
  });

  test('with unprintable names are recorded all the same', async () => {
    const scanId = await newScan();
    await saveGaps(sql, {
      scanId,
      gaps: [
        { ...gap, resource: 'a\0b' },
        { ...gap, resource: '\uD800' },
      ],
    });
    expect(await readGaps(sql, scanId)).toHaveLength(2);
  });
});
