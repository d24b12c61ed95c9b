/** Why taking a policy away changes nobody's access to ECR. */
export type IdleReason =
  /** Others bring the same. */
  | 'covered'
  /** It only forbids, and nothing allows what it forbids: it is a safeguard, and may be meant as one. */
  | 'forbidsOnly'
  /** A Deny of another policy that the holder has forbids what it allows. */
  | 'forbidden'
  | 'boundary'
  | 'scp'
  /** Its own conditions, or policies of the repositories, of their registry, or RCPs do not let it through. */
  | 'otherSide'
  /** It names repositories of which none exists. */
  | 'namesNothing'
  /** A repository's policy that fits nobody: by its names, its conditions, or the own side of whom it names. */
  | 'letsNobodyIn'
  /** It belongs to a group without members. */
  | 'noMembers';

/** A policy that adds nothing to anybody's access to ECR, as far as everything that was read tells. */
export interface IdlePolicy {
  readonly kind: 'identity' | 'repository';
  /** ARN of a managed policy, `OWNER ARN#inline:NAME`, or the ARN of the repository whose policy it is. */
  readonly policy: string;
  /** Users, roles and groups that can each be freed of it; the repository. Ascending. */
  readonly owners: readonly string[];
  /** Whether all who have it can be freed of it at once. Two policies that cover each other cannot both be taken away. */
  readonly fromAll: boolean;
  readonly reasons: readonly IdleReason[];
  /** Policies that bring or forbid the same. Ascending, at most `COVERING_MAX`. */
  readonly by: readonly string[];
  /** False where it also says something of other services, which would be lost. */
  readonly isOnlyEcr: boolean;
}

export const COVERING_MAX = 20;

export interface IdlePolicies {
  readonly found: readonly IdlePolicy[];
  /** Policies that say something of ECR, and of which it could not be told. */
  readonly notKnown: number;
}

/** One sentence for each reason. */
export const IDLE_REASONS: Readonly<Record<IdleReason, string>> = {
  covered: 'other policies bring the same',
  forbidsOnly: 'it only forbids, and nothing allows what it forbids',
  forbidden: 'a Deny of another policy forbids what it allows',
  boundary: 'the permissions boundary does not let it through',
  scp: 'a service control policy does not let it through',
  otherSide: 'its conditions, or the policies of what it names, do not let it through',
  namesNothing: 'what it names does not exist',
  letsNobodyIn: 'nobody fits its names and conditions, or their own side does not let them through',
  noMembers: 'the group has no members',
};
