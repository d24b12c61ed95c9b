import {
  type AccessDrift,
  accessDrift,
  type Cause,
  causesOf,
  type ConfigurationDifference,
  configurationDifferences,
  describeOutsideResidual,
  describeResidual,
  EVALUATOR_VERSION,
  snapshotChanges,
  type UnknownConfiguration,
  type UnknownDrift,
} from '@ecr-audit/access';
import { changesBetween } from '@ecr-audit/store';
import type { JobOf } from './report-jobs.ts';
import type { ScanReader } from './scan-reader.ts';

/** What is answered on one side of a change, with its condition in words. */
type Side = AccessDrift['before'] & { readonly condition: string | null };

/** Access that became other, or may have. */
export interface DriftItem extends Omit<AccessDrift, 'before' | 'after'> {
  /** False where something that was not read keeps it open; `kind` is what it may be then. */
  readonly isCertain: boolean;
  readonly before: Side;
  readonly after: Side;
  readonly unread: readonly string[];
}

export interface DriftReport {
  /** Both snapshots are judged by these rules, so that other rules never show as drift. */
  readonly evaluatorVersion: string;
  readonly compared: { readonly principals: number; readonly repositories: number };
  /** What is certain first, and of that what matters most. */
  readonly items: readonly DriftItem[];
  readonly differences: readonly (ConfigurationDifference & { readonly cause: Cause | null })[];
  readonly notCompared: readonly UnknownConfiguration[];
}

/** How access became other between two scans, because of which differences, and by whose calls. */
export async function driftReport(reader: ScanReader, { fromScanId, toScanId }: JobOf<'drift'>): Promise<DriftReport> {
  const [from, to] = [await reader.read(fromScanId), await reader.read(toScanId)];
  const { differences, notKnown } = configurationDifferences(from, to);
  const drift = accessDrift(from, to, differences);
  const own = snapshotChanges([from, to]);
  const stored = await changesBetween(reader.store.sql, {
    fromTime: from.snapshot.takenAt,
    toTime: to.snapshot.takenAt,
  });
  const causes = causesOf(differences, {
    from,
    to,
    changes: [...own.changes, ...stored.changes],
    observed: [...own.observed, ...stored.observed],
  });
  return {
    evaluatorVersion: EVALUATOR_VERSION,
    compared: drift.compared,
    items: [...drift.drifts.map(certain), ...drift.notKnown.map(open)],
    differences: differences.map((difference, index) => ({ ...difference, cause: causes[index] ?? null })),
    notCompared: notKnown,
  };
}

function certain(drift: AccessDrift): DriftItem {
  return { ...drift, ...sides(drift), isCertain: true, unread: [] };
}

function open({ mayBe, ...drift }: UnknownDrift): DriftItem {
  return { ...drift, ...sides(drift), kind: mayBe, isCertain: false, differences: [], together: false };
}

function sides({
  principals: [principal],
  before,
  after,
}: Pick<AccessDrift, 'principals' | 'before' | 'after'>): Pick<DriftItem, 'before' | 'after'> {
  const side = (each: AccessDrift['before']): Side => ({
    ...each,
    condition:
      principal?.kind === 'external'
        ? describeOutsideResidual(each.residual, principal)
        : describeResidual(each.residual),
  });
  return { before: side(before), after: side(after) };
}
