import type { AccessRow } from '../access-row.ts';
import { type EcrAction, ECR_ACTIONS } from '../ecr/actions.ts';
import { CAPABILITIES } from '../ecr/capabilities.ts';
import type { PrincipalRef } from '../principal.ts';
import type { Repository, Snapshot } from '../snapshot/model.ts';
import { answerAction, type CellAnswer, combineCapability } from './answer-cell.ts';
import type { Caller } from './caller.ts';
import { callersOf } from './callers.ts';
import { type Coverage, coverageOf, type Covered, coveredBy } from './coverage.ts';
import { type ActionQuestion, isOutOfQuestion, tokenQuestion } from './evaluate-action.ts';
import { type PlacedTarget, registryTarget, repositoryTarget } from './target.ts';
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

/** The whole effective access of a snapshot. */
export interface EvaluationResult {
  /** What is scanned again and again; history belongs to it. */
  readonly target: { readonly key: string; readonly name: string };
  readonly accounts: readonly EvaluatedAccount[];
  readonly principals: readonly PrincipalRef[];
  readonly repositories: readonly EvaluatedRepository[];
  /** Computed as it is read, in a stable order: by principal, then by resource, then by action. Can be read once. */
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

/** Evaluates every principal, repository and action. Costs about 50 microseconds a cell. */
export function evaluateSnapshot(snapshot: Snapshot, options: EvaluationOptions = {}): EvaluationResult {
  const callers = callersOf(snapshot);
  const repositories = repositoriesOf(snapshot);
  return {
    target: targetKey(snapshot),
    accounts: accountsOf(snapshot),
    principals: callers.map((caller) => caller.ref),
    repositories: repositories.map(({ arn, accountId, region, name }) => ({ arn, accountId, region, name })),
    rows: rowsOf(snapshot, callers, repositories, options),
    coverage: coverageOf(snapshot),
    covered: coveredBy(snapshot),
    unreadPolicies: unreadPoliciesOf(snapshot),
  };
}

function repositoriesOf(snapshot: Snapshot): Repository[] {
  return [...snapshot.accounts.values()]
    .flatMap((account) => [...account.regions.values()])
    .flatMap((region) => [...(region.repositories?.values() ?? [])])
    .toSorted((a, b) => (a.arn < b.arn ? -1 : 1));
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

function* rowsOf(
  snapshot: Snapshot,
  callers: readonly Caller[],
  repositories: readonly Repository[],
  options: EvaluationOptions,
): Generator<AccessRow> {
  const keep = (answer: CellAnswer): boolean =>
    options.includeDenied === true || (answer.decision !== 'explicitDeny' && answer.decision !== 'implicitDeny');
  for (const [index, caller] of callers.entries()) {
    const tokens = new Map<string, CellAnswer | null>();
    for (const target of ownRegistries(snapshot, caller)) {
      for (const [action, answer] of registryAnswers(snapshot, caller, target, options)) {
        if (keep(answer)) {
          yield rowOf(caller, target, action, answer);
        }
      }
    }
    for (const repository of repositories) {
      const target = repositoryTarget(repository);
      if (options.includeDenied !== true && !mayReach(snapshot, caller, repository)) {
        continue;
      }
      for (const [action, answer] of repositoryAnswers(snapshot, caller, target, tokens, options)) {
        if (keep(answer)) {
          yield rowOf(caller, target, action, answer);
        }
      }
    }
    options.onProgress?.({ done: index + 1, total: callers.length });
  }
}

/** Across accounts nothing is allowed where neither the repository nor its registry has a policy. */
function mayReach(snapshot: Snapshot, caller: Caller, repository: Repository): boolean {
  const registry = snapshot.accounts.get(repository.accountId)?.regions.get(repository.region)?.registry;
  return (
    caller.request.accountId === repository.accountId ||
    repository.policy.kind !== 'none' ||
    registry?.policy.kind !== 'none'
  );
}

function ownRegistries(snapshot: Snapshot, caller: Caller): PlacedTarget[] {
  const account = snapshot.accounts.get(caller.request.accountId ?? '');
  return [...(account?.regions.keys() ?? [])].toSorted().map((region) => registryTarget(account?.id ?? '', region));
}

function questionOf(snapshot: Snapshot, caller: Caller, target: PlacedTarget, action: string): ActionQuestion {
  return { snapshot, caller, target, action, given: new Map(), isComplete: false, sessionPolicies: null };
}

function registryAnswers(
  snapshot: Snapshot,
  caller: Caller,
  target: PlacedTarget,
  options: EvaluationOptions,
): [string, CellAnswer][] {
  return answersTo('registry', (action) => questionOf(snapshot, caller, target, action), options);
}

/** Answers to every action of a kind; those that nothing can allow are left out unless denials are wanted too. */
function answersTo(
  resourceType: EcrAction['resourceType'],
  ask: (action: string) => ActionQuestion,
  options: EvaluationOptions,
): [string, CellAnswer][] {
  return ECR_ACTIONS.filter((action) => action.resourceType === resourceType).flatMap(
    ({ name }): [string, CellAnswer][] => {
      const question = ask(name);
      return options.includeDenied !== true && isOutOfQuestion(question) ? [] : [[name, answerAction(question)]];
    },
  );
}

function repositoryAnswers(
  snapshot: Snapshot,
  caller: Caller,
  target: PlacedTarget,
  tokens: Map<string, CellAnswer | null>,
  options: EvaluationOptions,
): [string, CellAnswer][] {
  const answers = new Map(answersTo('repository', (action) => questionOf(snapshot, caller, target, action), options));
  if (answers.size === 0) {
    return [];
  }
  const tokenPlace = target.region;
  let token = tokens.get(tokenPlace);
  if (token === undefined) {
    const question = tokenQuestion(questionOf(snapshot, caller, target, ''));
    token = question === null ? null : answerAction(question);
    tokens.set(tokenPlace, token);
  }
  const capabilities = CAPABILITIES.map((capability): [string, CellAnswer] => [
    capability.name,
    combineCapability(capability, answers, token ?? null),
  ]);
  return [...answers, ...capabilities];
}

function rowOf(caller: Caller, target: PlacedTarget, action: string, answer: CellAnswer): AccessRow {
  const { decision, residual, reasons, limits } = answer;
  return {
    principal: caller.ref,
    accountId: target.accountId,
    region: target.region,
    resource: target.resource,
    action,
    decision,
    residual,
    reasons,
    limits,
  };
}
