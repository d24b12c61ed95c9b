import type { CollectionGap, SnapshotPart } from '@ecr-audit/access';

import { jsonPart, snapshotTime, sortedBy } from './snapshot-json.ts';

/** Makes `snapshot.json`. The gaps are sorted, so that the same gaps give the same text. */
export function snapshotManifest(manifest: {
  readonly takenAt: Date;
  readonly partition: string;
  readonly gaps: readonly CollectionGap[];
}): SnapshotPart {
  return jsonPart('snapshot.json', {
    formatVersion: 1,
    takenAt: snapshotTime(manifest.takenAt),
    partition: manifest.partition,
    gaps: sortedGaps(manifest.gaps),
  });
}

/** Sorts gaps by account, region, source and resource. */
export function sortedGaps(gaps: readonly CollectionGap[]): readonly CollectionGap[] {
  return sortedBy(gaps, (gap) =>
    [gap.accountId, gap.region, gap.source, gap.resource].map((text) => text ?? '').join(' '),
  );
}
