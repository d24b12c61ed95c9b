import type { PrincipalRef } from '@ecr-audit/access';
import type { AccessCell } from '@ecr-audit/store';

/** A principal that holds the parts of pull or push and still cannot use them: it gets no authorization token. */
export interface TokenlessAccess {
  readonly principal: PrincipalRef;
  readonly capability: 'pull' | 'push';
  /** ARNs. */
  readonly repositories: readonly string[];
}

// `ecr:PutImage` stands for push: whoever may put a manifest was meant to push.
const parts = {
  pull: ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
  push: ['ecr:PutImage', 'ecr:BatchGetImage'],
} as const;

/**
 * Users and roles whose pull or push is worth nothing although its parts are allowed, by ARN.
 *
 * For pull the token is the only thing that can be missing. For push it may be another action, so whoever is found has
 * yet to be asked for a token.
 */
export function tokenlessAccess(cells: readonly AccessCell[]): TokenlessAccess[] {
  // What is unknown may lack more than a token.
  const people = cells.filter(
    ({ principal, decision }) => (principal.kind === 'user' || principal.kind === 'role') && decision !== 'unknown',
  );
  const groups = Map.groupBy(people, ({ principal, repository }) => `${principal.id} ${repository?.arn ?? ''}`);
  const found = new Map<string, { principal: PrincipalRef; capability: 'pull' | 'push'; repositories: string[] }>();
  for (const group of groups.values()) {
    const [first] = group;
    const actions = new Set(group.map(({ action }) => action));
    for (const capability of ['push', 'pull'] as const) {
      const isHeld = parts[capability].every((action) => actions.has(action)) && !actions.has(capability);
      if (first === undefined || !isHeld) {
        continue;
      }
      const key = `${first.principal.id} ${capability}`;
      const entry = found.get(key) ?? { principal: first.principal, capability, repositories: [] };
      entry.repositories.push(first.repository?.arn ?? '*');
      found.set(key, entry);
    }
  }
  return [...found.values()]
    .map((entry) => ({ ...entry, repositories: entry.repositories.toSorted() }))
    .toSorted((a, b) => (a.principal.arn < b.principal.arn ? -1 : a.principal.arn > b.principal.arn ? 1 : 0));
}
