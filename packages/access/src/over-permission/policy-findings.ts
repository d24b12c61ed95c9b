import { EVALUATOR_VERSION } from '../evaluate/evaluator-version.ts';
import type { Snapshot } from '../snapshot/model.ts';
import type { SnapshotPart } from '../snapshot/part.ts';
import { idlePolicies } from './idle-policies.ts';
import type { IdlePolicies } from './idle-policy.ts';
import type { OneSidedGrants } from './one-sided-grant.ts';
import { oneSidedGrants } from './one-sided-grants.ts';
import { repositoryCreations } from './repository-creations.ts';

/** Of the rules: what was found by others has to be found again. */
export const SNAPSHOT_FINDINGS_VERSION = `${EVALUATOR_VERSION} 1`;

/** What the policies of a snapshot say in vain, whoever uses what. */
export interface PolicyFindings {
  readonly idle: IdlePolicies;
  readonly oneSided: OneSidedGrants;
}

/** What a report needs of a snapshot besides its access. */
export interface SnapshotFindings {
  readonly policies: PolicyFindings;
  /** When each repository was made, by ARN, in milliseconds. */
  readonly createdMs: ReadonlyMap<string, number>;
}

/** It follows from the snapshot alone. Cost: a few evaluations of the whole snapshot. */
export function snapshotFindings(snapshot: Snapshot, parts: readonly SnapshotPart[]): SnapshotFindings {
  return { policies: policyFindings(snapshot), createdMs: repositoryCreations(parts) };
}

/** What the policies of a snapshot say in vain. */
export function policyFindings(snapshot: Snapshot): PolicyFindings {
  return { idle: idlePolicies(snapshot), oneSided: oneSidedGrants(snapshot) };
}
