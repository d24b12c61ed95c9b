import { count } from '../bit-set.ts';
import { POLICY_LENGTHS_MAX } from '@ecr-audit/policy';
import { CAPABILITIES, type Capability } from '../ecr/capabilities.ts';
import { keptRunOf } from '../engine/kept-run.ts';
import { type Caller, iamCaller } from '../evaluate/caller.ts';
import { judgeAbsence, type Period } from '../over-permission/judge-absence.ts';
import { type ObservedEvents, type Observation, observationOf } from '../over-permission/observation.ts';
import type { ObservedUse } from '../over-permission/observed-use.ts';
import { capabilitiesShownBy } from '../activity/capability-use.ts';
import { resourceArn } from '../activity/resources.ts';
import type { IamPrincipal, NamedDocument, Snapshot } from '../snapshot/model.ts';
import { nameDocument } from '../snapshot/named-document.ts';
import { arnsIn, excessOf } from './compare-access.ts';
import { givesNoMore } from './compare-answers.ts';
import { type Trial, trialsOf, withPolicies } from './evaluate-callers.ts';
import { identityDocuments, isAllow, keepStatements } from './identity-documents.ts';
import { inlineRoom } from './inline-room.ts';
import { isOfPredecessor, type MadeAgain, madeAgainTimes } from '../over-permission/made-again.ts';
import { MANAGED_POLICIES } from './managed-policies.ts';
import { neededRights } from './needed-rights.ts';
import { removedRights } from './removed-rights.ts';
import { scopeOf, type Scope } from './scope.ts';
import { type Use, usesByPrincipal } from './uses.ts';
import type { SuggestedDocument } from './suggested-document.ts';
import type {
  BasisPlace,
  NearestManagedPolicy,
  PrincipalSuggestion,
  RefusalCode,
  Suggestion,
  UsedRight,
} from './suggestion.ts';
import { splitIntoDocuments, writeStatements } from './write-statements.ts';

