import type { Caller } from '../evaluate/caller.ts';
import { callersOf } from '../evaluate/callers.ts';
import { judgeAbsence, UNKNOWN_REASONS, type UnknownReason } from '../over-permission/judge-absence.ts';
import { observationOf } from '../over-permission/observation.ts';
import type { PrincipalRef } from '../principal.ts';
import type { Repository, Snapshot } from '../snapshot/model.ts';
import { nameDocument } from '../snapshot/named-document.ts';
import { excessOf } from './compare-access.ts';
import { givesNoMore } from './compare-answers.ts';
import { tryCallers } from './evaluate-callers.ts';
import { isAllow } from './identity-documents.ts';
import { renderStatement } from './render-statement.ts';
import { type Needed, neededBy, type RepositoryUse, withPolicy, writeFor } from './repository-needs.ts';
import { repositoryUsers } from './repository-users.ts';
import { documentOf, lengthOf, type SuggestedDocument, type SuggestedStatement } from './suggested-document.ts';
import type { SuggestionInput } from './suggest-for-principal.ts';
import type { Suggestion } from './suggestion.ts';

export interface RepositorySuggestion {
  readonly kind: 'suggested';
  readonly repositoryArn: string;
  /** Null: no policy is needed. */
  readonly document: SuggestedDocument | null;
  readonly notes: readonly string[];
  readonly proof: {
    readonly kept: readonly RepositoryUse[];
    /** Their own policies allow it. */
    readonly keptByOthers: readonly RepositoryUse[];
    readonly deniedAlready: readonly RepositoryUse[];
    readonly removed: readonly RemovedUser[];
  };
}

export interface RemovedUser {
  readonly principal: PrincipalRef;
  readonly actions: readonly string[];
  /** Why it is not known that it was unused; null where that is known. */
  readonly doubt: UnknownReason | null;
}

/** https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_SetRepositoryPolicy.html */
const LENGTH_MAX = 10_240;

/**
 * The least policy of a repository for those who used it and need it: those of other accounts, AWS services, and whoever has
 * no Allow of its own. Deny statements and those for AWS services stay, because use by services is seldom recorded.
 *
 * GetAuthorizationToken has no repository, so it never stands here. Proved with all principals of the snapshot.
 */
export function suggestForRepository(
  input: SuggestionInput & { readonly repositoryArn: string },
): Suggestion<RepositorySuggestion> {
  const { snapshot, repositoryArn } = input;
  const repository = findRepository(snapshot, repositoryArn);
  if (repository === null) {
    return refused('notInSnapshot', `this snapshot has no repository \`${repositoryArn}\``);
  }
  if (repository.policy.kind === 'unread') {
    return refused('policyUnread', 'the policy of the repository could not be read, so nothing can be proved');
  }
  if (repository.policy.kind === 'none') {
    return refused('nothingHeld', 'the repository has no policy, so nothing can be taken away');
  }
  const { named } = repository.policy;
  const { document } = named;
  if (document.kind === 'unreadable') {
    return refused('policyUnread', 'the policy of the repository could not be understood, so nothing can be proved');
  }
  const stays = (statement: (typeof document.value.statements)[number]): boolean =>
    !isAllow(statement) || isForServices(statement);
  const kept = document.value.statements
    .filter(stays)
    .map((statement) => renderStatement(statement, snapshot.partition));
  if (kept.some((statement) => statement === null)) {
    return refused('conditionNotWritable', 'a statement that must stay cannot be read whole');
  }
  const { users, gone, madeAtMs, earlier } = repositoryUsers(snapshot, repository, input);
  const registry = { accountId: repository.accountId, region: repository.region };
  const watched = judgeAbsence(observationOf(input.observed), input.period, {
    callerAccountId: null,
    registry,
    right: 'pull',
    sinceMs: madeAtMs ?? 0,
  });
  if (users.length === 0 && earlier > 0) {
    return refused('nothingSeen', 'it was made again since it was used, and no use of the new one was seen');
  }
  if (users.length === 0 && watched.kind === 'notKnown') {
    return refused('nothingSeen', `no use was seen, and ${UNKNOWN_REASONS[watched.reason]}`);
  }
  const needed = neededBy(input, { repository, named, users, stays });
  if (needed.kind === 'notWritable') {
    return refused(
      'conditionNotWritable',
      `the condition under which \`${needed.action}\` is allowed today cannot be written into a new statement`,
    );
  }
  const statements = [...kept.flatMap((statement) => statement ?? []), ...writeFor(needed.needs)];
  const suggested = statements.length === 0 ? null : documentOf(withDistinctSids(statements));
  if (suggested !== null && lengthOf(suggested) > LENGTH_MAX) {
    return refused('tooLarge', `what was used does not fit into the ${LENGTH_MAX} characters of a repository policy`);
  }
  const notes = [
    ...(gone.length === 0
      ? []
      : [`${gone.length} principals that used it are not there any more, and stand in no statement`]),
    ...(earlier === 0
      ? []
      : ['it was made again under the same name: what was used before does not count as a use of this one']),
  ];
  return prove(input, { repository, suggested, needed, notes, sinceMs: madeAtMs ?? 0 });
}

