import { randomUUID } from 'node:crypto';
import type { Coverage } from '@ecr-audit/access';
import { writeEvaluation } from '../evaluation/write-evaluation.ts';
import { startScan, type ScanStart } from '../fleet/start-scan.ts';
import type { ScanStep } from '../fleet/steps.ts';
import type { Store } from '../open-store.ts';
import { requestScan } from '../request-scan.ts';

export const targetKey = 'organization:o-scene';
const manifest = { path: 'snapshot.json', content: '{}' };

/** Requests a scan of the scene's target and starts it. */
export async function startedScan(
  store: Store,
  options: {
    readonly takenAt: string;
    readonly steps?: readonly ScanStep[];
    readonly onlyAccounts?: readonly string[];
    readonly isWanted?: boolean;
  },
): Promise<{ readonly scanId: string; readonly start: ScanStart }> {
  const { takenAt, steps = [], ...request } = options;
  const scanId = randomUUID();
  await requestScan(store.sql, { scanId, target: { key: targetKey }, source: 'aws', ...request });
  return { scanId, start: await startScan(store, { scanId, takenAt, manifest, steps: () => steps }) };
}

/** Completes a scan with coverage alone. */
export async function completeScan(
  store: Store,
  {
    scanId,
    takenAt,
    coverage,
  }: { readonly scanId: string; readonly takenAt: string; readonly coverage: readonly Coverage[] },
): Promise<void> {
  await writeEvaluation(store, {
    scanId,
    takenAt,
    accounts: [],
    principals: [],
    repositories: [],
    registries: [],
    access: [],
    coverage,
    covered: { iamAccounts: [], registries: [] },
  });
}
