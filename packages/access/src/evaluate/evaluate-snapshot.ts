import type { PrincipalAccess } from '../access-matrix.ts';
import type { AccessRow } from '../access-row.ts';
import { callerAccess } from '../engine/caller-access.ts';
import { expandRows } from '../engine/expand-rows.ts';
import { keptRunOf } from '../engine/kept-run.ts';
import type { PrincipalRef } from '../principal.ts';
import type { Repository, Snapshot } from '../snapshot/model.ts';
import type { Caller } from './caller.ts';
import { callersOf } from './callers.ts';
import { type Coverage, coverageOf, type Covered, coveredBy } from './coverage.ts';
import { repositoriesOf } from './evaluated-repositories.ts';
import { type UnreadPolicy, unreadPoliciesOf } from './unread-policies.ts';

export interface EvaluatedAccount {
  readonly id: string;
  readonly name: string;
  /** Names of the root and the organizational units above it, with `/` between; empty where they are not known. */
  readonly path: string;
}

export interface EvaluatedRepository {
  readonly arn: string;
  readonly accountId: string;
  readonly region: string;
  readonly name: string;
}

/** A registry whose own actions were answered, for the principals of its account. */
export interface EvaluatedRegistry {
  readonly accountId: string;
  readonly region: string;
}

/** The whole effective access of a snapshot. */
export interface EvaluationResult {
  /** What is scanned again and again; history belongs to it. */
  readonly target: { readonly key: string; readonly name: string };
  readonly accounts: readonly EvaluatedAccount[];
  readonly principals: readonly PrincipalRef[];
  readonly repositories: readonly EvaluatedRepository[];
  readonly registries: readonly EvaluatedRegistry[];
  /** One for each principal, in their order. Computed as it is read. Can be read once. */
  readonly access: Iterable<PrincipalAccess>;
  /** The same cell by cell: by principal, then by resource, then by action. Instead of `access`, and once. */
  readonly rows: Iterable<AccessRow>;
  readonly coverage: readonly Coverage[];
  readonly covered: Covered;
  readonly unreadPolicies: readonly UnreadPolicy[];
}

export interface EvaluationOptions {
  /** Also gives the cells without access. */
  readonly includeDenied?: boolean;
  /** Called after each principal. */
  readonly onProgress?: (progress: { readonly done: number; readonly total: number }) => void;
}

/**
 * Evaluates every principal, repository and action.
 *
 * What no policy can tell apart is decided once, so the cost follows the policies rather than the cells.
 */
export function evaluateSnapshot(snapshot: Snapshot, options: EvaluationOptions = {}): EvaluationResult {
  const { callers, repositories, access } =
    options.includeDenied === true ? accessWithDenied(snapshot, options) : accessKept(snapshot, options);
  return {
    target: targetKey(snapshot),
    accounts: accountsOf(snapshot),
    principals: callers.map((caller) => caller.ref),
    repositories: repositories.map(({ arn, accountId, region, name }) => ({ arn, accountId, region, name })),
    registries: registriesOf(snapshot),
    access,
    rows: expandRows(access, repositories),
    coverage: coverageOf(snapshot),
    covered: coveredBy(snapshot),
    unreadPolicies: unreadPoliciesOf(snapshot),
  };
}

interface EvaluatedAccess {
  readonly callers: readonly Caller[];
  readonly repositories: readonly Repository[];
  readonly access: Iterable<PrincipalAccess>;
}

function accessWithDenied(snapshot: Snapshot, options: EvaluationOptions): EvaluatedAccess {
  const [callers, repositories] = [callersOf(snapshot), repositoriesOf(snapshot)];
  return { callers, repositories, access: callerAccess(snapshot, { callers, repositories }, options) };
}

/** By the engine that is kept with the snapshot: whoever compares it with another one next finds all of it answered. */
function accessKept(snapshot: Snapshot, { onProgress }: EvaluationOptions): EvaluatedAccess {
  const kept = keptRunOf(snapshot);
  const { callers, repositories } = kept;
  function* access(): Generator<PrincipalAccess> {
    for (const [index, caller] of callers.entries()) {
      yield kept.accessOf(caller);
      onProgress?.({ done: index + 1, total: callers.length });
    }
  }
  return { callers, repositories, access: access() };
}

function registriesOf(snapshot: Snapshot): EvaluatedRegistry[] {
  return [...snapshot.accounts.values()].flatMap(({ id, regions }) =>
    [...regions.keys()].toSorted().map((region) => ({ accountId: id, region })),
  );
}

function accountsOf(snapshot: Snapshot): EvaluatedAccount[] {
  const ids = new Set([...snapshot.accounts.keys(), ...(snapshot.organization?.accounts.keys() ?? [])]);
  return [...ids].toSorted().map((id) => {
    const account = snapshot.organization?.accounts.get(id);
    const path = (account?.levels ?? []).filter(({ kind }) => kind !== 'account').map(({ name }) => name);
    return { id, name: account?.name ?? id, path: path.join('/') };
  });
}

function targetKey(snapshot: Snapshot): EvaluationResult['target'] {
  if (snapshot.organization !== null) {
    return { key: `organization:${snapshot.organization.id}`, name: snapshot.organization.id };
  }
  const ids = [...snapshot.accounts.keys()].toSorted();
  return { key: `${ids.length === 1 ? 'account' : 'accounts'}:${ids.join(',')}`, name: ids.join(', ') };
}
