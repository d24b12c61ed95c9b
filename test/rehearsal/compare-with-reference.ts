import {
  assembleSnapshot,
  evaluateByReference,
  evaluateSnapshot,
  type PlainRehearsal,
  type Residual,
  type Snapshot,
  type SnapshotPart,
} from '@ecr-audit/access';
import { compareResiduals } from '../differential/compare/same-residual.ts';

interface Side {
  readonly decision: string;
  readonly residual: Residual | null;
}

const DENIED: Side = { decision: 'denied', residual: null };

/** Cells in which a rehearsal is not what comparing two whole evaluations by the reference evaluator says; none where it is. */
export function wronglyRehearsed(
  before: readonly SnapshotPart[],
  after: readonly SnapshotPart[],
  rehearsal: PlainRehearsal,
): { readonly wrong: readonly string[]; readonly changed: number } {
  const snapshots = [assembleSnapshot(before), assembleSnapshot(after)] as const;
  const [earlier, later] = [cellsOf(snapshots[0]), cellsOf(snapshots[1])];
  const listed = principalsOf(snapshots[1]);
  const common = new Set([...principalsOf(snapshots[0])].filter((id) => listed.has(id)));
  const told = toldCells(rehearsal);
  const wrong: string[] = [];
  let changed = 0;
  for (const cell of new Set([...earlier.keys(), ...later.keys(), ...told.keys()])) {
    const [id = ''] = cell.split('\n');
    if (!common.has(id)) {
      continue;
    }
    const [a, b] = [earlier.get(cell) ?? DENIED, later.get(cell) ?? DENIED];
    const found = told.get(cell);
    changed += isSame(a, b) ? 0 : 1;
    const isRight =
      found === undefined ? isSame(a, b) : isSame(a, found.before) && isSame(b, found.after) && mayBe(found.kind, a, b);
    if (!isRight) {
      wrong.push(`${cell.replaceAll('\n', ' ')}: ${text(a)} > ${text(b)}, told as ${JSON.stringify(found ?? null)}`);
    }
  }
  return { wrong, changed };
}

function cellsOf(snapshot: Snapshot): Map<string, Side> {
  const cells = new Map<string, Side>();
  for (const { principal, accountId, region, resource, action, decision, residual } of evaluateByReference(snapshot)) {
    const place = resource === '*' ? `${accountId} ${region}` : resource;
    cells.set([principal.id, place, action].join('\n'), { decision, residual });
  }
  return cells;
}

function principalsOf(snapshot: Snapshot): Set<string> {
  return new Set(evaluateSnapshot(snapshot).principals.map(({ id }) => id));
}

interface Told {
  readonly kind: string;
  readonly before: Side;
  readonly after: Side;
}

function toldCells({ groups, repositories, repositorySets }: PlainRehearsal): Map<string, Told> {
  const cells = new Map<string, Told>();
  for (const { principals, changes } of groups) {
    for (const { kind, before, after, actions, capabilities, repositories: set, registries } of changes) {
      const places =
        set === null
          ? registries.map(({ accountId, region }) => `${accountId} ${region}`)
          : (repositorySets[set] ?? []).map((place) => repositories[place] ?? '');
      for (const { id } of principals) {
        for (const place of places) {
          for (const action of [...actions, ...capabilities]) {
            cells.set([id, place, action].join('\n'), { kind, before, after });
          }
        }
      }
    }
  }
  return cells;
}

function isSame(a: Side, b: Side): boolean {
  return a.decision === b.decision && compareResiduals(a.residual, b.residual) !== 'different';
}

/** Which word may stand for a change; between two conditions any but the certain ones. */
function mayBe(kind: string, a: Side, b: Side): boolean {
  const [before, after] = [a.decision, b.decision];
  if (before === 'denied' || after === 'denied') {
    return kind === (before === 'denied' ? 'gained' : 'lost') && before !== after;
  }
  if (after === 'allowed') {
    return kind === (before === 'unknown' ? 'gained' : 'widened');
  }
  if (before === 'allowed') {
    return kind === (after === 'unknown' ? 'lost' : 'narrowed');
  }
  // Resting on more or less that could not be read is told as what it may be: access that was not, or is not there.
  const mayBeNone = [a, b].some((side) => side.decision === 'unknown' || text(side).includes('"unreadable"'));
  return mayBeNone || ['widened', 'narrowed', 'altered'].includes(kind);
}

function text({ decision, residual }: Side): string {
  return residual === null ? decision : `${decision} ${JSON.stringify(residual)}`;
}
