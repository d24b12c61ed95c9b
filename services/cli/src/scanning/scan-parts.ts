import { createHash } from 'node:crypto';
import {
  assembleSnapshot,
  type DocumentProblem,
  evaluateSnapshot,
  EVALUATOR_VERSION,
  type SnapshotPart,
} from '@ecr-audit/access';
import { evaluateScanJob } from '@ecr-audit/evaluator';
import {
  findScan,
  hashParts,
  latestCompletedScan,
  requestScan,
  saveGaps,
  saveParts,
  type ScanTarget,
  type Store,
} from '@ecr-audit/store';
import { chosenConfiguration } from '../commands/config.ts';
import type { CommandContext } from '../context.ts';
import type { Progress } from '../terminal/progress.ts';
import { CliError } from '../errors.ts';

export interface FinishedScan {
  readonly scanId: string;
  /** False where exactly this snapshot had been scanned before, so that nothing was left to do. */
  readonly isNew: boolean;
  readonly problems: readonly DocumentProblem[];
}

/**
 * Scans what was collected: keeps the parts, evaluates them and writes the difference.
 *
 * The id of the scan follows from the parts and the version of the rules. So a scan that was interrupted goes on where it ended, the same snapshot
 * twice is one scan, and two commands at once do the work of one.
 */
export async function scanParts(
  { progress, now }: CommandContext,
  store: Store,
  scan: { readonly parts: readonly SnapshotPart[]; readonly source: 'aws' | 'snapshot' },
): Promise<FinishedScan> {
  const { parts, source } = scan;
  // Everything that is wrong with the parts shows here, before anything is written.
  const snapshot = assembleSnapshot(parts);
  const { takenAt, gaps, problems } = snapshot;
  if (snapshot.accounts.size === 0) {
    throw new CliError(
      'scanFailed',
      'the snapshot holds no account: expected at least one folder `accounts/ACCOUNT-ID`',
    );
  }
  const { target, principals } = evaluateSnapshot(snapshot);
  const scanId = scanIdOf(target.key, hashParts(parts, EVALUATOR_VERSION));
  if ((await findScan(store.sql, scanId))?.status === 'completed') {
    return { scanId, isNew: false, problems };
  }
  await refuseOlder(store, target, takenAt);
  await requestScan(store.sql, { scanId, target, source, takenAt });
  progress.update(`keeping ${parts.length} files`);
  await store.sql.begin(async (sql) => {
    await saveParts(sql, { scanId, parts });
    await saveGaps(sql, { scanId, step: 'snapshot', gaps });
  });
  const evaluating = `evaluating ${principals.length} principals of ${target.name}`;
  const judging = await chosenConfiguration(undefined);
  const outcome = await whileTelling(
    progress,
    evaluating,
    async (tell) => await evaluateScanJob(store, scanId, { judging, now, onProgress: tell }),
  );
  if (outcome.kind === 'skipped') {
    throw new CliError(
      'scanFailed',
      `scan \`${scanId}\` has no result: ${await failureOf(store, scanId, outcome.reason)}`,
    );
  }
  return { scanId, isNew: outcome.kind === 'written', problems };
}

/** Version 8 of RFC 9562: a UUID of our own making, here the hash of what it names. */
function scanIdOf(targetKey: string, inputHash: string): string {
  const hash = createHash('sha256')
    .update(JSON.stringify([targetKey, inputHash]))
    .digest('hex');
  const variant = '89ab'.charAt(Number.parseInt(hash.charAt(16), 16) % 4);
  return [
    hash.slice(0, 8),
    hash.slice(8, 12),
    `8${hash.slice(13, 16)}`,
    `${variant}${hash.slice(17, 20)}`,
    hash.slice(20, 32),
  ].join('-');
}

async function refuseOlder(store: Store, target: ScanTarget, takenAt: string): Promise<void> {
  const latest = await latestCompletedScan(store.sql, target.key);
  if (latest?.takenAt !== undefined && latest.takenAt !== null && Date.parse(takenAt) < Date.parse(latest.takenAt)) {
    throw new CliError(
      'scanFailed',
      `the snapshot of \`${takenAt}\` is older than the scan of \`${latest.takenAt}\` in the database: expected scans of \`${target.key}\` in the order of their time; use another database (\`--data DIR\`) for the past`,
    );
  }
}

const tellIntervalMs = 1_000;

/** Shows that a long step is alive, and for how long. */
async function whileTelling<Result>(
  progress: Progress,
  step: string,
  work: (tell: (detail: string) => void) => Promise<Result>,
): Promise<Result> {
  const startedAt = performance.now();
  let latest = '';
  progress.update(step);
  const timer = setInterval(() => {
    const seconds = `${Math.round((performance.now() - startedAt) / 1_000)} s`;
    progress.update(step, `(${latest === '' ? '' : `${latest}, `}${seconds})`);
  }, tellIntervalMs);
  try {
    return await work((detail) => {
      latest = detail;
    });
  } finally {
    clearInterval(timer);
  }
}

async function failureOf(store: Store, scanId: string, reason: string): Promise<string> {
  return (await findScan(store.sql, scanId))?.failure ?? reason;
}
