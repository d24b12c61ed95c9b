/** Why something could not be read. */
export type CollectionGapReason = 'accessDenied' | 'throttled' | 'timeout' | 'missingFile' | 'notCollected' | 'failed';

/**
 * Something that could not be read, and so must never look like an empty answer.
 *
 * `source` is the call that failed in IAM's spelling (`ecr:GetRepositoryPolicy`), or the file that is missing.
 * `null` in `accountId`, `region` or `resource` means that the gap is not limited by it.
 */
export interface CollectionGap {
  readonly accountId: string | null;
  readonly region: string | null;
  readonly source: string;
  readonly resource: string | null;
  readonly reason: CollectionGapReason;
  readonly message: string;
}
