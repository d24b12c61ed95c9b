import { and, isEmpty, members } from '../bit-set.ts';
import type { SnapshotWithParts } from '../carriers/version-pairs.ts';
import { foldChanges } from '../rehearsal/fold-changes.ts';
import { bothSides } from './both-sides.ts';
import { type ChangedAccess, changedAccess } from './changed-access.ts';
import type { ConfigurationDifference } from './configuration-difference.ts';
import { type DriftJudge, type DriftKind, driftJudge } from './drift-change.ts';
import type { AccessDrift, AccessDrifts, DriftedAccess, UnknownDrift } from './drifted-access.ts';
import { mergeDrifts, mergeUnknown } from './merge-drifts.ts';
import { type DriftedCells, explainDrift } from './explain-drift.ts';
import { type PrincipalPair, principalPairs } from './principal-pairs.ts';
import { type RepositoryPairs, repositoryPairs } from './repository-pairs.ts';

/**
 * Compares who may do what in two snapshots, both by the rules of today, and says which differences of the configuration made it so.
 * What only one of them has read is left out, and told by `configurationDifferences`; what rests on it is `notKnown`.
 */
export function accessDrift(
  before: SnapshotWithParts,
  after: SnapshotWithParts,
  differences: readonly ConfigurationDifference[],
): AccessDrifts {
  const sides = bothSides(before.snapshot, after.snapshot);
  const pairs = principalPairs(sides.before, sides.after);
  const repositories = repositoryPairs(sides.before, sides.after, differences);
  const judge = driftJudge(sides);
  const { certain, open } = changedAccess(sides, pairs, repositories, judge);
  const explain = explainDrift({ sides, before, after, differences });
  const drifts = folded(certain, repositories, judge).flatMap(({ kind, cells, lifecycle }) =>
    explain(cells).map((part): AccessDrift => ({ kind, ...plainCells(part.cells), lifecycle, ...part.because })),
  );
  const notKnown = folded(open, repositories, judge).map(({ kind, cells, lifecycle, unread }): UnknownDrift => ({
    mayBe: kind,
    ...plainCells(cells),
    lifecycle,
    unread: unread.length === 0 ? [UNREAD_SCOPE] : unread,
  }));
  return {
    drifts: mergeDrifts(drifts).toSorted((a, b) => Number(a.lifecycle !== null) - Number(b.lifecycle !== null)),
    notKnown: mergeUnknown(notKnown),
    compared: { principals: pairs.length, repositories: repositories.all.length },
  };
}

const UNREAD_SCOPE = 'the policy scope of the registry';

interface FoldedDrift {
  readonly kind: DriftKind;
  readonly cells: DriftedCells;
  readonly lifecycle: AccessDrift['lifecycle'];
  readonly unread: readonly string[];
}

/** Puts together what changed alike for principals of which the same became; what matters most comes first. */
function folded(changed: readonly ChangedAccess[], repositories: RepositoryPairs, judge: DriftJudge): FoldedDrift[] {
  return [...Map.groupBy(changed, ({ pair }) => pair.lifecycle)].flatMap(([lifecycle, list]) => {
    const pairs = new Map(list.map(({ pair }) => [pair.ref.id, pair]));
    const groups = foldChanges(list.map(({ pair, changes }) => ({ principal: pair.ref, changes })));
    return groups.flatMap(({ principals, changes }) =>
      changes.flatMap((change): FoldedDrift[] => {
        const { capabilities, actions, before, after, set, registries } = change;
        const [first] = principals;
        const found = first === undefined ? null : judge(before, after, first);
        if (found === null) {
          return [];
        }
        const there = set === null ? [] : [...members(set)].flatMap((index) => repositories.all[index] ?? []);
        const cells = {
          pairs: principals.flatMap(({ id }): PrincipalPair | readonly PrincipalPair[] => pairs.get(id) ?? []),
          repositories: there,
          registries,
          capabilities,
          actions,
          before,
          after,
        };
        const ofPlace = repositories.sets.find((each) => set !== null && !isEmpty(and(each.set, set)));
        return [{ ...found, cells, lifecycle: lifecycle ?? ofPlace?.lifecycle ?? null }];
      }),
    );
  });
}

function plainCells(cells: DriftedCells): Omit<DriftedAccess, 'lifecycle'> {
  const { pairs, repositories, registries, capabilities, actions, before, after } = cells;
  return {
    principals: pairs.map(({ ref }) => ref),
    repositories: repositories.map(({ arn }) => arn),
    registries,
    capabilities,
    actions,
    before,
    after,
  };
}
