export { StoreError, storeErrorCodes, type StoreErrorCode } from './errors.ts';
export type { Sql } from './sql.ts';
export { openStore, type OpenStoreOptions, type Store } from './open-store.ts';
export { migrate } from './migrate.ts';

export { defaultDataDirectory } from './embedded/data-directory.ts';
export {
  startEmbeddedPostgres,
  type EmbeddedPostgres,
  type EmbeddedPostgresOptions,
} from './embedded/start-embedded-postgres.ts';

export { requestScan, type ScanRequest, type ScanTarget } from './request-scan.ts';
export { markScanCollecting, markScanEvaluating, markScanFailed } from './mark-scan.ts';
export { hashParts, readParts, saveParts, type PartsToSave } from './parts.ts';
export { readGaps, saveGaps, type GapsToSave } from './gaps.ts';
export { writeEvaluation, type WrittenEvaluation } from './evaluation/write-evaluation.ts';
export type { CoverageToSave, Evaluation, EvaluationCounts, OutboxMessage } from './evaluation/evaluation.ts';

export {
  findScan,
  findScanByInputHash,
  latestCompletedScan,
  listScans,
  listTargets,
  type Scan,
  type ScanFilter,
} from './queries/scans.ts';
export {
  deliverNextOutboxRow,
  finishOutboxRows,
  type DeliveryOutcome,
  type OutboxDelivery,
  type OutboxRow,
} from './queries/outbox.ts';
export { hasOutboxRow, listDeliveries, type DeliveryFilter, type ListedDelivery } from './queries/outbox-deliveries.ts';
export { messagesThatTold, type ToldMessage } from './queries/outbox-told.ts';
export { listDeadDeliveries, outboxDepths, retryDeadDeliveries, type DeadDelivery } from './queries/outbox-state.ts';

export { findAsOf, type AsOf } from './queries/as-of.ts';
export { findAsOfTime, scanTimes, type KnownOfTime, type ScanMoment, type ScanTimes } from './queries/as-of-time.ts';
export { accessValidity, type Period, type Validity } from './queries/access-validity.ts';
export { isKnownAccount, listAccounts, type Account } from './queries/accounts.ts';
export {
  countRepositories,
  findRepository,
  listRepositories,
  type Repository,
  type RepositoryFilter,
  type RepositorySelection,
} from './queries/repositories.ts';
export {
  countPrincipals,
  findPrincipal,
  listPrincipals,
  type Principal,
  type PrincipalFilter,
  type PrincipalSelection,
} from './queries/principals.ts';
export {
  accessPlaces,
  heldAccess,
  type AccessPlaces,
  type HeldAccess,
  type HeldAccessFilter,
} from './queries/held-access.ts';
export type { HeldVerdict, Said } from './queries/held-verdicts.ts';
export { listCoverageWithGaps, type CoverageFilter, type CoverageWithGaps } from './queries/coverage-with-gaps.ts';
export { accessHistory, type AccessHistory, type DailyScan } from './queries/access-history.ts';
export { scanBefore } from './queries/scan-before.ts';
export { READER_ROLE, readerState } from './queries/reader-state.ts';
export { scanProgress, type ScanProgress } from './queries/scan-progress.ts';
export { summarizeTargets, type TargetSummary } from './queries/targets.ts';
export type { AccessCell, AccessFilter } from './queries/access-cell.ts';
export { accessToRepository, type RepositoryAccessFilter } from './queries/access-to-repository.ts';
export { accessOfPrincipal, type PrincipalAccessFilter } from './queries/access-of-principal.ts';
export { listCoverage, listGaps, type RecordedCoverage, type RecordedGap } from './queries/coverage.ts';
export { findSnapshotFindings, saveSnapshotFindings } from './queries/snapshot-findings.ts';
export { observedEverywhere, usesSince } from './queries/usage.ts';
export { grantsAsOf, type StoredGrants } from './queries/usage-grants.ts';
export { databaseFailureOf, type DatabaseFailure } from './queries/database-failure.ts';
export { migrationState, type MigrationState } from './queries/migration-state.ts';

