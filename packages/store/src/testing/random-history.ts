import { randomUUID } from 'node:crypto';
import type { AccessRow } from '@ecr-audit/access';
import type { Evaluation } from '../evaluation/evaluation.ts';
import { writeEvaluation } from '../evaluation/write-evaluation.ts';
import type { Store } from '../open-store.ts';
import { requestScan } from '../request-scan.ts';
import { edited, emptyTable, principals, repositories, rowsOf, type Step } from './arbitrary-evaluation.ts';
import { scanOf } from './evaluation-scene.ts';
import { type Cells, nextCells } from './naive-history.ts';

/** Noon of a day of the history. */
export function noonOf(day: number): string {
  return new Date(Date.UTC(2026, 0, 1 + day, 12)).toISOString();
}

/** Writes a scan a day for a target of its own, and returns the cells after each as one who sees all of them has them. */
export async function writeHistory(
  store: Store,
  steps: readonly Step[],
): Promise<{ readonly targetKey: string; readonly history: readonly Cells[] }> {
  const target = { key: randomUUID() };
  const history: Cells[] = [];
  let table = emptyTable;
  for (const [day, step] of steps.entries()) {
    table = edited(table, step);
    const rows = rowsOf(table, step);
    const evaluation = evaluationOf(rows, step, day);
    history.push(nextCells(history.at(-1) ?? new Map(), rows, evaluation, { principals, repositories }));
    await requestScan(store.sql, { scanId: evaluation.scanId, target, source: 'snapshot' });
    await writeEvaluation(store, evaluation);
  }
  return { targetKey: target.key, history };
}

/** What a scan of that day finds. */
export function evaluationOf(rows: readonly AccessRow[], seen: Step, day: number): Evaluation {
  return scanOf(rows, {
    takenAt: noonOf(day),
    principals: seen.principals,
    repositories: seen.repositories,
    registries: seen.registries,
    covered: { iamAccounts: seen.iamAccounts, registries: seen.coveredRegistries },
    unreadPolicies: [
      ...seen.unreadRepositories.map(({ arn, accountId, region }) => ({ accountId, region, repositoryArn: arn })),
      ...seen.unreadRegistries.map((registry) => ({ ...registry, repositoryArn: null })),
    ],
  });
}
