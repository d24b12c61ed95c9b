import {
  accessDrift,
  type AccessDrifts,
  assembleSnapshot,
  type ConfigurationDifferences,
  configurationDifferences,
  type Residual,
  type SnapshotPart,
  type SnapshotWithParts,
} from '@ecr-audit/access';

/** What is answered on one side. */
export interface Side {
  readonly decision: string;
  readonly residual: Residual | null;
}

export interface ToldCell {
  readonly kind: string;
  readonly before: Side;
  readonly after: Side;
}

export interface WholeDrift extends ConfigurationDifferences {
  readonly access: AccessDrifts;
}

export function withParts(parts: readonly SnapshotPart[]): SnapshotWithParts {
  return { snapshot: assembleSnapshot(parts), parts };
}

export function driftOf(before: SnapshotWithParts, after: SnapshotWithParts): WholeDrift {
  const found = configurationDifferences(before, after);
  return { ...found, access: accessDrift(before, after, found.differences) };
}

/** What is told of each cell, by `principal id, place, action`: certain drift, and what may be. */
export function toldCells({ drifts, notKnown }: AccessDrifts): {
  readonly certain: ReadonlyMap<string, ToldCell>;
  readonly open: ReadonlyMap<string, ToldCell>;
} {
  const [certain, open] = [new Map<string, ToldCell>(), new Map<string, ToldCell>()];
  const put = (
    cells: Map<string, ToldCell>,
    kind: string,
    {
      principals,
      repositories,
      registries,
      actions,
      capabilities,
      before,
      after,
    }: Omit<AccessDrifts['drifts'][number], 'kind' | 'differences' | 'together'>,
  ): void => {
    const places = [...repositories, ...registries.map(({ accountId, region }) => `${accountId} ${region}`)];
    for (const { id } of principals) {
      for (const place of places) {
        for (const action of [...actions, ...capabilities]) {
          const key = [id, place, action].join('\n');
          if (cells.has(key)) {
            throw new Error(`told twice: ${key}`);
          }
          cells.set(key, { kind, before, after });
        }
      }
    }
  };
  drifts.forEach((drift) => put(certain, drift.kind, drift));
  notKnown.forEach((drift) => put(open, drift.mayBe, drift));
  return { certain, open };
}
