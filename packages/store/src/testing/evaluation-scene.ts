import { randomUUID } from 'node:crypto';
import type { AccessRow, PrincipalRef } from '@ecr-audit/access';
import { afterAll, beforeEach } from 'vitest';
import type { Store } from '../open-store.ts';
import { requestScan } from '../request-scan.ts';
import { foldCells } from './fold-cells.ts';
import { createTestDatabase } from './index.ts';
import type { Evaluation } from '../evaluation/evaluation.ts';
import { writeEvaluation } from '../evaluation/write-evaluation.ts';

export const alice: PrincipalRef = {
  id: 'AIDAALICE',
  arn: 'arn:aws:iam::111111111111:user/alice',
  kind: 'user',
  accountId: '111111111111',
  name: 'alice',
};
export const deployer: PrincipalRef = {
  id: 'AROADEPLOYER',
  arn: 'arn:aws:iam::222222222222:role/deployer',
  kind: 'role',
  accountId: '222222222222',
  name: 'deployer',
};
export const application = {
  arn: 'arn:aws:ecr:eu-west-1:111111111111:repository/team/app',
  accountId: '111111111111',
  region: 'eu-west-1',
  name: 'team/app',
};
export const base = { ...application, arn: `${application.arn}-base`, name: 'team/app-base' };
export const inOffice = { operator: 'IpAddress', key: 'aws:SourceIp', values: ['10.0.0.0/8', '192.0.2.0/24'] } as const;

export const euWest = { accountId: '111111111111', region: 'eu-west-1' };
export const everything = { iamAccounts: ['111111111111', '222222222222'], registries: [euWest] };

export function cell(overrides: Partial<AccessRow> = {}): AccessRow {
  return {
    principal: alice,
    accountId: '111111111111',
    region: 'eu-west-1',
    resource: application.arn,
    action: 'ecr:PutImage',
    decision: 'allowed',
    residual: null,
    reasons: [{ policyType: 'identity', policy: 'arn:p', statement: '0', effect: 'Allow', via: 'attached' }],
    limits: [],
    ...overrides,
  };
}

/** An evaluation that found these cells, and denied every other one of the principals and repositories that it lists. */
export function scanOf(rows: Iterable<AccessRow>, overrides: Partial<Evaluation> = {}): Evaluation {
  const listed = { principals: [alice, deployer], repositories: [application, base], ...overrides };
  return {
    scanId: randomUUID(),
    takenAt: '2026-11-01T00:00:00.000Z',
    accounts: [{ id: '111111111111', name: 'shop', path: 'Root/Workloads' }],
    ...foldCells(rows, listed),
    coverage: [{ accountId: '111111111111', region: null, source: 'iam', status: 'complete', detail: null }],
    covered: everything,
    ...listed,
  };
}

export const day = (number: number): string => `2026-11-${String(number).padStart(2, '0')}T00:00:00.000Z`;

/** A database of this test file, with a target of its own for each test, and the questions that the tests ask of it. */
export async function openScene(): Promise<{
  readonly url: string;
  readonly store: Store;
  readonly target: () => { readonly key: string };
  readonly write: (evaluation: Evaluation, on?: Store) => ReturnType<typeof writeEvaluation>;
  readonly validCells: () => Promise<readonly object[]>;
  readonly historyCount: () => Promise<number>;
  readonly goneNames: () => Promise<string[]>;
}> {
  const database = await createTestDatabase();
  const { store } = database;
  const { sql } = store;
  let targets = 0;
  const target = (): { readonly key: string } => ({ key: `account:${String(targets).padStart(12, '0')}` });
  beforeEach(() => {
    targets += 1;
  });
  afterAll(() => database.drop());

  async function write(evaluation: Evaluation, on: Store = store): ReturnType<typeof writeEvaluation> {
    await requestScan(sql, { scanId: evaluation.scanId, target: target(), source: 'snapshot' });
    return writeEvaluation(on, evaluation);
  }

  async function validCells(): Promise<readonly object[]> {
    return [
      ...(await sql`
        select principal_name, repository, action, decision, condition_text, since
        from audit.effective_access where target = ${target().key}
        order by principal_name, repository, action`),
    ];
  }

  async function historyCount(): Promise<number> {
    const [row] = await sql<{ count: number }[]>`
      select count(*) as count from (
        select principal_id from audit.access_block union all select principal_id from audit.registry_access
      ) as held
      join audit.principal on principal.id = principal_id
      join audit.target on target.id = target_id where key = ${target().key}`;
    return row?.count ?? -1;
  }

  async function goneNames(): Promise<string[]> {
    const rows = await sql<{ name: string }[]>`
      select subject.name from (
        select target_id, name, gone_since_scan from audit.principal
        union all
        select target_id, name, gone_since_scan from audit.repository
      ) as subject
      join audit.target on target.id = target_id
      where key = ${target().key} and gone_since_scan is not null
      order by subject.name`;
    return rows.map(({ name }) => name);
  }

  return { url: database.url, store, target, write, validCells, historyCount, goneNames };
}
