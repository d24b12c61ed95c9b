import type { CausedDrift } from '@ecr-audit/access';
import type { DriftToSave, KeptDrift } from '@ecr-audit/store';

/** Drift as it is kept: first what is certain, then what something unread keeps open. */
export function driftToSave(sinceScanId: string, { drift, differences, causes }: CausedDrift): DriftToSave {
  return {
    sinceScanId,
    differences: differences.map((difference, index) => ({
      kind: difference.kind,
      accountId: difference.accountId,
      region: difference.region,
      content: difference,
      cause: causes[index] ?? null,
    })),
    drifts: [
      ...drift.drifts.map((each): KeptDrift => ({ ...each, isCertain: true, unread: [] })),
      ...drift.notKnown.map(({ mayBe, ...each }): KeptDrift => ({
        ...each,
        kind: mayBe,
        isCertain: false,
        differences: [],
        together: false,
      })),
    ],
  };
}
