import { type PolicyHolder, policyHolders } from '../over-permission/policy-routes.ts';
import type { ScanView } from './finding-input.ts';

/** The users and roles of a scan with their policies. Worked out once: several rules ask. */
export function holdersOf(scan: ScanView): readonly PolicyHolder[] {
  const known = holders.get(scan) ?? policyHolders(scan.snapshot);
  holders.set(scan, known);
  return known;
}

const holders = new WeakMap<ScanView, readonly PolicyHolder[]>();
