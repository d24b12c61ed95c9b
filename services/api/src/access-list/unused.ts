import { type Absence, has } from '@ecr-audit/access';
import type { AccessPlaces } from '@ecr-audit/store';
import type { UnusedOfPrincipal, UnusedRight } from '../reports/unused-right.ts';
import type { ListedUse } from './listed-use.ts';
import type { ListedAccess } from './unfold.ts';

/** Which cells are wanted: those that certainly were not used, those of which it is not known, or both. */
export type WantedUse = 'unused' | 'notKnown' | 'either';

/** Adds to a cell that its right was not used; null for those that were, and for those that are not asked for. */
export function withUse(
  places: AccessPlaces,
  { principals }: UnusedRight,
  wanted: WantedUse,
): (cell: ListedAccess) => ListedAccess | null {
  const byId = new Map(principals.map((each) => [each.principalId, each]));
  const indices = new Map(places.repositories.map(({ arn }, index) => [arn, index]));
  return (cell) => {
    const unused = byId.get(cell.principal.id);
    const absence = unused === undefined ? null : absenceOf(cell, unused, indices);
    return absence === null || (wanted !== 'either' && absence.kind !== wanted)
      ? null
      : { ...cell, use: plainUse(absence) };
  };
}

function absenceOf(
  { repository, accountId, region }: ListedAccess,
  unused: UnusedOfPrincipal,
  indices: ReadonlyMap<string, number>,
): Absence | null {
  const found =
    repository === null
      ? unused.registries.find((each) => each.accountId === accountId && each.region === region)
      : unused.repositories.find(({ set }) => has(set, indices.get(repository.arn) ?? -1));
  return found?.absence ?? null;
}

function plainUse(absence: Absence): ListedUse {
  return absence.kind === 'unused'
    ? {
        status: 'unused',
        from: new Date(absence.window.fromMs).toISOString(),
        until: new Date(absence.window.untilMs).toISOString(),
        confidence: absence.confidence,
        reason: null,
      }
    : { status: 'notKnown', from: null, until: null, confidence: null, reason: absence.reason };
}
