import { addAll, bitSet } from '../bit-set.ts';
import { CAPABILITIES, type Capability } from '../ecr/capabilities.ts';
import type { GrantedBlock } from './granted-access.ts';
import type { UnusableGrant } from './report.ts';

/** What people grant when they mean the capability; the other parts alone are harmless. */
const HALLMARKS: Readonly<Partial<Record<Capability, string>>> = { pull: 'ecr:BatchGetImage', push: 'ecr:PutImage' };

/** Pull and push that somebody was meant to have, and that do not work. */
export function unusableGrants(blocks: readonly GrantedBlock[], repositoryCount: number): UnusableGrant[] {
  const grants = new Map<string, UnusableGrant>();
  for (const { set, rights } of blocks) {
    for (const { name: capability, actions } of CAPABILITIES) {
      const hallmark = HALLMARKS[capability];
      if (hallmark === undefined || !rights.has(hallmark) || rights.has(capability)) {
        continue;
      }
      const missing = actions.filter((action) => !rights.has(action));
      // Reading the manifest is part of a push, too.
      if (capability === 'pull' && missing.length > 0 && rights.has('push')) {
        continue;
      }
      const reason = missing.length === 0 ? 'noToken' : 'partsMissing';
      const key = `${capability} ${missing.join(' ')}`;
      const grant = grants.get(key) ?? { capability, reason, missing, set: bitSet(repositoryCount) };
      grants.set(key, grant);
      addAll(grant.set, set);
    }
  }
  return [...grants.values()];
}
