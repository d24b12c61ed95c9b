import {
  type Absence,
  count,
  members,
  type PrincipalSuggestion,
  type RepositorySuggestion,
  type Suggestion,
  type UsedRight,
} from '@ecr-audit/access';
import { isoTime } from '../over-permission/summary.ts';

/** The suggestion for a user or role as JSON, with its proof. */
export function jsonOfPrincipal(suggestion: Suggestion<PrincipalSuggestion>): string {
  if (suggestion.kind !== 'suggested') {
    return text(whyNot(suggestion));
  }
  const { kind, principal, documents, lengthMax, inline, replaces, basis, notes, nearest, proof } = suggestion;
  return text({
    kind,
    principal,
    documents,
    lengthMax,
    inline,
    replaces,
    basis: basis.map(({ accountId, region, pull, push }) => ({
      accountId,
      region,
      pull: watched(pull),
      push: watched(push),
    })),
    notes,
    nearest,
    proof: {
      kept: proof.kept.map(used),
      keptByOthers: proof.keptByOthers.map(used),
      deniedAlready: proof.deniedAlready.map(used),
      leftOut: proof.leftOut.map(used),
      removed: proof.removed.map(({ action, set, doubt }) => ({
        action,
        repositories: [...members(set)].map((index) => proof.repositories[index]?.arn ?? ''),
        count: count(set),
        notKnownBecause: doubt,
      })),
    },
  });
}

/** The suggestion for a repository as JSON, with its proof. */
export function jsonOfRepository(suggestion: Suggestion<RepositorySuggestion>): string {
  if (suggestion.kind !== 'suggested') {
    return text(whyNot(suggestion));
  }
  const { proof } = suggestion;
  return text({
    ...suggestion,
    proof: {
      kept: proof.kept.map(timed),
      keptByOthers: proof.keptByOthers.map(timed),
      deniedAlready: proof.deniedAlready.map(timed),
      removed: proof.removed.map(({ doubt, ...rest }) => ({ ...rest, notKnownBecause: doubt })),
    },
  });
}

function whyNot(suggestion: Exclude<Suggestion<{ readonly kind: 'suggested' }>, { kind: 'suggested' }>): object {
  return suggestion.kind === 'refused'
    ? suggestion
    : { kind: suggestion.kind, lost: suggestion.lost.map(used), gained: suggestion.gained };
}

function timed({ lastMs, ...rest }: { readonly lastMs: number }): object {
  return { ...rest, last: isoTime(lastMs) };
}

function used({ lastMs, ...rest }: UsedRight): object {
  return { ...rest, last: isoTime(lastMs) };
}

function watched(absence: Absence): object {
  return absence.kind === 'notKnown'
    ? { isWatched: false, reason: absence.reason }
    : {
        isWatched: true,
        from: isoTime(absence.window.fromMs),
        until: isoTime(absence.window.untilMs),
        confidence: absence.confidence,
      };
}

function text(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
