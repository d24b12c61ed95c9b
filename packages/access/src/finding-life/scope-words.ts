import { type FindingScope, scopeGrowth } from '../findings/finding-scope.ts';

const NAMED_MAX = 3;

/** What one scope has and another has not, in words; null where it is within. */
export function beyond(now: FindingScope, approved: FindingScope): string | null {
  const { repositories, rights, principals, toCome, lostConditions } = scopeGrowth(now, approved);
  const parts = [
    more('more repository', 'more repositories', repositories),
    more('more right', 'more rights', rights),
    more('more principal', 'more principals', principals),
    more('registry with all that is made there', 'registries with all that is made there', toCome),
    more('condition less', 'conditions less', lostConditions),
  ].filter((part) => part !== null);
  return parts.length === 0 ? null : parts.join('; ');
}

function more(one: string, many: string, added: readonly string[]): string | null {
  return added.length === 0 ? null : `${added.length} ${added.length === 1 ? one : many}: ${listed(added)}`;
}

function listed(texts: readonly string[]): string {
  const rest = texts.length - NAMED_MAX;
  return `${texts.slice(0, NAMED_MAX).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}
