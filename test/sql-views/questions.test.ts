import { readFileSync } from 'node:fs';
import { addException } from '@ecr-audit/store';
import type { TestDatabase } from '@ecr-audit/store/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sampleDatabase } from './sample-database.ts';

/* The questions that the documentation shows, as they are written, asked by who may only read the views. */

const file = new URL('../../packages/store/docs/questions.sql', import.meta.url);
const questions = readFileSync(file, 'utf8')
  .split('\n-- Question ')
  .slice(1)
  .map((text) => {
    const [title = '', ...lines] = text.split('\n');
    return { number: Number.parseInt(title, 10), title, statement: lines.join('\n') };
  });

let database: TestDatabase;
beforeAll(async () => {
  database = await sampleDatabase();
}, 180_000);
afterAll(async () => await database.drop());

type Row = Readonly<Record<string, unknown>>;

async function ask(number: number): Promise<Row[]> {
  const question = questions.find((each) => each.number === number);
  if (question === undefined) {
    throw new Error(`the file has no question ${number}`);
  }
  return await database.store.sql.begin(async (sql) => {
    await sql`set local role ecr_audit_reader`;
    return [...(await sql.unsafe<Row[]>(question.statement))];
  });
}

test('the file has twelve questions, each a single statement', () => {
  expect(questions.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
  for (const { statement } of questions) {
    expect(statement.match(/;\s*$/gm)).toHaveLength(1);
  }
});

describe('on the sample organization', () => {
  test('1: those who publish payments may push there', async () => {
    const rows = await ask(1);
    expect(rows.every(({ repository }) => String(repository).startsWith('payments/'))).toBe(true);
    expect(rows).toContainEqual(
      expect.objectContaining({ repository: 'payments/gateway', principal_name: 'github-actions-publish' }),
    );
  });

  test('2: anybody may push to the repository of the hackathon', async () => {
    const rows = await ask(2);
    const open = rows.find(
      ({ principal_arn: arn, repository }) => arn === '*' && repository === 'hackathon/route-game',
    );
    expect(String(open?.['actions'])).toMatch(/\bpush\b/);
  });

  test('3: the ones with the most repositories come first', async () => {
    const counts = (await ask(3)).map(({ repositories }) => Number(repositories));
    expect(counts).toEqual(counts.toSorted((a, b) => b - a));
    expect(counts).toHaveLength(20);
  });

  test('4: who published within the week is not among those who were not seen to push', async () => {
    const rows = await ask(4);
    const cell = (row: Row): string =>
      ['account_id', 'region', 'repository', 'principal_arn'].map((key) => String(row[key])).join(' ');
    const unused = new Set(rows.map(cell));
    const used = await database.store.sql<Row[]>`
      select distinct account_id, region, repository, principal_arn from audit.activity_by_principal where capability = 'push'`;
    expect(used.length).toBeGreaterThan(0);
    expect(used.filter((row) => unused.has(cell(row)))).toEqual([]);
    expect(rows.some(({ seen_from: from }) => from === '2026-11-09T05:45:00.000Z')).toBe(true);
  });

  test('5: what somebody changed in a repository policy is told with the call', async () => {
    const rows = await ask(5);
    expect(rows.some(({ kind, is_certain: isCertain }) => kind === 'granted' && isCertain === true)).toBe(true);
    expect(rows.map(({ made_by: by }) => String(by)).join('\n')).toContain('SetRepositoryPolicy by arn:aws:iam::');
  });

  test('6: changes of the week are told with the person behind the session', async () => {
    expect(await ask(6)).toContainEqual(
      expect.objectContaining({ event_name: 'SetRepositoryPolicy', session_name: 'marta.kowal@larkfield.example' }),
    );
  });

  test('7: active findings are counted once, by account and severity', async () => {
    const rows = await ask(7);
    const [active] = await database.store.sql<{ count: number }[]>`
      select count(*) from audit.findings where status = 'active'`;
    expect(rows.reduce((sum, { findings }) => sum + Number(findings), 0)).toBe(active?.count);
    expect(rows).toContainEqual(
      expect.objectContaining({ account_id: '666677778888', account_name: 'larkfield-sandbox', severity: 'critical' }),
    );
  });

  test('8: the grave ones that are open, the oldest first', async () => {
    const opened = (await ask(8)).map(({ opened_at: at }) => String(at));
    expect(opened[0]).toBe('2026-11-09T06:00:00.000Z');
    expect(opened).toEqual(opened.toSorted());
  });

  test('9: findings of the week are told with the call that made them', async () => {
    const rows = await ask(9);
    expect(rows.some(({ kind, cause_event: event }) => kind === 'opened' && event !== null)).toBe(true);
    expect(rows.some(({ kind }) => kind === 'resolved')).toBe(true);
  });

  test('10: an approval is in force until its time', async () => {
    expect(await ask(10)).toEqual([]);
    const { sql } = database.store;
    const [finding] = await sql<{ fingerprint: string }[]>`
      select fingerprint from audit.findings where rule_id = 'ECR-PUB-PUSH'`;
    await addException(database.store, {
      targetKey: null,
      fingerprint: finding?.fingerprint ?? '',
      approvedBy: 'anna',
      reason: 'a workshop',
      at: '2026-11-16T08:00:00.000Z',
      until: '9999-01-01T00:00:00.000Z',
      source: 'cli',
    });
    expect(await ask(10)).toMatchObject([{ approved_by: 'anna', reason: 'a workshop', finding_status: 'archived' }]);
  });

  test('11: what was not read whole is told, and why', async () => {
    const rows = await ask(11);
    expect(rows.every(({ status }) => status === 'partial' || status === 'notReadable')).toBe(true);
    expect(rows.map(({ detail }) => String(detail)).join('\n')).toContain('access denied');
  });

  test('12: each repository has one who used it last', async () => {
    const rows = await ask(12);
    expect(rows.length).toBeGreaterThan(10);
    expect(
      new Set(
        rows.map(({ account_id: id, region, repository }) => `${String(id)} ${String(region)} ${String(repository)}`),
      ).size,
    ).toBe(rows.length);
  });
});
