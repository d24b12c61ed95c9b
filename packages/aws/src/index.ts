export { activityWindowBefore, activityWindowDaysMax } from './cloudtrail/activity-window.ts';
export { isPassingGap } from './attempt.ts';
export { callerIdentity } from './caller-identity.ts';
export type { CallerIdentity } from './caller-identity.ts';
export { activityRegions, collectAccount } from './collect-account.ts';
export type {
  AccountCollection,
  AccountCollectionOptions,
  CollectionProgress,
  CollectionStep,
} from './collect-account.ts';
export { collectCloudTrail } from './cloudtrail/collect-cloudtrail.ts';
export type { CloudTrailQuery } from './cloudtrail/collect-cloudtrail.ts';
export type { CallCount, CallLog, CallResult } from './calls/call-log.ts';
export { minimalCalls } from './calls/minimal-calls.ts';
export { collectEcr } from './collect-ecr.ts';
export { collectIam } from './collect-iam.ts';
export type { Collection } from './collection.ts';
export { AwsError, awsErrorCodes } from './errors.ts';
export type { AwsErrorCode } from './errors.ts';
export {
  activityEventNames,
  ecrChangeEventNames,
  ecrUseEventNames,
  eventNamesFor,
  iamChangeEventNames,
} from './cloudtrail/event-names.ts';
export { readLogFiles } from './cloudtrail/log-files/read-log-files.ts';
export type { LogFile, LogFileReading, LogFilesOptions } from './cloudtrail/log-files/read-log-files.ts';
export { lookupActivity } from './cloudtrail/lookup-activity.ts';
export type { ActivityLookup, LookupBatch, NameToLookUp } from './cloudtrail/lookup-activity.ts';
export type { ActivityWindow } from './cloudtrail/lookup-events.ts';
export { enabledRegions } from './enabled-regions.ts';
export { openAwsFleet } from './fleet/open-fleet.ts';
export type { AwsFleet, AwsFleetOptions } from './fleet/open-fleet.ts';
export { collectOrganization } from './organization/collect-organization.ts';
export type { OrganizationCollection, OrganizationProgress } from './organization/collect-organization.ts';
export { discoverOrganization } from './organization/discover-organization.ts';
export type { DiscoveredAccount, OrganizationDiscovery } from './organization/discover-organization.ts';
export { organizationOf, type OrganizationMembership } from './organization/organization-of.ts';
export { asksForTags, gapsOfLeftOut, selectAccounts, unreadAccount } from './organization/select-accounts.ts';
export type { AccountChoice, AccountFilter, AccountSelection } from './organization/select-accounts.ts';
export { readSnapshotDirectory, snapshotFileBytesMax } from './read-snapshot-directory.ts';
export { homeRegion, isRegionName } from './regions.ts';
export { createAwsSession } from './session.ts';
export type { AwsSession, AwsSessionOptions } from './session.ts';
export { snapshotManifest, sortedGaps } from './snapshot-manifest.ts';
export type { RateClock } from './token-bucket.ts';
export { writeSnapshotDirectory } from './write-snapshot-directory.ts';
export { probeAccount } from './doctor/probe-account.ts';
export type { AccountProbes } from './doctor/probe-account.ts';
export { probeClock } from './doctor/probe-clock.ts';
export { probeOrganization } from './doctor/probe-organization.ts';
export type { OrganizationProbes } from './doctor/probe-organization.ts';
export type { Probe, ProbeOutcome } from './doctor/probe.ts';
export { readLastAccessed } from './last-accessed/read-last-accessed.ts';
export type { LastAccessedAnswer, LastAccessedQuery, PrincipalToAsk } from './last-accessed/read-last-accessed.ts';
export { readManagedPolicies } from './managed-policies/read-managed-policies.ts';
export type { ManagedPoliciesReading } from './managed-policies/read-managed-policies.ts';
