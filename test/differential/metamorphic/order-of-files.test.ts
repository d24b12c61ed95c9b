import { assembleSnapshot, evaluateSnapshot, type SnapshotPart } from '@ecr-audit/access';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import { organizationPlan } from '../arbitrary/organization.ts';
import { snapshotFiles } from '../render/snapshot-parts.ts';

/** Lists whose order means nothing. Policies are told in the order in which they are attached, so theirs stays. */
const UNORDERED = new Set(['Accounts', 'OrganizationalUnits', 'UserDetailList', 'RoleDetailList', 'repositories']);

function turned(content: unknown): unknown {
  if (typeof content !== 'object' || content === null || Array.isArray(content)) {
    return content;
  }
  return Object.fromEntries(
    Object.entries(content).map(([name, value]) => [
      name,
      UNORDERED.has(name) && Array.isArray(value) ? value.toReversed() : value,
    ]),
  );
}

function partsOf(files: ReadonlyMap<string, unknown>): SnapshotPart[] {
  return [...files].map(([path, content]) => ({ path, content: JSON.stringify(content) }));
}

function rowsOf(parts: readonly SnapshotPart[]): string[] {
  const { rows } = evaluateSnapshot(assembleSnapshot(parts), { includeDenied: true });
  return [...rows].map((row) => JSON.stringify(row));
}

test('the order of files, accounts, principals and repositories changes no row and not the order of rows', () => {
  fc.assert(
    fc.property(organizationPlan, (plan) => {
      const files = snapshotFiles(plan);
      const other = partsOf(new Map([...files].map(([path, content]) => [path, turned(content)]))).toReversed();
      expect(rowsOf(other)).toEqual(rowsOf(partsOf(files)));
    }),
    { numRuns: 100, seed: 20261122 },
  );
});