function withDistinctSids(statements: readonly SuggestedStatement[]): SuggestedStatement[] {
  const taken = new Set<string>();
  return statements.map((statement) => {
    if (statement.Sid === undefined) {
      return statement;
    }
    let sid = statement.Sid;
    for (let number = 2; taken.has(sid); number += 1) {
      sid = `${statement.Sid}${number}`;
    }
    taken.add(sid);
    return { ...statement, Sid: sid };
  });
}

function prove(
  { snapshot, observed, period }: SuggestionInput,
  {
    repository,
    suggested,
    needed,
    notes,
    sinceMs,
  }: {
    readonly repository: Repository;
    readonly suggested: SuggestedDocument | null;
    readonly needed: Needed;
    readonly notes: readonly string[];
    readonly sinceMs: number;
  },
): Suggestion<RepositorySuggestion> {
  const callers = callersOf(snapshot);
  const named =
    suggested === null ? null : nameDocument(repository.arn, suggested, { kind: 'resource', lengthMax: null }, []);
  const today = tryCallers(snapshot, callers, [repository]);
  const after = tryCallers(snapshot, callers, [withPolicy(repository, named)]);
  const observation = observationOf(observed);
  const removed: RemovedUser[] = [];
  const gained = new Map<string, string[]>();
  const lost: RepositoryUse[] = [];
  for (const [at, caller] of callers.entries()) {
    const [before, then] = [today[at], after[at]];
    if (before === undefined || then === undefined) {
      continue;
    }
    for (const { action } of excessOf(then, before, 1)) {
      gained.set(action, [...(gained.get(action) ?? []), caller.ref.arn]);
    }
    const actions = excessOf(before, then, 1).map(({ action }) => action);
    if (actions.length > 0) {
      removed.push({ principal: caller.ref, actions, doubt: doubtOf(caller, actions) });
    }
    for (const use of [...needed.kept, ...needed.keptByOthers].filter(
      ({ principal }) => principal.id === caller.ref.id,
    )) {
      if (!givesNoMore(before.answer(0, use.action), then.answer(0, use.action))) {
        lost.push(use);
      }
    }
  }
  if (gained.size > 0 || lost.length > 0) {
    return {
      kind: 'proofFailed',
      lost: lost.map(({ action, lastMs, events }) => ({
        resource: repository.arn,
        region: repository.region,
        action,
        lastMs,
        events,
        onBehalfOf: [],
      })),
      gained: [...gained].map(([action, resources]) => ({ action, resources })),
    };
  }
  const { kept, keptByOthers, deniedAlready } = needed;
  return {
    kind: 'suggested',
    repositoryArn: repository.arn,
    document: suggested,
    notes,
    proof: { kept, keptByOthers, deniedAlready, removed },
  };

  function doubtOf({ ref }: Caller, actions: readonly string[]): UnknownReason | null {
    const isOurs = ref.accountId !== null && snapshot.accounts.has(ref.accountId);
    if (!isOurs) {
      return 'outsideUseNotSeen';
    }
    const registry = { accountId: repository.accountId, region: repository.region };
    const absences = actions.map((right) =>
      judgeAbsence(observation, period, { callerAccountId: ref.accountId, registry, right, sinceMs }),
    );
    const doubt = absences.find(({ kind }) => kind === 'notKnown');
    return doubt?.kind === 'notKnown' ? doubt.reason : null;
  }
}

function isForServices({
  principal,
}: {
  readonly principal: Parameters<typeof renderStatement>[0]['principal'];
}): boolean {
  return (
    principal?.kind === 'readable' &&
    !principal.value.isNegated &&
    principal.value.entries.length > 0 &&
    principal.value.entries.every(({ kind }) => kind === 'service')
  );
}

function findRepository(snapshot: Snapshot, arn: string): Repository | null {
  for (const { regions } of snapshot.accounts.values()) {
    for (const { repositories } of regions.values()) {
      for (const repository of repositories?.values() ?? []) {
        if (repository.arn === arn) {
          return repository;
        }
      }
    }
  }
  return null;
}

function refused(
  code: Extract<Suggestion<RepositorySuggestion>, { kind: 'refused' }>['code'],
  message: string,
): Suggestion<RepositorySuggestion> {
  return { kind: 'refused', code, message };
}
