import type { Capability } from '../ecr/capabilities.ts';
import type { EvaluatedRegistry } from '../evaluate/evaluate-snapshot.ts';
import type { PrincipalRef } from '../principal.ts';
import type { AccessSide } from '../rehearsal/side.ts';
import type { DriftKind } from './drift-change.ts';
import type { PrincipalLifecycle } from './principal-pairs.ts';
import type { RepositoryLifecycle } from './repository-pairs.ts';

/** Access that became other in the same way for the same reasons. */
export interface DriftedAccess {
  readonly principals: readonly PrincipalRef[];
  /** ARNs; empty for actions of a registry. */
  readonly repositories: readonly string[];
  readonly registries: readonly EvaluatedRegistry[];
  readonly capabilities: readonly Capability[];
  readonly actions: readonly string[];
  readonly before: AccessSide;
  readonly after: AccessSide;
  /** That of the principals, or else of the repositories; null where both were there before and are the same ones. */
  readonly lifecycle: PrincipalLifecycle | RepositoryLifecycle | null;
}

/** Access that certainly became other. */
export interface AccessDrift extends DriftedAccess {
  readonly kind: DriftKind;
  /** The differences that made it, by their index: each changes the answer when it is put in place or taken back by itself. */
  readonly differences: readonly number[];
  /** Whether none of them does it alone. */
  readonly together: boolean;
}

/** Access that may have become other: something that was not read keeps it open. */
export interface UnknownDrift extends DriftedAccess {
  readonly mayBe: DriftKind;
  readonly unread: readonly string[];
}

export interface AccessDrifts {
  /** What matters most comes first. */
  readonly drifts: readonly AccessDrift[];
  readonly notKnown: readonly UnknownDrift[];
  readonly compared: { readonly principals: number; readonly repositories: number };
}
