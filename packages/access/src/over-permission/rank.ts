import { count } from '../bit-set.ts';
import type { PrincipalUse } from './report.ts';

/** What was never used, by what harm it can do: a pushed image runs, a policy opens the door to others. */
const WEIGHTS: readonly string[] = ['push', 'administer', 'delete', 'replicate', 'pull'];

/** The order of the report: unused rights over production, then by capability, each by how many repositories. */
export function mattersMore(a: PrincipalUse, b: PrincipalUse): number {
  if (a.unusedOnProduction !== b.unusedOnProduction) {
    return b.unusedOnProduction - a.unusedOnProduction;
  }
  for (const right of WEIGHTS) {
    const difference = unusedCount(b, right) - unusedCount(a, right);
    if (difference !== 0) {
      return difference;
    }
  }
  return a.principal.arn < b.principal.arn ? -1 : a.principal.arn > b.principal.arn ? 1 : 0;
}

/** On how many repositories a capability is unused. */
function unusedCount({ capabilities }: PrincipalUse, right: string): number {
  const absent = capabilities.find((use) => use.right === right)?.absent ?? [];
  return absent.reduce((sum, { absence, set }) => sum + (absence.kind === 'unused' ? count(set) : 0), 0);
}
