import { all, describeFormula, type Formula } from '@ecr-audit/policy';

const ALLOW = ' (Allow statements)';
const DENY = ' (Deny statements)';

/**
 * The formula as people say it. `foreign` names the policies of a caller whose account is not ours to read.
 *
 * A source that was not read may allow and may deny; where access needs its Allow and the absence of its Deny, that is
 * one clause. It is summed up only at the top of a conjunction: below an alternative the two would not belong together.
 */
export function describeCondition(formula: Formula, foreign: string | null = null): string {
  const parts = formula.kind === 'all' ? formula.of : [formula];
  const denied = new Set(parts.flatMap((part) => (part.kind === 'not' ? placesOf(part.of, DENY) : [])));
  const whole = new Set(parts.flatMap((part) => placesOf(part, ALLOW)).filter((place) => denied.has(place)));
  if (whole.size === 0) {
    return describeFormula(formula);
  }
  const rest = all(
    parts.filter((part) => {
      const [place] = part.kind === 'not' ? placesOf(part.of, DENY) : placesOf(part, ALLOW);
      return place === undefined || !whole.has(place);
    }),
  );
  const clauses = [...whole].map((place) => (place === foreign ? 'if its own account allows it' : unreadClause(place)));
  return [...(rest.kind === 'true' ? [] : [describeFormula(rest)]), ...clauses].join(', and ');
}

function placesOf(formula: Formula, suffix: string): string[] {
  return formula.kind === 'unreadable' && formula.place.endsWith(suffix)
    ? [formula.place.slice(0, -suffix.length)]
    : [];
}

function unreadClause(place: string): string {
  const isPlural = ['policies of ', 'SCPs of ', 'RCPs of '].some((start) => place.startsWith(start));
  const isPolicyOf = ['repository policy of ', 'registry policy of '].some((start) => place.startsWith(start));
  return `if ${isPlural || isPolicyOf ? 'the ' : ''}${place}, which could not be read, ${isPlural ? 'allow it and do' : 'allows it and does'} not deny it`;
}
