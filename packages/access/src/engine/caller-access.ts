import type { PrincipalAccess } from '../access-matrix.ts';
import type { Caller } from '../evaluate/caller.ts';
import type { Repository, Snapshot } from '../snapshot/model.ts';
import { createAccessRun } from './access-run.ts';

interface Subjects {
  readonly callers: readonly Caller[];
  /** In the order of their ARNs. */
  readonly repositories: readonly Repository[];
}

interface Options {
  readonly includeDenied?: boolean;
  readonly onProgress?: (progress: { readonly done: number; readonly total: number }) => void;
}

/** What each caller may do, in the order of the callers. Computed as it is read. */
export function* callerAccess(
  snapshot: Snapshot,
  { callers, repositories }: Subjects,
  { includeDenied = false, onProgress }: Options,
): Generator<PrincipalAccess> {
  if (callers.length === 0) {
    return;
  }
  const regions = repositories.map(({ region }) => region);
  const run = createAccessRun(snapshot, { callers, regions, includeDenied, keepsCallers: false }).over(repositories);
  for (const [index, caller] of callers.entries()) {
    yield run.accessOf(caller);
    onProgress?.({ done: index + 1, total: callers.length });
  }
}
