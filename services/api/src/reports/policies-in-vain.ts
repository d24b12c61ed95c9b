import {
  type IdlePolicy,
  type OneSidedGrant,
  SNAPSHOT_FINDINGS_VERSION,
  snapshotFindings,
  type UnknownOtherSide,
} from '@ecr-audit/access';
import { findSnapshotFindings, saveSnapshotFindings } from '@ecr-audit/store';
import type { JobOf } from './report-jobs.ts';
import type { ScanReader } from './scan-reader.ts';

export interface PoliciesInVain {
  readonly idle: readonly IdlePolicy[];
  readonly idleNotKnown: number;
  readonly oneSided: readonly OneSidedGrant[];
  readonly oneSidedNotKnown: readonly UnknownOtherSide[];
}

/** What policies say in vain. The first answer about a scan takes a few evaluations of it, and is kept for the next. */
export async function policiesInVain(reader: ScanReader, { scanId }: JobOf<'policiesInVain'>): Promise<PoliciesInVain> {
  const key = { scanId, version: SNAPSHOT_FINDINGS_VERSION };
  let findings = await findSnapshotFindings(reader.store.sql, key);
  if (findings === null) {
    const { snapshot, parts } = await reader.read(scanId);
    findings = snapshotFindings(snapshot, parts);
    await saveSnapshotFindings(reader.store.sql, key, findings);
  }
  const { idle, oneSided } = findings.policies;
  return {
    idle: idle.found,
    idleNotKnown: idle.notKnown,
    oneSided: oneSided.found,
    oneSidedNotKnown: oneSided.notKnown,
  };
}
