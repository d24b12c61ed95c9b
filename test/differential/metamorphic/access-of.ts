import { type AccessRow, assembleSnapshot, evaluateSnapshot } from '@ecr-audit/access';

import { cellOf } from '../compare/compare-rows.ts';
import type { OrganizationPlan } from '../plan.ts';
import { snapshotParts } from '../render/snapshot-parts.ts';

/** Every cell of a plan's organization, denied ones too, as the engine answers it. */
export function accessOf(plan: OrganizationPlan): ReadonlyMap<string, AccessRow> {
  const { rows } = evaluateSnapshot(assembleSnapshot(snapshotParts(plan)), { includeDenied: true });
  return new Map([...rows].map((row) => [cellOf(row), row]));
}
