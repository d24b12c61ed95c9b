import type { SnapshotWithParts } from '../carriers/version-pairs.ts';
import { assembleOrganization } from '../snapshot/assemble-organization.ts';
import type { Snapshot } from '../snapshot/model.ts';
import type { BothSides } from './both-sides.ts';
import type { ConfigurationDifference } from './configuration-difference.ts';
import { organizationFile } from './organization-facts.ts';
import { putIdentity } from './put-identity.ts';
import { putOrganization } from './put-organization.ts';
import { putResource } from './put-resource.ts';

/** Snapshots between two: the one with a single fact of the other. */
export interface Hybrids {
  readonly before: Snapshot;
  readonly after: Snapshot;
  /** What was before, with this one difference. */
  alone(index: number): Snapshot;
  /** What is there afterwards, without this one difference. */
  without(index: number): Snapshot;
}

export function createHybrids({
  sides: { before, after },
  before: earlier,
  after: later,
  differences,
}: {
  readonly sides: BothSides;
  readonly before: SnapshotWithParts;
  readonly after: SnapshotWithParts;
  readonly differences: readonly ConfigurationDifference[];
}): Hybrids {
  const files = { before: organizationFile(earlier.parts), after: organizationFile(later.parts) };
  const made = new Map<string, Snapshot>();
  const hybrid = (index: number, side: 'before' | 'after'): Snapshot => {
    const [base, other] = side === 'before' ? [before, after] : [after, before];
    const [file, otherFile] = side === 'before' ? [files.before, files.after] : [files.after, files.before];
    const difference = differences[index];
    if (difference === undefined) {
      return base;
    }
    if (difference.accountId !== null) {
      return putResource(putIdentity(base, other, difference), other, difference);
    }
    return file === null || otherFile === null
      ? base
      : { ...base, organization: assembleOrganization(putOrganization(file, otherFile, difference), []) };
  };
  const remembered = (index: number, side: 'before' | 'after'): Snapshot => {
    const key = `${side} ${index}`;
    const known = made.get(key) ?? hybrid(index, side);
    made.set(key, known);
    return known;
  };
  return {
    before,
    after,
    alone: (index) => remembered(index, 'before'),
    without: (index) => remembered(index, 'after'),
  };
}
