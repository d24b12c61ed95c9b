import type { PrincipalAccess } from '../access-matrix.ts';
import type { RepositoryRun } from '../engine/access-run.ts';
import type { KeptRun } from '../engine/kept-run.ts';
import type { Caller } from '../evaluate/caller.ts';
import type { ActionChange } from '../rehearsal/compare-access.ts';
import type { BothSides } from './both-sides.ts';
import type { Concerned } from './concerned.ts';
import type { PrincipalPair } from './principal-pairs.ts';
import type { PlacedBlocks, RepositoryPairs } from './repository-pairs.ts';

/** What became other for a principal. The same list for the same changes, as far as that is seen at once. */
export type ChangesOfPair = (pair: PrincipalPair) => readonly ActionChange[];

/** Two snapshots to compare. */
export interface Compared {
  readonly sides: BothSides;
  /** Of the earlier and the later side. */
  readonly kept: { readonly before: KeptRun; readonly after: KeptRun };
  readonly repositories: RepositoryPairs;
  readonly concerned: Concerned;
}

/** What is asked of a run about a caller; nobody is there who could have anything. */
export function accessIn(
  run: Pick<RepositoryRun, 'accessOf'> | null,
  caller: Caller | null,
  placed: PlacedBlocks,
): PrincipalAccess {
  if (run === null || caller === null) {
    return NOBODY;
  }
  const access = run.accessOf(caller);
  return { ...access, repositories: placed(access.repositories) };
}

/** The same about repositories alone. */
export function withoutRegistries(access: PrincipalAccess): PrincipalAccess {
  return { ...access, registries: [] };
}

const NOBODY: PrincipalAccess = {
  principal: { id: '', arn: '', kind: 'external', accountId: null, name: '' },
  repositories: [],
  registries: [],
};
