import { isAccess } from '../answer.ts';
import type { AccessRow } from '../access-row.ts';
import { type EcrAction, ECR_ACTIONS } from '../ecr/actions.ts';
import { CAPABILITIES } from '../ecr/capabilities.ts';
import type { Repository, Snapshot } from '../snapshot/model.ts';
import { answerAction, type CellAnswer, combineCapability } from './answer-cell.ts';
import type { Caller } from './caller.ts';
import { callersOf } from './callers.ts';
import { type ActionQuestion, isOutOfQuestion, tokenQuestion } from './evaluate-action.ts';
import { repositoriesOf } from './evaluated-repositories.ts';
import { type PlacedTarget, registryTarget, repositoryTarget } from './target.ts';

export interface ReferenceOptions {
  /** Also gives the cells without access. */
  readonly includeDenied?: boolean;
}

/**
 * Every cell of a snapshot, each decided by itself by the reference evaluator: what the engine is compared with.
 *
 * In the order of `evaluateSnapshot`. Costs about 20 microseconds a cell.
 */
export function* evaluateByReference(snapshot: Snapshot, options: ReferenceOptions = {}): Generator<AccessRow> {
  const callers = callersOf(snapshot);
  const repositories = repositoriesOf(snapshot);
  const keep = (answer: CellAnswer): boolean => options.includeDenied === true || isAccess(answer);
  for (const caller of callers) {
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
  options: ReferenceOptions,
): [string, CellAnswer][] {
  return answersTo('registry', (action) => questionOf(snapshot, caller, target, action), options);
}

/** Answers to every action of a kind; those that nothing can allow are left out unless denials are wanted too. */
function answersTo(
  resourceType: EcrAction['resourceType'],
  ask: (action: string) => ActionQuestion,
  options: ReferenceOptions,
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
  options: ReferenceOptions,
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
