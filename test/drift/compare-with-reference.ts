import {
  type AccessRow,
  evaluateByReference,
  evaluateSnapshot,
  type PrincipalRef,
  type Snapshot,
  type SnapshotWithParts,
} from '@ecr-audit/access';
import { compareResiduals } from '../differential/compare/same-residual.ts';
import { driftOf, type Side, toldCells, type WholeDrift } from './drifted-cells.ts';

const DENIED: Side = { decision: 'denied', residual: null };

type Evaluate = (side: SnapshotWithParts) => Iterable<AccessRow>;

/** Cells of which drift tells something else than the reference evaluator, or another, says of both snapshots; none where all is right. */
export function wronglyTold(
  before: SnapshotWithParts,
  after: SnapshotWithParts,
  drift: WholeDrift = driftOf(before, after),
  evaluate: Evaluate = ({ snapshot }) => evaluateByReference(snapshot),
): { readonly wrong: readonly string[]; readonly changed: number } {
  const [earlier, later] = [cellsOf(evaluate(before)), cellsOf(evaluate(after))];
  const refs = { before: principalsOf(before.snapshot), after: principalsOf(after.snapshot) };
  const { certain, open } = toldCells(drift.access);
  const wrong = drift.access.drifts.flatMap(({ differences, principals, repositories }) =>
    differences.length === 0 ? [`nothing explains ${principals[0]?.arn ?? ''} ${repositories[0] ?? ''}`] : [],
  );
  let changed = 0;
  for (const cell of new Set([...earlier.keys(), ...later.keys(), ...certain.keys(), ...open.keys()])) {
    const [id = '', place = ''] = cell.split('\n');
    const principal = refs.after.get(id) ?? refs.before.get(id);
    if (principal === undefined || !isKnownInBoth({ before, after, refs, principal, place })) {
      continue;
    }
    const [a, b] = [earlier.get(cell) ?? DENIED, later.get(cell) ?? DENIED];
    const isOpen = [a, b].some(({ decision }) => decision === 'unknown');
    const told = certain.get(cell) ?? open.get(cell);
    changed += isSame(a, b) ? 0 : 1;
    const isRight =
      told === undefined
        ? // What an outsider's own account says is no drift of ours.
          isSame(a, b) || (principal.kind === 'external' && isOpen)
        : isSame(a, told.before) &&
          isSame(b, told.after) &&
          !isSame(a, b) &&
          (principal.kind === 'external' || isOpen === open.has(cell)) &&
          mayBe(told.kind, a, b);
    if (!isRight) {
      const found = certain.has(cell) ? 'drift' : open.has(cell) ? 'not known' : 'nothing';
      wrong.push(
        `${cell.replaceAll('\n', ' ')}: ${text(a)} > ${text(b)}, told as ${found} ${JSON.stringify(told ?? null)}`,
      );
    }
  }
  return { wrong, changed };
}

function cellsOf(rows: Iterable<AccessRow>): Map<string, Side> {
  const cells = new Map<string, Side>();
  for (const { principal, accountId, region, resource, action, decision, residual } of rows) {
    const place = resource === '*' ? `${accountId} ${region}` : resource;
    cells.set([principal.id, place, action].join('\n'), { decision, residual });
  }
  return cells;
}

function principalsOf(snapshot: Snapshot): Map<string, PrincipalRef> {
  return new Map(evaluateSnapshot(snapshot).principals.map((each) => [each.id, each]));
}

/** A principal that one snapshot alone lists is there in the other only where that read its account and has it not. */
function isKnownInBoth({
  before,
  after,
  refs,
  principal,
  place,
}: {
  readonly before: SnapshotWithParts;
  readonly after: SnapshotWithParts;
  readonly refs: {
    readonly before: ReadonlyMap<string, PrincipalRef>;
    readonly after: ReadonlyMap<string, PrincipalRef>;
  };
  readonly principal: PrincipalRef;
  readonly place: string;
}): boolean {
  const isOfIam = principal.kind === 'user' || principal.kind === 'role';
  const lists = [
    [before.snapshot, refs.before],
    [after.snapshot, refs.after],
  ] as const;
  return lists.every(([snapshot, listed]) => {
    const isThere = listed.has(principal.id);
    const isAbsent = isOfIam && (snapshot.accounts.get(principal.accountId ?? '')?.iam ?? null) !== null;
    const [, , , region = '', accountId = ''] = place.split(':');
    const regions = snapshot.accounts.get(accountId)?.regions;
    const isListed = place.startsWith('arn:')
      ? (regions?.get(region)?.repositories ?? null) !== null
      : snapshot.accounts.get(place.split(' ')[0] ?? '')?.regions.has(place.split(' ')[1] ?? '') === true;
    return (isThere || isAbsent) && isListed;
  });
}

function isSame(a: Side, b: Side): boolean {
  return a.decision === b.decision && compareResiduals(a.residual, b.residual) !== 'different';
}

/** Which word may stand for a change; between two conditions any but the certain ones. */
function mayBe(kind: string, a: Side, b: Side): boolean {
  if (a.decision === 'denied' || b.decision === 'denied') {
    return kind === (a.decision === 'denied' ? 'granted' : 'revoked');
  }
  if ([a, b].some(({ decision }) => decision === 'unknown')) {
    return true;
  }
  if (a.decision === 'allowed' || b.decision === 'allowed') {
    return kind === (b.decision === 'allowed' ? 'widened' : 'narrowed');
  }
  return (
    ['widened', 'narrowed', 'altered'].includes(kind) || [a, b].some((side) => text(side).includes('"unreadable"'))
  );
}

function text({ decision, residual }: Side): string {
  return residual === null ? decision : `${decision} ${JSON.stringify(residual)}`;
}
