import { CAPABILITIES } from '../ecr/capabilities.ts';
import { answerAction, answerCapability } from '../evaluate/answer-cell.ts';
import { type Caller, iamCaller } from '../evaluate/caller.ts';
import type { EvaluatedRegistry } from '../evaluate/evaluate-snapshot.ts';
import { type PlacedTarget, registryTarget, repositoryTarget } from '../evaluate/target.ts';
import { sideKey, sideOf } from '../rehearsal/side.ts';
import type { Repository, Snapshot } from '../snapshot/model.ts';
import type { PrincipalPair } from './principal-pairs.ts';

/** One answer that became another. */
export interface AnsweredCell {
  readonly pair: PrincipalPair;
  readonly place: Repository | EvaluatedRegistry;
  /** Of an action or capability. */
  readonly name: string;
}

/** The answer that a snapshot gives, as a text that is the same for the same answer. */
export function answerKey(snapshot: Snapshot, { pair, place, name }: AnsweredCell): string {
  const caller = callerIn(snapshot, pair);
  const target = 'arn' in place ? repositoryIn(snapshot, place) : registryTarget(place.accountId, place.region);
  if (caller === null || target === null) {
    return sideKey(sideOf(undefined));
  }
  const question = {
    snapshot,
    caller,
    target,
    action: name,
    given: new Map(),
    isComplete: false,
    sessionPolicies: null,
  };
  const capability = CAPABILITIES.find((each) => each.name === name);
  return sideKey(sideOf(capability === undefined ? answerAction(question) : answerCapability(capability, question)));
}

function callerIn(snapshot: Snapshot, { before, after }: PrincipalPair): Caller | null {
  const known = after ?? before;
  const ids = [after?.iam?.id, before?.iam?.id].filter((id) => id !== undefined);
  if (known === null || ids.length === 0) {
    return known;
  }
  const iam = snapshot.accounts.get(known.request.accountId ?? '')?.iam;
  const [principal] = ids.flatMap((id) => iam?.principalsById.get(id) ?? []);
  return principal === undefined ? null : iamCaller(snapshot, principal, known.request.sessionArn);
}

function repositoryIn(snapshot: Snapshot, { accountId, region, name }: Repository): PlacedTarget | null {
  const repository = snapshot.accounts.get(accountId)?.regions.get(region)?.repositories?.get(name);
  return repository === undefined ? null : repositoryTarget(repository);
}