export interface SuggestionInput {
  readonly snapshot: Snapshot;
  /** All that are known; those of others are passed over. */
  readonly uses: readonly ObservedUse[];
  readonly observed: readonly ObservedEvents[];
  readonly period: Period;
  /** When repositories were made, by ARN: what was used before is not theirs. None where that is not known. */
  readonly createdMs?: ReadonlyMap<string, number>;
  /** Only what this takes. */
  readonly capability?: Capability;
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html: managed policies attached to one role or user. */
const DOCUMENTS_MAX = 10;

/**
 * The least identity policy that keeps what a user or role was seen to use, instead of every Allow about ECR that it has.
 *
 * Three evaluations of one principal decide it: where its rights come from, and what the suggestion leaves, which must hold
 * every use and nothing that was not there before. Otherwise it is not shown.
 */
export function suggestForPrincipal(
  input: SuggestionInput & { readonly principalId: string },
): Suggestion<PrincipalSuggestion> {
  const { snapshot } = input;
  const account = [...snapshot.accounts.values()].find(
    ({ iam }) => iam?.principalsById.has(input.principalId) === true,
  );
  const principal = account?.iam?.principalsById.get(input.principalId);
  if (account?.iam === undefined || account.iam === null || principal === undefined) {
    return refused('notInSnapshot', `no user or role of this snapshot has the id \`${input.principalId}\``);
  }
  const caller = iamCaller(snapshot, principal, null);
  if (caller.isServiceLinkedRole) {
    return refused('serviceLinkedRole', 'AWS alone writes the policies of a service-linked role');
  }
  const read = identityDocuments(account.iam, principal);
  if (read.kind === 'unread') {
    return refused('policyUnread', `the policy \`${read.policy}\` could not be read, so nothing can be proved`);
  }
  const { repositories } = keptRunOf(snapshot);
  const madeAgain = madeAgainTimes(repositories, input);
  const seen = usesByPrincipal(principal, account.id, input);
  const earlier = seen.filter(({ place, lastMs }) => isOfPredecessor(place, { madeAgain, lastMs }));
  const uses = seen.filter((use) => !earlier.includes(use));
  const observation = observationOf(input.observed);
  const scope = scopeOf(snapshot, repositories, uses, account.id);
  const tryAll = trialsOf(snapshot, scope.others);
  const rights = neededRights({ ...input, tryAll, caller, principal, documents: read.documents, scope, uses });
  if (rights.kind === 'notWritable') {
    return refused(
      'conditionNotWritable',
      `the condition under which \`${rights.action}\` is allowed today cannot be written into a new statement`,
    );
  }
  const basis = basisOf({ observation, period: input.period, accountId: account.id, scope, today: rights.today });
  const { access } = rights.today;
  if (access.repositories.length === 0 && access.registries.length === 0) {
    return refused('nothingHeld', 'it holds no right in ECR, so nothing can be taken away');
  }
  const isWatched = basis.every(({ pull, push }) => pull.kind === 'unused' && push.kind === 'unused');
  if (uses.length === 0 && earlier.length > 0) {
    return refused('nothingSeen', 'what it used was made again since then, and no use of the new one was seen');
  }
  if (uses.length === 0 && !isWatched) {
    return refused('nothingSeen', 'no use was seen, and not every registry was watched in which it would have shown');
  }
  const statements = writeStatements(rights.needs, rights.prefixesFor);
  const documents = splitIntoDocuments(statements, {
    lengthMax: POLICY_LENGTHS_MAX.managed,
    documentsMax: DOCUMENTS_MAX,
  });
  if (documents === null) {
    return refused(
      'tooLarge',
      `what was used does not fit into ${DOCUMENTS_MAX} policies of ${POLICY_LENGTHS_MAX.managed} characters: name prefixes instead of repositories`,
    );
  }
  return prove({
    ...input,
    tryAll,
    caller,
    principal,
    scope,
    observation,
    rights,
    basis,
    documents,
    replaced: read.documents,
    madeAgain,
    earlier,
  });
}

interface Proving extends Omit<SuggestionInput, 'uses'> {
  readonly tryAll: (callers: readonly Caller[]) => readonly Trial[];
  readonly caller: Caller;
  readonly principal: IamPrincipal;
  readonly scope: Scope;
  readonly observation: Observation;
  readonly rights: Extract<ReturnType<typeof neededRights>, { kind: 'needed' }>;
  readonly basis: readonly BasisPlace[];
  readonly documents: readonly SuggestedDocument[];
  readonly replaced: readonly NamedDocument[];
  readonly madeAgain: MadeAgain;
  /** Of earlier repositories of a name. */
  readonly earlier: readonly Use[];
}

/** Evaluates the suggestion in place of what it replaces, beside AWS's own policies that might do. */
function prove(proving: Proving): Suggestion<PrincipalSuggestion> {
  const { caller, principal, scope, rights, documents, replaced } = proving;
  const denials = keepStatements(replaced, (statement) => !isAllow(statement));
  const variants = [documents, ...MANAGED_POLICIES.map(({ document }) => [document])];
  const callers = variants.map((variant, index) =>
    withPolicies(caller, principal, [
      ...denials,
      ...variant.map((document, at) =>
        nameDocument(
          `${principal.arn}#inline:suggestion-${index}-${at}`,
          document,
          { kind: 'identity', lengthMax: null },
          [],
        ),
      ),
    ]),
  );
  const { today } = rights;
  const [after, ...managed] = proving.tryAll(callers);
  if (after === undefined) {
    throw new Error('the engine gave no answer about a caller');
  }
  const size = scope.repositories.length;
  const gained = excessOf(after, today, size);
  const lost = [...rights.kept, ...rights.keptByOthers].filter((use) => !isKept(use, { today, after, scope }));
  if (gained.length > 0 || lost.length > 0) {
    return {
      kind: 'proofFailed',
      lost: lost.map(usedRight),
      gained: gained.map(({ action, set, regions }) => ({
        action,
        resources: [...arnsIn(set, scope.repositories), ...regions.map((region) => `* (${region})`)],
      })),
    };
  }
  return {
    kind: 'suggested',
    principal: caller.ref,
    documents,
    replaces: replacedPolicies(replaced),
    basis: proving.basis,
    lengthMax: POLICY_LENGTHS_MAX.managed,
    inline: inlineRoom(principal, documents),
    notes: [...rights.notes, ...notesOnEarlier(proving.earlier)],
    proof: {
      repositories: scope.repositories.map(({ arn, accountId, region, name }) => ({ arn, accountId, region, name })),
      kept: rights.kept.map(usedRight),
      keptByOthers: rights.keptByOthers.map(usedRight),
      deniedAlready: rights.deniedAlready.map(usedRight),
      leftOut: [...rights.leftOut, ...proving.earlier].map(usedRight),
      removed: removedRights(today, after, { ...proving, accountId: caller.ref.accountId ?? '' }),
    },
    nearest: nearestOf({ managed, today, after, proving }),
  };
}

function notesOnEarlier(earlier: readonly Use[]): string[] {
  const names = new Set(earlier.map(({ place }) => place.repository));
  return names.size === 0
    ? []
    : [`${names.size} repositories were made again under the same name: what was used before does not count as theirs`];
}

/**
 * With the capabilities that it shows and that take several actions and a token. Of one that any of its actions gives, the
 * used action is all that counts: today another one may give it under fewer conditions, and that one is not used.
 */
function isKept(
  { place, action }: Use,
  { today, after, scope }: { readonly today: Trial; readonly after: Trial; readonly scope: Scope },
): boolean {
  const index = place.repository === null ? null : scope.indexOf(place);
  const answerOf = (trial: Trial, right: string) =>
    index === null ? trial.registryAnswer(place.region, right) : trial.answer(index, right);
  return [action, ...(index === null ? [] : wholeCapabilities(action))].every((right) =>
    givesNoMore(answerOf(today, right), answerOf(after, right)),
  );
}

function wholeCapabilities(action: string): readonly Capability[] {
  const whole = new Set(CAPABILITIES.filter(({ needs }) => needs === 'all').map(({ name }) => name));
  return capabilitiesShownBy(action).filter((name) => whole.has(name));
}

/** Policies with an Allow that may concern ECR at all. */
function replacedPolicies(documents: readonly NamedDocument[]): string[] {
  return keepStatements(documents, (statement) => isAllow(statement) && isAboutEcr(statement.action)).map(
    ({ policy }) => policy,
  );
}

function isAboutEcr(action: Parameters<Parameters<typeof keepStatements>[1]>[0]['action']): boolean {
  return (
    action.kind === 'unreadable' ||
    action.value.isNegated ||
    action.value.patterns.some(({ prefix }) => prefix === null || prefix === 'ecr')
  );
}

/** The smallest of AWS's policies that keeps every use and gives nothing new. */
function nearestOf({
  managed,
  today,
  after,
  proving,
}: {
  readonly managed: readonly Trial[];
  readonly today: Trial;
  readonly after: Trial;
  readonly proving: Proving;
}): NearestManagedPolicy | null {
  const { scope, rights, snapshot } = proving;
  if (rights.kept.length === 0) {
    return null;
  }
  const size = scope.repositories.length;
  for (const [index, trial] of managed.entries()) {
    const isFit =
      rights.kept.every((use) => isKept(use, { today, after: trial, scope })) &&
      excessOf(trial, today, size).length === 0;
    const name = MANAGED_POLICIES[index]?.name;
    if (isFit && name !== undefined) {
      return {
        arn: `arn:${snapshot.partition}:iam::aws:policy/${name}`,
        name,
        leavesOver: excessOf(trial, after, size).map(({ action, set }) => ({
          action,
          repositories: count(scope.withoutProbes(set)),
        })),
      };
    }
  }
  return null;
}

function basisOf({
  observation,
  period,
  accountId,
  scope,
  today,
}: {
  readonly observation: Observation;
  readonly period: Period;
  readonly accountId: string;
  readonly scope: Scope;
  readonly today: Trial;
}): BasisPlace[] {
  const held = scope.registriesOf(scope.withoutProbes(scope.unionOf(today.access.repositories.map(({ set }) => set))));
  const judge = (registry: (typeof held)[number], right: Capability) =>
    judgeAbsence(observation, period, { callerAccountId: accountId, registry, right });
  return held
    .filter(({ accountId: owner }) => scope.isRead(owner))
    .map((registry) => ({ ...registry, pull: judge(registry, 'pull'), push: judge(registry, 'push') }));
}

function usedRight({ place, action, lastMs, events, onBehalfOf }: Use): UsedRight {
  return { resource: resourceArn(place) ?? '*', region: place.region, action, lastMs, events, onBehalfOf };
}

function refused(code: RefusalCode, message: string): { kind: 'refused'; code: RefusalCode; message: string } {
  return { kind: 'refused', code, message };
}
