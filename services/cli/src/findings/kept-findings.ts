import type { FindingState, FindingStatus, Severity } from '@ecr-audit/access';
import {
  findAsOf,
  type KeptFinding,
  listExceptions,
  listFindingChanges,
  listFindings,
  type RecordedFindingChange,
  type Store,
} from '@ecr-audit/store';
import { CliError } from '../errors.ts';
import { findStoredScan } from '../stored-scan.ts';

export interface KeptFindings {
  readonly target: string;
  readonly takenAt: string;
  readonly findings: readonly KeptFinding[];
  /** Exceptions in force of which no finding is left. */
  readonly unmatchedExceptions: number;
}

const pageSize = 2_000;

/** The findings of a target as they are kept, page by page, so that each statement is short. */
export async function keptFindings(
  store: Store,
  wanted: {
    readonly target: string | undefined;
    readonly status: FindingStatus | 'all';
    readonly severity: Severity;
    readonly now: Date;
  },
): Promise<KeptFindings> {
  const { target, status, severity, now } = wanted;
  const { targetKey, scanId } = await findStoredScan(store, target);
  const asOf = await findAsOf(store.sql, { scanId });
  const findings: KeptFinding[] = [];
  for (let last: KeptFinding | undefined; ;) {
    const page = await listFindings(store.sql, asOf?.targetId ?? 0, {
      ...(status === 'all' ? {} : { status }),
      severity,
      ...(last === undefined ? {} : { after: { severity: last.finding.severity, id: last.id } }),
      limit: pageSize,
    });
    findings.push(...page);
    last = page.at(-1);
    if (page.length < pageSize) {
      break;
    }
  }
  const unmatched = await listExceptions(store.sql, {
    targetKey,
    openAt: now.toISOString(),
    isUnmatched: true,
    limit: pageSize,
  });
  return { target: targetKey, takenAt: asOf?.takenAt ?? '', findings, unmatchedExceptions: unmatched.length };
}

/** What became of one finding, the oldest first. Throws `findingNotFound`. */
export async function findingHistory(
  store: Store,
  target: string | undefined,
  fingerprint: string,
): Promise<{ readonly state: FindingState; readonly changes: readonly RecordedFindingChange[] }> {
  const { targetId } = await findStoredScan(store, target);
  const [state] = await listFindings(store.sql, targetId, { fingerprint, limit: 1 });
  if (state === undefined) {
    throw new CliError(
      'findingNotFound',
      `no finding \`${fingerprint}\`: expected a fingerprint that \`ecr-audit findings --status all\` shows`,
    );
  }
  return { state, changes: await listFindingChanges(store.sql, targetId, { fingerprint, limit: pageSize }) };
}
