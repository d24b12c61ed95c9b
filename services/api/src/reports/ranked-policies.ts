import { type Carrier, type FreedPrincipals, rankCarriers, saysAnything } from '@ecr-audit/access';
import type { JobOf } from './report-jobs.ts';
import type { ScanReader } from './scan-reader.ts';

/** A managed policy that says something of ECR, with who holds it and who would be freed without it. */
export interface RankedPolicy extends Carrier {
  readonly principals: number;
  readonly boundaries: number;
  readonly freed: FreedPrincipals;
}

export interface RankedPolicies {
  /** The one that frees most comes first. */
  readonly items: readonly RankedPolicy[];
}

/** The managed policies of a scan that say anything of ECR, or may because they cannot be read whole. */
export async function rankedPolicies(reader: ScanReader, { scanId, by }: JobOf<'policies'>): Promise<RankedPolicies> {
  const { snapshot, parts } = await reader.read(scanId);
  return { items: rankCarriers(snapshot, parts, { by }).filter(saysAnything) };
}
