import { type Formula, fromResidual, substitute, toResidual } from '@ecr-audit/policy';
import { policiesOf } from '../evaluate/unread-side.ts';
import type { PrincipalRef } from '../principal.ts';
import { findOrganizationGap } from '../snapshot/gaps.ts';
import type { BothSides } from './both-sides.ts';
import { type AccessSide, type ChangeKind, changeBetween } from '../rehearsal/side.ts';

/** How access became other. `altered`: it holds under another condition, neither wider nor narrower as far as can be told. */
export type DriftKind = 'granted' | 'revoked' | 'widened' | 'narrowed' | 'altered';

/** What two sides of an answer come to. */
interface DriftChange {
  readonly kind: DriftKind;
  /** What was not read, and keeps open whether it is so; empty where it is certain. */
  readonly unread: readonly string[];
}

/** How one answer became another; null where it is the same. */
export type DriftJudge = (before: AccessSide, after: AccessSide, principal: PrincipalRef) => DriftChange | null;

/**
 * Judges changes between two snapshots. What an account that is not ours allows its own principals, and who these are, is theirs to
 * decide and not ours to read: for those, only our side of it counts.
 */
export function driftJudge({ before: { gaps }, after: { gaps: others } }: BothSides): DriftJudge {
  const isOrganizationUnread = [...gaps, ...others].some((gap) => findOrganizationGap([gap], gap.accountId) !== null);
  const unreadKeys = isOrganizationUnread
    ? /(?:^|\$\{)(?:aws|ecr):(?:resource|principalorg)/i
    : /(?:^|\$\{)(?:aws|ecr):resource/i;
  return (before, after, principal) => {
    const isOurs = principal.kind !== 'external';
    const [earlier, later] = isOurs ? [before, after] : [ours(before, principal), ours(after, principal)];
    const kind = changeBetween(earlier, later);
    if (kind === null) {
      return null;
    }
    const unread = [earlier, later].flatMap((side) => unreadIn(side, isOurs ? null : unreadKeys));
    return { kind: DRIFT_KINDS[kind], unread: [...new Set(unread)].toSorted() };
  };
}

const DRIFT_KINDS: Readonly<Record<ChangeKind, DriftKind>> = {
  gained: 'granted',
  lost: 'revoked',
  widened: 'widened',
  narrowed: 'narrowed',
  altered: 'altered',
};

/** An answer as if the principal's own account allowed it. */
function ours(side: AccessSide, principal: PrincipalRef): AccessSide {
  if (side.residual === null) {
    return side;
  }
  const own = `${policiesOf(principal)} (`;
  const formula = substitute(fromResidual(side.residual), (atom) =>
    atom.kind === 'unreadable' && atom.place.startsWith(own) ? atom.place === `${own}Allow statements)` : null,
  );
  if (formula.kind === 'true') {
    return { decision: 'allowed', residual: null };
  }
  return formula.kind === 'false'
    ? { decision: 'denied', residual: null }
    : { decision: 'conditional', residual: toResidual(formula) };
}

/**
 * An answer that is not known rests on something unread, even where it does not say on what. That of an outsider is never known: of
 * those, `unreadKeys` are the condition keys that no request brings along, so that they are open where we could not read them.
 */
function unreadIn({ decision, residual }: AccessSide, unreadKeys: RegExp | null): string[] {
  if (decision !== 'unknown' && unreadKeys === null) {
    return [];
  }
  const places = residual === null ? [] : placesIn(fromResidual(residual), unreadKeys);
  return decision === 'unknown' && places.length === 0 ? ['something that was not read'] : places;
}

function placesIn(formula: Formula, unreadKeys: RegExp | null): string[] {
  switch (formula.kind) {
    case 'unreadable':
      return [formula.place];
    case 'condition':
      return [formula.key, ...formula.values].filter((text) => unreadKeys?.test(text) === true);
    case 'resource':
      return unreadKeys?.test(formula.pattern) === true ? [formula.pattern] : [];
    case 'all':
    case 'any':
      return formula.of.flatMap((each) => placesIn(each, unreadKeys));
    case 'not':
      return placesIn(formula.of, unreadKeys);
    default:
      return [];
  }
}
