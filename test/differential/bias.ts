import { assembleSnapshot, evaluateSnapshot } from '@ecr-audit/access';
import * as fc from 'fast-check';

import { organizationPlan } from './arbitrary/organization.ts';
import { featuresOf } from './features.ts';
import { snapshotParts } from './render/snapshot-parts.ts';

/**
 * What generated organizations hold: the share of cells by decision, the mean number of deciding statements, and how
 * many of the organizations have each feature.
 */
export function describeBias({
  organizations,
  seed,
}: {
  readonly organizations: number;
  readonly seed: number;
}): string {
  const cells = new Counter();
  const found = new Counter();
  let reasons = 0;
  let total = 0;
  for (const plan of fc.sample(organizationPlan, { seed, numRuns: organizations })) {
    const decisions = new Set<string>();
    for (const row of evaluateSnapshot(assembleSnapshot(snapshotParts(plan)), { includeDenied: true }).rows) {
      total += 1;
      reasons += row.reasons.length;
      cells.add(row.decision);
      decisions.add(`cells that are ${row.decision}`);
      row.limits.forEach(({ code }) => decisions.add(`limit ${code}`));
    }
    [...decisions, ...featuresOf(plan)].forEach((feature) => found.add(feature));
  }
  return [
    `${organizations} organizations, ${total} cells, ${(reasons / total).toFixed(2)} deciding statements a cell`,
    ...cells.entries().map(([decision, count]) => `${percent(count, total)} of cells ${decision}`),
    ...found.entries().map(([feature, count]) => `${percent(count, organizations)} of organizations: ${feature}`),
  ].join('\n');
}

class Counter {
  readonly #counts = new Map<string, number>();

  add(name: string): void {
    this.#counts.set(name, (this.#counts.get(name) ?? 0) + 1);
  }

  /** The most frequent first. */
  entries(): [string, number][] {
    return [...this.#counts].toSorted(([, a], [, b]) => b - a);
  }
}

function percent(count: number, total: number): string {
  return `${((100 * count) / total).toFixed(1).padStart(5)} %`;
}
