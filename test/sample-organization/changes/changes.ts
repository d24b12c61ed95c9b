import type { Company } from '../model.ts';
import type { Change } from './change.ts';
import { guardrailChanges } from './guardrails.ts';
import { identityChanges } from './identities.ts';
import { registryChanges } from './registries.ts';
import { repositoryPolicyChanges } from './repository-policies.ts';

/** Everything that happened between the two points. No two of them touch the same thing, so their order does not matter. */
export function changes(): Change[] {
  return [...guardrailChanges(), ...identityChanges(), ...registryChanges(), ...repositoryPolicyChanges()];
}

/** The company a week later. */
export function afterChanges(company: Company): Company {
  const later = structuredClone(company);
  for (const change of changes()) {
    change.apply(later);
  }
  return later;
}
