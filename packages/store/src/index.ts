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
export type { Evaluation, EvaluationCounts, OutboxMessage } from './evaluation/evaluation.ts';

export {
  findScan,
  findScanByInputHash,
  latestCompletedScan,
  listScans,
  listTargets,
  type Scan,
  type ScanFilter,
} from './queries/scans.ts';
export { deliverNextOutboxRow, type OutboxDelivery, type OutboxRow } from './queries/outbox.ts';

export { findAsOf, type AsOf } from './queries/as-of.ts';
export { isKnownAccount, listAccounts, type Account } from './queries/accounts.ts';
export { findRepository, listRepositories, type Repository, type RepositoryFilter } from './queries/repositories.ts';
export { findPrincipal, listPrincipals, type Principal, type PrincipalFilter } from './queries/principals.ts';
export type { AccessCell, AccessFilter } from './queries/access-cell.ts';
export { accessToRepository, type RepositoryAccessFilter } from './queries/access-to-repository.ts';
export { accessOfPrincipal, type PrincipalAccessFilter } from './queries/access-of-principal.ts';
export { listCoverage, listGaps, type RecordedGap } from './queries/coverage.ts';
export { databaseFailureOf, type DatabaseFailure } from './queries/database-failure.ts';
export { migrationState, type MigrationState } from './queries/migration-state.ts';
