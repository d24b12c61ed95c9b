import type { ActionColumn } from './action-columns.ts';
import { BOUNDARY, type Contribution, FIRST_SCP, IDENTITY, RESOURCE, SESSION } from './contribution.ts';
import type { CallerFacts, TargetFacts, Unread } from './facts.ts';

/*
 * Which actions may come out as allowed at all, whatever the conditions say: every gate says something for them, and no
 * Deny without condition is about them. Caller and targets are weighed apart, since each meets many of the other: most
 * pairs come to nothing, and are passed over for a few operations on masks.
 */

/** What a caller's own side leaves, by place of the column. */
export interface CallerPossible {
  /** Where its SCPs and the RCPs let a resource policy decide alone. */
  readonly direct: readonly number[];
  /** Where its own policies agree too. */
  readonly through: readonly number[];
}

/** What the policies of targets leave, by place of the column. */
export interface TargetPossible {
  readonly isSameAccount: boolean;
  /** What their own policies may allow. */
  readonly granted: readonly number[];
  readonly notDenied: readonly number[];
}

export function callerPossible(
  caller: CallerFacts,
  contributions: readonly Contribution[],
  columns: readonly ActionColumn[],
): CallerPossible {
  const direct = columns.map((column) => {
    let possible = column.mask & ~deniedFor(contributions, column);
    for (const [level, unread] of (caller.scpUnread ?? []).entries()) {
      possible &= allowedAt(FIRST_SCP + level, unread, { contributions, column });
    }
    return possible;
  });
  const through = columns.map((column, place) => {
    const given = { contributions, column };
    const identity = caller.side === 'policies' ? allowedAt(IDENTITY, caller.identityUnread, given) : column.mask;
    const ceiling = allowedAt(BOUNDARY, caller.boundaryUnread, given) & allowedAt(SESSION, caller.sessionUnread, given);
    return identity & ceiling & (direct[place] ?? 0);
  });
  return { direct, through };
}

export function targetPossible(
  { facts, isSameAccount }: { readonly facts: readonly TargetFacts[]; readonly isSameAccount: boolean },
  contributions: readonly Contribution[],
  columns: readonly ActionColumn[],
): TargetPossible {
  const granted = columns.map((column, place) =>
    column.resourceMayAllow ? allowedAt(RESOURCE, facts[place]?.resourceUnread ?? null, { contributions, column }) : 0,
  );
  return {
    isSameAccount,
    granted,
    notDenied: columns.map((column) => column.mask & ~deniedFor(contributions, column)),
  };
}

/** The actions of the column at a place that may come out as allowed. */
export function possibleAt(place: number, caller: CallerPossible, target: TargetPossible): number {
  const granted = target.granted[place] ?? 0;
  const direct = caller.direct[place] ?? 0;
  const through = caller.through[place] ?? 0;
  const agreed = target.isSameAccount ? (granted & direct) | through : granted & through;
  return agreed & (target.notDenied[place] ?? 0);
}

export function isAnyPossible(caller: CallerPossible, target: TargetPossible): boolean {
  for (let place = 0; place < target.granted.length; place += 1) {
    if (possibleAt(place, caller, target) !== 0) {
      return true;
    }
  }
  return false;
}

interface Given {
  readonly contributions: readonly Contribution[];
  readonly column: ActionColumn;
}

/** What a gate may allow: everything where there is no such gate, or where it was not read. */
function allowedAt(gate: number, unread: Unread | null, { contributions, column }: Given): number {
  if (unread === null || unread.length > 0) {
    return column.mask;
  }
  let allowed = 0;
  for (const { gate: own, effect, masks } of contributions) {
    if (own === gate && effect === 'Allow') {
      allowed |= masks[column.index] ?? 0;
    }
  }
  return allowed;
}

function deniedFor(contributions: readonly Contribution[], column: ActionColumn): number {
  let denied = 0;
  for (const { effect, formula, masks } of contributions) {
    if (effect === 'Deny' && formula.kind === 'true') {
      denied |= masks[column.index] ?? 0;
    }
  }
  return denied;
}
