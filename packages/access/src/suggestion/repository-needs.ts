import type { Caller } from '../evaluate/caller.ts';
import type { PrincipalRef } from '../principal.ts';
import type { NamedDocument, Repository } from '../snapshot/model.ts';
import { type Trial, tryCallers } from './evaluate-callers.ts';
import { keepStatements } from './identity-documents.ts';
import { alongWith, needsOf } from './needs.ts';
import { renderConditions } from './render-conditions.ts';
import type { RepositoryUser } from './repository-users.ts';
import type { ConditionJson, SuggestedStatement } from './suggested-document.ts';
import type { SuggestionInput } from './suggest-for-principal.ts';
import type { Use } from './uses.ts';

export interface RepositoryUse {
  readonly principal: PrincipalRef;
  readonly action: string;
  readonly lastMs: number;
  readonly events: number;
}

interface UserNeed {
  readonly principalArn: string;
  readonly action: string;
  readonly condition: ConditionJson;
}

export interface Needed {
  readonly kind: 'needed';
  readonly needs: readonly UserNeed[];
  readonly kept: readonly RepositoryUse[];
  readonly keptByOthers: readonly RepositoryUse[];
  readonly deniedAlready: readonly RepositoryUse[];
}

/** Which statements the users of a repository need, found by taking its Allow statements away. */
export function neededBy(
  { snapshot, capability }: SuggestionInput,
  given: {
    readonly repository: Repository;
    readonly named: NamedDocument;
    readonly users: readonly RepositoryUser[];
    readonly stays: (statement: Parameters<Parameters<typeof keepStatements>[1]>[0]) => boolean;
  },
): Needed | { readonly kind: 'notWritable'; readonly action: string } {
  const { repository, named, users, stays } = given;
  const callers = users.map(({ caller }) => caller);
  const conditions = new Map<string, ConditionJson | null>();
  const keyOf = new Map<object, string>();
  const statements = named.document.kind === 'readable' ? named.document.value.statements : [];
  for (const statement of statements.filter((each) => !stays(each))) {
    const rendered = renderConditions(statement.conditions);
    conditions.set(JSON.stringify(rendered), rendered);
    keyOf.set(statement, JSON.stringify(rendered));
  }
  const tryWith = (key: string | null): readonly Trial[] =>
    tryCallers(snapshot, callers, [
      withPolicy(repository, keepStatements([named], (each) => stays(each) || keyOf.get(each) === key)[0] ?? null),
    ]);
  const today = tryCallers(snapshot, callers, [repository]);
  const none = tryWith(null);
  const plainKey = JSON.stringify({});
  const plain = tryWith(plainKey);
  const rest = [...conditions]
    .filter(([key]) => key !== plainKey)
    .map(([key, condition]) => ({ condition, trials: tryWith(key) }));
  const needs: UserNeed[] = [];
  const found = {
    kept: [] as RepositoryUse[],
    keptByOthers: [] as RepositoryUse[],
    deniedAlready: [] as RepositoryUse[],
  };
  for (const [at, { caller, uses }] of users.entries()) {
    const answer = (trials: readonly Trial[]) => (action: string) => trials[at]?.answer(0, action) ?? null;
    const wanted = uses.filter(
      ({ action }) => capability === undefined || alongWith(new Set([action]), () => true).has(action),
    );
    for (const action of alongWith(new Set(wanted.map((use) => use.action)), (each) => answer(today)(each) !== null)) {
      const result = needsOf(action, {
        whole: answer(today),
        none: answer(none),
        unconditional: answer(plain),
        conditional: rest.map(({ condition, trials }) => ({ condition, answer: answer(trials) })),
      });
      if (result.kind === 'notWritable') {
        return { kind: 'notWritable', action };
      }
      if (result.kind === 'needs') {
        needs.push(...result.conditions.map((condition) => ({ principalArn: caller.ref.arn, action, condition })));
      }
      found[LISTS[result.kind]].push(
        ...wanted.filter((use) => use.action === action).map((use) => repositoryUse(caller, use)),
      );
    }
  }
  return { kind: 'needed', needs, ...found };
}

const LISTS = { needs: 'kept', keptByOthers: 'keptByOthers', denied: 'deniedAlready' } as const;

/** Principals with the same actions under the same conditions share a statement. */
export function writeFor(needs: readonly UserNeed[]): SuggestedStatement[] {
  const byUser = Map.groupBy(needs, ({ principalArn, condition }) => JSON.stringify([principalArn, condition]));
  const users = [...byUser.values()].flatMap((group) => {
    const [first] = group;
    return first === undefined
      ? []
      : [{ ...first, actions: [...new Set(group.map(({ action }) => action))].toSorted() }];
  });
  const groups = Map.groupBy(users, ({ actions, condition }) => JSON.stringify([actions, condition]));
  return [...groups.values()].flatMap((group): SuggestedStatement[] => {
    const [first] = group;
    if (first === undefined) {
      return [];
    }
    const { actions, condition } = first;
    const sid = actions.includes('ecr:PutImage')
      ? 'Push'
      : actions.includes('ecr:GetDownloadUrlForLayer')
        ? 'Pull'
        : 'Other';
    return [
      {
        Sid: sid,
        Effect: 'Allow',
        Principal: { AWS: group.map(({ principalArn }) => principalArn).toSorted() },
        Action: actions,
        ...(Object.keys(condition).length === 0 ? {} : { Condition: condition }),
      },
    ];
  });
}

/** The same repository with another policy, or none. */
export function withPolicy(repository: Repository, named: NamedDocument | null): Repository {
  return { ...repository, policy: named === null ? { kind: 'none' } : { kind: 'policy', named } };
}

function repositoryUse({ ref }: Caller, { action, lastMs, events }: Use): RepositoryUse {
  return { principal: ref, action, lastMs, events };
}
