export { activityWindowBefore, activityWindowDaysMax } from './activity-window.ts';
export { callerIdentity } from './caller-identity.ts';
export type { CallerIdentity } from './caller-identity.ts';
export { activityRegions, collectAccount } from './collect-account.ts';
export type {
  AccountCollection,
  AccountCollectionOptions,
  CollectionProgress,
  CollectionStep,
} from './collect-account.ts';
export { collectCloudTrail } from './collect-cloudtrail.ts';
export type { CloudTrailQuery } from './collect-cloudtrail.ts';
export { collectEcr } from './collect-ecr.ts';
export { collectIam } from './collect-iam.ts';
export type { Collection } from './collection.ts';
export { AwsError, awsErrorCodes } from './errors.ts';
export type { AwsErrorCode } from './errors.ts';
export { ecrChangeEventNames, ecrUseEventNames, eventNamesFor, iamChangeEventNames } from './event-names.ts';
export type { ActivityWindow } from './lookup-events.ts';
export { readSnapshotDirectory, snapshotFileBytesMax } from './read-snapshot-directory.ts';
export { homeRegion } from './regions.ts';
export { createAwsSession } from './session.ts';
export type { AwsSession, AwsSessionOptions } from './session.ts';
export { snapshotManifest, sortedGaps } from './snapshot-manifest.ts';
export type { RateClock } from './token-bucket.ts';
export { writeSnapshotDirectory } from './write-snapshot-directory.ts';
