import { randomUUID } from 'node:crypto';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { AccessAnswer, AccessRow } from '@ecr-audit/access';
import * as fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { canonicalJson } from './evaluation/canonical-json.ts';
import { sha256 } from './evaluation/content-ids.ts';
import { writeEvaluation } from './evaluation/write-evaluation.ts';
import { migrate } from './migrate.ts';
import { requestScan } from './request-scan.ts';
import type { Sql } from './sql.ts';
import { alice, application, base, deployer, inOffice, scanOf } from './testing/evaluation-scene.ts';
import { createTestDatabase } from './testing/index.ts';
import { cellKey, type Cells, type NaiveCell, naiveCell, naiveSince } from './testing/naive-history.ts';
import { readHistory } from './testing/read-history.ts';

const database = await createTestDatabase({ isMigrated: false });
const { store } = database;
const { sql } = store;
const directory = mkdtempSync(path.join(tmpdir(), 'migrations-'));
afterAll(async () => {
  rmSync(directory, { recursive: true });
  await database.drop();
});

const target = { key: 'account:111111111111' };
const principals = [alice, deployer];
const repositories = [application, base];
const registry = { accountId: '111111111111', region: 'eu-west-1' };
const evaluationsCount = 8;

const allowed: AccessAnswer = {
  decision: 'allowed',
  residual: null,
  reasons: [{ policyType: 'identity', policy: 'arn:p', statement: '0', effect: 'Allow', via: 'attached' }],
  limits: [],
};
const answers: readonly AccessAnswer[] = [
  allowed,
  { ...allowed, limits: [{ code: 'x', message: 'm' }] },
  { ...allowed, decision: 'conditional', residual: inOffice },
  { ...allowed, decision: 'unknown', residual: { unreadable: 'x' }, reasons: [] },
];

const cells: readonly Omit<AccessRow, keyof AccessAnswer>[] = principals.flatMap((principal) =>
  [...repositories.map(({ arn }) => arn), '*'].flatMap((resource) =>
    ['ecr:PutImage', 'pull', 'push'].map((action) => ({ principal, ...registry, resource, action })),
  ),
);

/** The answer to each cell in each evaluation; 0 is denied. Answers stay for a while, so that rows are long and short. */
const [histories = []] = fc.sample(
  fc.array(fc.array(fc.nat(answers.length), { minLength: evaluationsCount, maxLength: evaluationsCount }), {
    minLength: cells.length,
    maxLength: cells.length,
  }),
  { numRuns: 1, seed: 20_261_122 },
);
const held = histories.map((history) =>
  history.map((answer, index) => (index % 3 === 1 ? (history[index - 1] ?? 0) : answer)),
);

function rowsAt(evaluation: number): AccessRow[] {
  return cells.flatMap((cell, index) => {
    const answer = answers[(held[index]?.[evaluation] ?? 0) - 1];
    return answer === undefined ? [] : [{ ...cell, ...answer }];
  });
}

test('every cell as of every evaluation is the same after access was folded, and so is its age', async () => {
  cpSync(
    path.join(import.meta.dirname, '../migrations/0001_create_audit_schema.sql'),
    path.join(directory, '0001_create_audit_schema.sql'),
  );
  await migrate(store, { directory });
  await fillUnfolded(sql);
  expect(await migrate(store)).toMatchObject({ applied: expect.arrayContaining(['0002_fold_access']) });

  const expected = Array.from({ length: evaluationsCount }, (_, index): Cells => {
    const keyed = rowsAt(index).map((row): [string, NaiveCell] => [
      cellKey(
        row.principal.id,
        row.resource === '*' ? `${registry.accountId} ${registry.region}` : row.resource,
        row.action,
      ),
      naiveCell(row),
    ]);
    return new Map(keyed);
  });
  const read = await readHistory(sql, target.key);
  for (const [index, now] of expected.entries()) {
    expect(now.size).toBeGreaterThan(0);
    expect(read[index]?.cells).toEqual(now);
    expect(read[index]?.since).toEqual(
      new Map([...now.keys()].map((key) => [key, naiveSince(expected.slice(0, index + 1), key)])),
    );
  }
});

