import { accessPlaces, type AccessPlaces, type AsOf, type Store } from '@ecr-audit/store';
import { recentlyUsed } from '../snapshots/recently-used.ts';

// Of an organization with 5,000 repositories some ten megabytes each. Pages go on with the scan of their first one.
const viewsMax = 4;

/** What the access of a scan is written in, kept for whoever asks next: it never changes. */
export interface AccessViews {
  of(asOf: AsOf): Promise<AccessPlaces>;
}

export function accessViews({ sql }: Store): AccessViews {
  const kept = recentlyUsed<AccessPlaces>(viewsMax);
  return { of: (asOf) => kept.get(asOf.scanId, () => accessPlaces(sql, asOf)) };
}
