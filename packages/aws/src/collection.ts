import type { CollectionGap, SnapshotPart } from '@ecr-audit/access';

/** What one collector read: the files it could fill, and what could not be read. A file that could not be filled is absent. */
export interface Collection {
  readonly parts: readonly SnapshotPart[];
  readonly gaps: readonly CollectionGap[];
}
