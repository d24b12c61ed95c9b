import { and, type BitSet, count, bitSet, addAll } from '../bit-set.ts';
import type { PrincipalRef } from '../principal.ts';
import type { AbsentUse, OverPermissionFinding, RightUse, UnusableGrant } from './report.ts';

/** What stands out about a principal, from its capabilities. */
export function findingsOf(
  { kind }: PrincipalRef,
  capabilities: readonly RightUse[],
  unusable: readonly UnusableGrant[],
): OverPermissionFinding[] {
  const findings: OverPermissionFinding[] = [];
  const isOutside = kind === 'external' || kind === 'federatedUser';
  // Nobody is seen to replicate, so it says nothing either way.
  const recorded = capabilities.filter(({ absent }) => !absent.some(isNeverRecorded));
  if (recorded.length > 0 && recorded.every(isWhollyUnused)) {
    findings.push(isOutside ? 'outsideNeverUses' : 'neverUses');
  }
  for (const use of capabilities) {
    const finding = FINDINGS.get(use.right);
    if (finding !== undefined && isWhollyUnused(use)) {
      findings.push(finding);
    }
  }
  return unusable.length > 0 ? [...findings, 'cannotUse'] : findings;
}

const FINDINGS: ReadonlyMap<string, OverPermissionFinding> = new Map([
  ['push', 'neverPushes'],
  ['delete', 'neverDeletes'],
  ['administer', 'neverAdministers'],
]);

function isNeverRecorded({ absence }: AbsentUse): boolean {
  return absence.kind === 'notKnown' && absence.reason === 'neverRecorded';
}

/** Unused wherever it is granted. */
function isWhollyUnused({ used, absent }: RightUse): boolean {
  return used.length === 0 && absent.every(({ absence }) => absence.kind === 'unused');
}

const STRONG: ReadonlySet<string> = new Set(['push', 'delete', 'administer']);

/** On how many of some repositories push, delete or administer is unused. */
export function unusedOn(repositories: BitSet, capabilities: readonly RightUse[]): number {
  const unused = bitSet(repositories.length * 32);
  for (const { right, absent } of capabilities) {
    for (const { absence, set } of absent) {
      if (STRONG.has(right) && absence.kind === 'unused') {
        addAll(unused, and(set, repositories));
      }
    }
  }
  return count(unused);
}
