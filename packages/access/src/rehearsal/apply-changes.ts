import type { Snapshot } from '../snapshot/model.ts';
import { applyIdentityChange } from './apply-identity-change.ts';
import { applyOrganizationChange } from './apply-organization-change.ts';
import { applyResourceChange } from './apply-resource-change.ts';
import { type ChangeProblem, RefusedChange } from './change-problem.ts';
import { type Change, changesSchema } from './change-schema.ts';
import { type Rehearsed, startRehearsal } from './world.ts';

/** The snapshot as it would be, with what the changes can touch; or why they cannot be made. */
export type AppliedChanges =
  | { readonly kind: 'applied'; readonly changes: readonly Change[]; readonly world: Rehearsed }
  | { readonly kind: 'refused'; readonly problems: readonly ChangeProblem[] };

/** Makes the changes one after the other. Each must fit what the ones before it left. */
export function applyChanges(snapshot: Snapshot, input: unknown): AppliedChanges {
  const parsed = changesSchema.safeParse(input);
  if (!parsed.success) {
    return { kind: 'refused', problems: parsed.error.issues.slice(0, PROBLEMS_MAX).flatMap(problemsOf) };
  }
  const { changes } = parsed.data;
  const world = startRehearsal(snapshot);
  const problems: ChangeProblem[] = [];
  for (const [index, change] of changes.entries()) {
    try {
      applyChange(world, change);
    } catch (error) {
      if (!(error instanceof RefusedChange)) {
        throw error;
      }
      problems.push(...error.problems.map((problem) => ({ path: ['changes', index, error.key], ...problem })));
    }
  }
  return problems.length > 0
    ? { kind: 'refused', problems: problems.slice(0, PROBLEMS_MAX) }
    : { kind: 'applied', changes, world };
}

// A file of garbage has thousands of mistakes; the first ones tell what is wrong.
const PROBLEMS_MAX = 20;

interface Issue {
  readonly code?: string | undefined;
  readonly path: readonly PropertyKey[];
  readonly message: string;
  readonly keys?: readonly string[];
}

function problemsOf(issue: Issue): ChangeProblem[] {
  const path = issue.path.map((step) => (typeof step === 'number' ? step : String(step)));
  const problem = { path, place: null, position: null, message: issue.message };
  return issue.code === 'unrecognized_keys'
    ? (issue.keys ?? []).map((key) => ({
        ...problem,
        path: [...path, key],
        message: 'there is no such key: expected those that this change takes',
      }))
    : [problem];
}

function applyChange(world: Rehearsed, change: Change): void {
  switch (change.change) {
    case 'putManagedPolicy':
    case 'deleteManagedPolicy':
    case 'attachManagedPolicy':
    case 'detachManagedPolicy':
    case 'putInlinePolicy':
    case 'deleteInlinePolicy':
    case 'putPermissionsBoundary':
    case 'deletePermissionsBoundary':
      return applyIdentityChange(world, change);
    case 'setRepositoryPolicy':
    case 'deleteRepositoryPolicy':
    case 'putRegistryPolicy':
    case 'deleteRegistryPolicy':
      return applyResourceChange(world, change);
    default:
      return applyOrganizationChange(world, change);
  }
}
