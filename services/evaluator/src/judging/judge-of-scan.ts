import { createHash } from 'node:crypto';
import {
  accessDrift,
  type CausedDrift,
  causesOf,
  configurationDifferences,
  type Coverage,
  findingSteps,
  findingInput,
  type FindingSettings,
  judgeScan,
  JUDGED_BY,
  type JudgedFindings,
  type Snapshot,
  snapshotChanges,
  assembleSnapshot,
  type SnapshotPart,
} from '@ecr-audit/access';
import type { AuditConfiguration } from '@ecr-audit/runtime';
import {
  changesAsEvents,
  changesBetween,
  type Judge,
  type JudgedScan,
  latestCompletedScan,
  notableSince,
  observedEverywhere,
  type OutboxMessage,
  type Store,
  tellingUses,
  usesSince,
} from '@ecr-audit/store';
import { snapshotOfScan } from '../snapshot-of-scan.ts';
import { driftToSave } from './drift-to-save.ts';
import { inTurns } from './in-turns.ts';
import { repositoryTags } from './repository-tags.ts';

/** What findings and alerts go by. */
export interface JudgingSettings {
  readonly findings: FindingSettings;
  readonly alerts: AuditConfiguration['alerts'];
}

interface Side {
  readonly snapshot: Snapshot;
  readonly parts: readonly SnapshotPart[];
}

// As long as an occurrence is a finding.
const occurrenceDays = 30;
const dayMs = 24 * 60 * 60 * 1000;
// A message is for people; what more there is comes in the next.
const changesPerMessage = 200;

/**
 * Works out the drift since the scan before, with its causes, and the findings, and gives what decides within the transaction
 * what becomes of them. Cost: little beside the evaluation, unless much changed.
 */
export async function judgeOfScan(
  store: Store,
  scan: Side & {
    readonly targetKey: string;
    readonly coverage: readonly Coverage[];
    readonly evaluated: NonNullable<Parameters<typeof findingInput>[1]['evaluated']>;
  },
  { settings, now }: { readonly settings: JudgingSettings; readonly now: () => Date },
): Promise<Judge> {
  const earlier = await latestCompletedScan(store.sql, scan.targetKey);
  const before = earlier === null ? null : await sideOf(store, earlier.id);
  const since = before === null ? null : await driftSince(store, before, scan);
  const seen = await seenBefore(store, scan.snapshot.takenAt, settings.findings);
  const drift = since === null ? null : { ...since.drift, differences: since.differences };
  const input = findingInput(scan, {
    before,
    settings: settings.findings,
    evaluated: scan.evaluated,
    drift,
    ...(seen === null ? {} : { seen }),
  });
  const found = await inTurns(findingSteps(input, digest));
  const tagsOf = repositoryTags(scan.snapshot);
  const takenAt = new Date(scan.snapshot.takenAt).toISOString();
  return {
    fingerprints: found.findings.map(({ fingerprint }) => fingerprint),
    sinceScanId: earlier?.id ?? null,
    decide: (known) =>
      judgedScan(
        judgeScan({
          before: known,
          scan: { found, coverage: scan.coverage, takenAt },
          since,
          settings: settings.alerts,
          tagsOf,
          now: now().toISOString(),
          digest,
        }),
        earlier === null || since === null ? null : { scanId: earlier.id, since },
      ),
  };
}

/** What the database knows of events and use until a time; null where nobody has read any. */
async function seenBefore(
  { sql }: Store,
  takenAt: string,
  { dormantDays }: FindingSettings,
): Promise<NonNullable<Parameters<typeof findingInput>[1]['seen']> | null> {
  const observed = await observedEverywhere(sql);
  if (observed.length === 0) {
    return null;
  }
  const [recent, long] = [occurrenceDays, dormantDays].map((days) => new Date(Date.parse(takenAt) - days * dayMs));
  const since = { recent: recent ?? new Date(0), long: long ?? new Date(0) };
  return {
    observed,
    uses: await usesSince(sql, since.long),
    events: [
      ...(await notableSince(sql, since.recent)),
      ...(await changesAsEvents(sql, since.recent)),
      ...(await tellingUses(sql, since.long)),
    ],
  };
}

/** The snapshot of an earlier scan; null where it was forgotten. */
async function sideOf(store: Store, scanId: string): Promise<Side | null> {
  const { parts } = await snapshotOfScan(store, scanId);
  return parts.some(({ path }) => path.startsWith('accounts/')) ? { snapshot: assembleSnapshot(parts), parts } : null;
}

async function driftSince(store: Store, before: Side, after: Side): Promise<CausedDrift> {
  const { differences } = configurationDifferences(before, after);
  const drift = accessDrift(before, after, differences);
  const own = snapshotChanges([before, after]);
  const times = { fromTime: before.snapshot.takenAt, toTime: after.snapshot.takenAt };
  const kept = await changesBetween(store.sql, times);
  const changes = [...own.changes, ...kept.changes];
  const observed = [...own.observed, ...kept.observed];
  const causes = causesOf(differences, { from: before, to: after, changes, observed });
  return { drift, differences, causes, changes };
}

function judgedScan(
  { states, changes, alerts, told, toUpdate }: JudgedFindings,
  from: { readonly scanId: string; readonly since: CausedDrift } | null,
): JudgedScan {
  return {
    judgedBy: JUDGED_BY,
    findings: { states, changes, told },
    drift: from === null ? null : driftToSave(from.scanId, from.since),
    outbox: [
      ...updates(toUpdate),
      ...alerts.map((alert): OutboxMessage => ({ kind: 'alert', payload: alert, notBefore: alert.notBefore })),
    ],
  };
}

function updates(changes: JudgedFindings['toUpdate']): OutboxMessage[] {
  const count = Math.ceil(changes.length / changesPerMessage);
  return Array.from({ length: count }, (_, index) => ({
    kind: 'finding.changed',
    payload: { changes: changes.slice(index * changesPerMessage, (index + 1) * changesPerMessage) },
  }));
}

/** SHA-256, as fingerprints of findings are written. */
function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
