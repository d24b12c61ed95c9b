/**
 * When a principal tried to use ECR last, as IAM tells it. Times are ISO.
 *
 * It counts refused attempts, and leaves out use that a resource policy of another account grants.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_last-accessed.html
 */
export interface LastAccessedReport {
  /** AWS's unique id. */
  readonly principalId: string;
  readonly accountId: string;
  readonly arn: string;
  /**
   * The finest level that AWS gave. `service`: that an action is not named says nothing about it. `notListed`: ECR is not
   * among the services that the principal's own policies allow.
   */
  readonly evidence: 'action' | 'service' | 'notListed';
  readonly trackedFrom: string;
  readonly trackedUntil: string;
  readonly readAt: string;
  readonly entries: readonly LastAccessedEntry[];
}

export interface LastAccessedEntry {
  /** Empty for the service as a whole. */
  readonly action: string;
  /** Null: not within the tracking period. */
  readonly lastAt: string | null;
  readonly region: string | null;
}