export { releaseLease, renewLease, takeLease, type Lease } from './fleet/lease.ts';
export { findTargetPlan, saveTargetPlan } from './fleet/target-plan.ts';
export {
  listSchedules,
  markSchedulesApplied,
  saveSchedules,
  scheduleSources,
  type ScheduleSource,
  type StoredSchedule,
} from './fleet/schedules.ts';
export { startScan, type ScanStart } from './fleet/start-scan.ts';
export { finishStep, hasOpenSteps, openSteps, stepName, type ScanStep } from './fleet/steps.ts';
export { wantScan, type WantedScan } from './fleet/want-scan.ts';
export { idleScans, knownPlaces, wantedScans } from './fleet/scans-under-way.ts';
export { forgetOldScans, type ForgottenScans } from './maintenance/forget-old-scans.ts';

export { listActivityCoverage, type ActivityCoverage } from './activity/activity-coverage.ts';
export { forgetOldActivity, type ForgottenActivity } from './activity/forget-old-activity.ts';
export { findImportedFile, type ImportedFile } from './activity/imported-files.ts';
export { listLastAccessed, principalsToReadLastAccessed, saveLastAccessed } from './activity/last-accessed.ts';
export { listActivity, type ActivityFilter, type ActivityRow } from './activity/list-activity.ts';
export { changesBetween } from './activity/changes-between.ts';
export { listChangeEvents, type RecordedChange } from './activity/list-change-events.ts';
export {
  activityHoles,
  activityHorizon,
  observedActivity,
  type ObservedActivity,
  type RecordedHole,
} from './activity/observed-activity.ts';
export { expectEventNames } from './activity/save-observed.ts';
export { saveActivity, type ActivityToSave, type SavedActivity } from './activity/save-activity.ts';
export { describeDatabase, type DatabaseDescription } from './queries/describe-database.ts';

export { acknowledgeFinding, type FindingAction } from './findings/change-finding.ts';
export { addExceptionAsSeen } from './findings/add-exception-as-seen.ts';
export { approveBaseline, listBaselines, type Baseline } from './findings/baselines.ts';
export { applyExceptions, type AppliedExceptions, type ExceptionEntry } from './findings/apply-exceptions.ts';
export {
  addException,
  listExceptions,
  withdrawException,
  type AddedException,
  type ExceptionFilter,
  type ExceptionSource,
  type ListedException,
} from './findings/exceptions.ts';
export {
  countFindings,
  listFindingChanges,
  listFindings,
  type FindingFilter,
  type RecordedFindingChange,
} from './findings/list-findings.ts';
export { findFindingStates, type FindingWithException } from './findings/finding-states.ts';
export type { KeptFinding } from './findings/finding-rows.ts';
export {
  listDifferences,
  listDrift,
  type DriftToSave,
  type KeptDifference,
  type KeptDrift,
  type ListedDifference,
  type ListedDrift,
} from './findings/drift.ts';
export type { JudgedBefore } from './findings/read-before.ts';
export type { Judge, JudgedScan } from './evaluation/evaluation.ts';
export { changesAsEvents, notableSince, tellingUses } from './activity/notable-events.ts';

export {
  API_SCOPES,
  createApiToken,
  findApiToken,
  listApiTokens,
  revokeApiToken,
  saveTokenUses,
  type ApiScope,
  type ApiToken,
  type TokenToCreate,
} from './auth/api-tokens.ts';
export { hashToken, looksLikeToken } from './auth/token-secret.ts';
export { writeAuditLog, type AuditActor, type AuditEntry } from './auth/write-audit-log.ts';
export { forgetOldAuditLog, listAuditLog, type AuditLogFilter, type LoggedAction } from './auth/list-audit-log.ts';
