export { capabilitiesShownBy } from './activity/capability-use.ts';
export {
  ECR_CHANGE_EVENTS,
  ECR_USE_EVENTS,
  IAM_CHANGE_EVENTS,
  IDENTITY_CENTER_CHANGE_EVENTS,
  ORGANIZATION_CHANGE_EVENTS,
  READ_EVENTS,
  SESSION_EVENTS,
} from './activity/event-catalogue.ts';
export type {
  ActivityActor,
  ActivityActorKind,
  ActivityEvent,
  ActivityResource,
  ChangeEvent,
  EcrUse,
  IgnoredReason,
  RejectReason,
  SessionOrigin,
} from './activity/event.ts';
export {
  type FoldedEvents,
  type FoldedSession,
  type FoldedUse,
  foldEvents,
  type RejectedEvent,
  type UseGroup,
} from './activity/fold-events.ts';
export { type Interval, intersectionOf, missingFrom, unionOf } from './activity/intervals.ts';
export type { LastAccessedEntry, LastAccessedReport } from './activity/last-accessed.ts';
export {
  type ActivityBatch,
  type ActivityHole,
  type ActivitySource,
  EVERY_EVENT,
  EVERY_WRITE,
  type HoleReason,
  type ObservedInterval,
} from './activity/observed.ts';
export { parseEvent, type ParsedEvent, type ParseOptions } from './activity/parse-event.ts';
export { type LookupPlan, planLookup } from './activity/plan-lookup.ts';
export { resourceArn } from './activity/resources.ts';
export {
  type AccessProfile,
  type PrincipalAccess,
  type RegistryAccess,
  type RepositoryAccess,
  resolveReasons,
} from './access-matrix.ts';
export type { AccessRow } from './access-row.ts';
export { type Alert, alertSchema, type AlertedFinding } from './alerts/alert.ts';
export type { AlertSettings } from './alerts/alert-settings.ts';
export { type FindingToTell, planAlerts } from './alerts/plan-alerts.ts';
export {
  add,
  addAll,
  and,
  andNot,
  bitSet,
  type BitSet,
  count,
  has,
  intersects,
  isEmpty,
  keyOf,
  members,
  or,
} from './bit-set.ts';
export {
  type AccessAnswer,
  type Decision,
  type EvaluationLimit,
  isAccess,
  type PolicyType,
  type Reason,
  type Residual,
} from './answer.ts';
export { type Carrier, carrierOf, type EcrSay, type ManagedPolicyDocument, saysAnything } from './carriers/carrier.ts';
export { type FreedPrincipals, type Power, POWERS } from './carriers/freed-by.ts';
export type { EffectChange, EffectKind, PolicyEffect } from './carriers/access-with-versions.ts';
export {
  type ManagedPolicyChange,
  type ManagedPolicyChanges,
  managedPolicyChanges,
} from './carriers/policy-changes.ts';
export type { ChangedStatement } from './carriers/statement-changes.ts';
export type { SnapshotWithParts, UnknownPlace } from './carriers/version-pairs.ts';
export { type HeldCarrier, rankCarriers } from './carriers/rank-carriers.ts';
export type { Cause, CauseEvent, NoEvent, NoEventReason } from './cause/cause.ts';
export type { CauseActor } from './cause/cause-actor.ts';
export { type CauseInput, causesOf } from './cause/causes-of.ts';
export { describeActor, describeCause } from './cause/describe-cause.ts';
export type { SeenChange } from './cause/seen-change.ts';
export { snapshotChanges } from './cause/snapshot-changes.ts';
export { accessDrift } from './drift/access-drift.ts';
export type {
  ConfigurationDifference,
  DifferenceKind,
  DifferingStatement,
  UnknownConfiguration,
} from './drift/configuration-difference.ts';
export { type ConfigurationDifferences, configurationDifferences } from './drift/configuration-differences.ts';
export type { DriftKind } from './drift/drift-change.ts';
export type { AccessDrift, AccessDrifts, UnknownDrift } from './drift/drifted-access.ts';
export { type AccessLevel, ECR_ACTIONS, type EcrAction, findEcrAction } from './ecr/actions.ts';
export { CAPABILITIES, type Capability, type CapabilityDefinition } from './ecr/capabilities.ts';
export { ERROR_CODES, SnapshotFormatError } from './errors.ts';
export type { Coverage, Covered, CoverageSource } from './evaluate/coverage.ts';
export { evaluateByReference, type ReferenceOptions } from './evaluate/evaluate-by-reference.ts';
export {
  type EvaluatedAccount,
  type EvaluatedRegistry,
  type EvaluatedRepository,
  type EvaluationOptions,
  type EvaluationResult,
  evaluateSnapshot,
} from './evaluate/evaluate-snapshot.ts';
export { EVALUATOR_VERSION } from './evaluate/evaluator-version.ts';
export type { UnreadPolicy } from './evaluate/unread-policies.ts';
export { asffArray, type AsffSettings, isImportable } from './exports/asff.ts';
export { asffBatches } from './exports/asff-batches.ts';
export type { ExportedFinding, ExportSource, FindingLife } from './exports/exported-finding.ts';
export { ocsfLines } from './exports/ocsf.ts';
export { sarifLog } from './exports/sarif.ts';
export type { SarifSettings } from './exports/sarif-result.ts';
export { LIMITS, type LimitCode } from './evaluate/limits.ts';
export { type Finding, isAtLeast, SEVERITIES, type Severity } from './findings/finding.ts';
export { findingInput } from './findings/finding-input.ts';
export { type FindingScope, isScopeWithin } from './findings/finding-scope.ts';
export type { FindingEvent } from './findings/finding-events.ts';
export type { NotableEvent } from './activity/notable-event.ts';
export {
  FINDING_STATUSES,
  type FindingChange,
  type FindingChangeKind,
  type FindingException,
  type FindingState,
  type FindingStatus,
} from './finding-life/finding-state.ts';
export { findingSchema, findingScopeSchema } from './finding-life/finding-schema.ts';
export { judgeExceptions } from './finding-life/judge-exceptions.ts';
export { judgeScan, type JudgedFindings, JUDGED_BY } from './finding-life/judge-scan.ts';
export type { CausedDrift } from './finding-life/finding-causes.ts';
export { findFindings, findingSteps, type FoundFindings } from './findings/find-findings.ts';
export type { Rule } from './findings/rule.ts';
export { RULES } from './findings/rules.ts';
export type { FindingSettings, RepositorySelection } from './findings/settings.ts';
export { type ObservedEvents } from './over-permission/observation.ts';
export { type ObservedUse, usesOf } from './over-permission/observed-use.ts';
export { type Granted, type GrantedAccess, type GrantedBlock, grantedBy } from './over-permission/granted-access.ts';
export {
  type Absence,
  type Confidence,
  DAY_MS,
  type Period,
  UNKNOWN_REASONS,
  type UnknownReason,
} from './over-permission/judge-absence.ts';
export { overPermission, type OverPermissionInput } from './over-permission/over-permission.ts';
export { IDLE_REASONS, type IdlePolicies, type IdlePolicy, type IdleReason } from './over-permission/idle-policy.ts';
export {
  MISSING_SIDES,
  type MissingSide,
  type OneSidedGrant,
  type OneSidedGrants,
  type UnknownOtherSide,
} from './over-permission/one-sided-grant.ts';
export {
  type PolicyFindings,
  policyFindings,
  SNAPSHOT_FINDINGS_VERSION,
  type SnapshotFindings,
  snapshotFindings,
} from './over-permission/policy-findings.ts';
export { productionTest } from './over-permission/production.ts';
export type {
  AbsentUse,
  GoneUser,
  OverPermissionFinding,
  OverPermissionReport,
  PrincipalUse,
  RegistryRightUse,
  ReportedRepository,
  RightUse,
  UnusableGrant,
  UsedRepository,
} from './over-permission/report.ts';
export { repositoryCreations } from './over-permission/repository-creations.ts';
export { snapshotActivity, type SnapshotActivity } from './over-permission/snapshot-activity.ts';
export type { PrincipalKind, PrincipalRef } from './principal.ts';
export { askedUse } from './rehearsal/asked-use.ts';
export { type ChangeProblem, pathText } from './rehearsal/change-problem.ts';
export { plainRehearsal, type PlainChange, type PlainRehearsal } from './rehearsal/plain-rehearsal.ts';
export {
  type Rehearsal,
  type RehearsalResult,
  rehearsalSteps,
  rehearse,
  type UseGiven,
  withUse,
} from './rehearsal/rehearse.ts';
export type { ChangeKind } from './rehearsal/side.ts';
export { useInParts } from './rehearsal/use-in-parts.ts';
export { answerRequestByEngine } from './request/answer-by-engine.ts';
export { answerRequest, type RequestAnswer } from './request/answer-request.ts';
export { explainRequest, type ExplanationResult } from './request/explain-request.ts';
export type {
  Attachment,
  ExplainedAction,
  ExplainedGate,
  ExplainedStatement,
  Explanation,
  PolicyOwner,
} from './request/explanation.ts';
export { type AccessRequest, accessRequestSchema } from './request/request-schema.ts';
export { tellStory } from './request/tell-story.ts';
export { assembleSnapshot } from './snapshot/assemble.ts';
export type { CollectionGap, CollectionGapReason } from './snapshot/gap.ts';
export type { DocumentProblem, Snapshot } from './snapshot/model.ts';
export { describeOutsideResidual, describeResidual } from './describe-residual.ts';
export type { SnapshotPart } from './snapshot/part.ts';
export type { SuggestedDocument, SuggestedStatement } from './suggestion/suggested-document.ts';
export { suggestForPrincipal, type SuggestionInput } from './suggestion/suggest-for-principal.ts';
export {
  type RemovedUser,
  type RepositorySuggestion,
  suggestForRepository,
} from './suggestion/suggest-for-repository.ts';
export type { InlineRoom } from './suggestion/inline-room.ts';
export type { RepositoryUse } from './suggestion/repository-needs.ts';
export type {
  BasisPlace,
  GainedRight,
  NearestManagedPolicy,
  PrincipalProof,
  PrincipalSuggestion,
  RefusalCode,
  RemovedRight,
  Suggestion,
  UsedRight,
} from './suggestion/suggestion.ts';
export { withGaps } from './snapshot/with-gaps.ts';
