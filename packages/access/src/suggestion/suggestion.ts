import type { BitSet } from '../bit-set.ts';
import type { EvaluatedRepository } from '../evaluate/evaluate-snapshot.ts';
import type { Absence, UnknownReason } from '../over-permission/judge-absence.ts';
import type { PrincipalRef } from '../principal.ts';
import type { InlineRoom } from './inline-room.ts';
import type { SuggestedDocument } from './suggested-document.ts';

/** The policy that would be enough, proved; or why there is none. */
export type Suggestion<Suggested> =
  | Suggested
  | { readonly kind: 'refused'; readonly code: RefusalCode; readonly message: string }
  /** Evaluated in place of what it replaces, it did not do what it must: it is not shown. */
  | { readonly kind: 'proofFailed'; readonly lost: readonly UsedRight[]; readonly gained: readonly GainedRight[] };

export type RefusalCode =
  | 'notInSnapshot'
  | 'notAUserOrRole'
  | 'serviceLinkedRole'
  | 'policyUnread'
  | 'conditionNotWritable'
  | 'nothingHeld'
  | 'nothingSeen'
  | 'tooLarge';

export interface PrincipalSuggestion {
  readonly kind: 'suggested';
  readonly principal: PrincipalRef;
  /**
   * To be managed policies: more than one where AWS's limit on the length of those asks for it; none where no right is
   * needed.
   */
  readonly documents: readonly SuggestedDocument[];
  /** The most characters of each of them. */
  readonly lengthMax: number;
  /** Whether they may be inline policies instead; null where that is not known. */
  readonly inline: InlineRoom | null;
  /** The policies whose Allow statements about ECR it takes the place of. Their Deny statements stay. */
  readonly replaces: readonly string[];
  readonly basis: readonly BasisPlace[];
  readonly notes: readonly string[];
  readonly proof: PrincipalProof;
  /** The AWS managed policy that is the nearest fit without giving more than today; null where none is. */
  readonly nearest: NearestManagedPolicy | null;
}

/** How well one registry was watched: what was seen there, or not. */
export interface BasisPlace {
  readonly accountId: string;
  readonly region: string;
  readonly pull: Absence;
  readonly push: Absence;
}

export interface PrincipalProof {
  /** Bit `i` of the sets. Repositories of others that were used stand among them. */
  readonly repositories: readonly EvaluatedRepository[];
  readonly kept: readonly UsedRight[];
  /** Used, and needs no statement: a policy of the repository gives it. They stay, too. */
  readonly keptByOthers: readonly UsedRight[];
  /** Used, and denied already today: by a boundary, an SCP or another Deny, or since the right was taken away. */
  readonly deniedAlready: readonly UsedRight[];
  /** Used, and not meant to stay: outside the capability that was asked for. */
  readonly leftOut: readonly UsedRight[];
  readonly removed: readonly RemovedRight[];
}

/** A use that was observed. */
export interface UsedRight {
  /** ARN, or `*` for the registry. */
  readonly resource: string;
  readonly region: string;
  readonly action: string;
  readonly lastMs: number;
  readonly events: number;
  readonly onBehalfOf: readonly string[];
}

/** A right that the suggestion would add, which none may. */
export interface GainedRight {
  readonly action: string;
  readonly resources: readonly string[];
}

export interface RemovedRight {
  readonly action: string;
  /** Empty for actions of registries. */
  readonly set: BitSet;
  /** Why it is not known that it was unused; null where that is known. */
  readonly doubt: UnknownReason | null;
}

export interface NearestManagedPolicy {
  readonly arn: string;
  readonly name: string;
  /** Actions that it leaves although they were not used, and on how many repositories in all. */
  readonly leavesOver: readonly { readonly action: string; readonly repositories: number }[];
}