test('the next evaluation finds the sets again and changes no cell, and the one after it writes nothing', async () => {
  const rows = rowsAt(evaluationsCount - 1);
  const before = await readHistory(sql, target.key);
  const counts = { opened: 0, closed: 0, unchanged: rows.length };
  expect(await write(rows, 1)).toMatchObject(counts);
  expect(await write(rows, 2)).toEqual({ ...counts, rowsWritten: 0 });
  expect((await readHistory(sql, target.key)).slice(0, before.length)).toEqual(before);
});

async function write(rows: readonly AccessRow[], day: number): Promise<object> {
  const evaluation = scanOf(rows, {
    takenAt: new Date(Date.UTC(2026, 5, day)).toISOString(),
    principals,
    repositories,
  });
  await requestScan(sql, { scanId: evaluation.scanId, target, source: 'snapshot' });
  return (await writeEvaluation(store, evaluation)).counts;
}

/** Writes the history as the first schema kept it: a row for each stretch of time in which a cell kept its answer. */
async function fillUnfolded(db: Sql): Promise<void> {
  await db`insert into audit.target (key, name) values ('other', 'other'), (${target.key}, 'shop')`;
  const [row] = await db<{ id: number }[]>`select id from audit.target where key = ${target.key}`;
  const targetId = row?.id ?? -1;
  for (let index = 0; index < evaluationsCount; index += 1) {
    const takenAt = new Date(Date.UTC(2026, 0, 1 + index)).toISOString();
    await db`
      insert into audit.scan (id, target_id, source, status, taken_at, completed_at, counts, evaluation)
      values (${randomUUID()}, ${targetId}, 'snapshot', 'completed', ${takenAt}, now(),
        '{"opened": 0, "closed": 0, "unchanged": 0}', nextval('audit.evaluation_sequence'))`;
  }
  for (const { id, arn, kind, accountId, name } of principals) {
    await db`
      insert into audit.principal (target_id, unique_id, arn, kind, account_id, name, first_seen_scan, last_seen_scan)
      values (${targetId}, ${id}, ${arn}, ${kind}, ${accountId}, ${name}, 1, ${evaluationsCount})`;
  }
  for (const { arn, accountId, region, name } of repositories) {
    await db`
      insert into audit.repository (target_id, arn, account_id, region, name, first_seen_scan, last_seen_scan)
      values (${targetId}, ${arn}, ${accountId}, ${region}, ${name}, 1, ${evaluationsCount})`;
  }
  for (const [index, cell] of cells.entries()) {
    for (const { answer, from, to } of stretchesOf(held[index] ?? [])) {
      await insertUnfolded(db, { targetId, cell, answer, from, to });
    }
  }
}

function stretchesOf(history: readonly number[]): { answer: AccessAnswer; from: number; to: number | null }[] {
  return history.flatMap((number, index) => {
    const answer = answers[number - 1];
    if (answer === undefined || history[index - 1] === number) {
      return [];
    }
    const end = history.findIndex((other, later) => later > index && other !== number);
    return [{ answer, from: index + 1, to: end === -1 ? null : end + 1 }];
  });
}

async function insertUnfolded(
  db: Sql,
  row: {
    readonly targetId: number;
    readonly cell: (typeof cells)[number];
    readonly answer: AccessAnswer;
    readonly from: number;
    readonly to: number | null;
  },
): Promise<void> {
  const { targetId, cell, answer, from, to } = row;
  const hashes = new Map<string, Buffer>();
  for (const [table, content] of Object.entries({
    residual: answer.residual,
    reasons: answer.reasons,
    limits: answer.limits,
  })) {
    if (content !== null) {
      const hash = Buffer.from(sha256(canonicalJson(content)), 'hex');
      hashes.set(table, hash);
      await db`
        insert into ${db(`audit.${table}`)} (hash, content) values (${hash}, ${JSON.stringify(content)}::text::jsonb)
        on conflict do nothing`;
    }
  }
  await db`
    insert into audit.access (
      target_id, principal_id, account_id, region, repository_id, action, decision, residual_hash, reasons_hash,
      limits_hash, valid_from_scan, valid_to_scan, decision_since_scan
    )
    select ${targetId}, principal.id, ${cell.accountId}, ${cell.region},
      (select id from audit.repository where arn = ${cell.resource}), ${cell.action}, ${answer.decision},
      ${hashes.get('residual') ?? null}, ${hashes.get('reasons') ?? null}, ${hashes.get('limits') ?? null},
      ${from}, ${to}, ${from}
    from audit.principal where unique_id = ${cell.principal.id}`;
}
