import { type Caller, findCaller } from '../evaluate/caller.ts';
import type { ObservedUse } from '../over-permission/observed-use.ts';
import type { Period } from '../over-permission/judge-absence.ts';
import type { Repository, Snapshot } from '../snapshot/model.ts';
import { isOfPredecessor, madeAgainTimes } from '../over-permission/made-again.ts';
import { foldUses, type Use } from './uses.ts';

/** Somebody who used a repository. */
export interface RepositoryUser {
  readonly caller: Caller;
  readonly uses: readonly Use[];
}

export interface RepositoryUsers {
  readonly users: readonly RepositoryUser[];
  /** Keys of users and roles that are not there any more. */
  readonly gone: readonly string[];
  /** When it was made, if that was within the period; null where it was there all the time. */
  readonly madeAtMs: number | null;
  /** How many uses were of an earlier repository of that name. */
  readonly earlier: number;
}

/** Who used a repository, as callers. Somebody outside whom events do not name stands for the whole account. */
export function repositoryUsers(
  snapshot: Snapshot,
  repository: Repository,
  input: {
    readonly uses: readonly ObservedUse[];
    readonly createdMs?: ReadonlyMap<string, number>;
    readonly period: Period;
  },
): RepositoryUsers {
  const { uses, period } = input;
  const madeAgain = madeAgainTimes([repository], input);
  const [madeAtMs = null] = madeAgain.values();
  const ofName = uses.filter(
    ({ accountId, region, repository: name, lastMs }) =>
      accountId === repository.accountId &&
      region === repository.region &&
      name === repository.name &&
      lastMs >= period.fromMs,
  );
  const here = ofName.filter((use) => !isOfPredecessor(use, { madeAgain, lastMs: use.lastMs }));
  const found = new Map<string, { readonly caller: Caller; readonly uses: ObservedUse[] }>();
  const gone = new Set<string>();
  for (const use of here) {
    const caller = callerOf(snapshot, use);
    if (caller === null) {
      gone.add(use.principalKey);
      continue;
    }
    const user = found.get(caller.ref.id) ?? { caller, uses: [] };
    found.set(caller.ref.id, user);
    user.uses.push(use);
  }
  return {
    users: [...found.values()].map((user) => ({ caller: user.caller, uses: foldUses(user.uses) })),
    gone: [...gone],
    madeAtMs,
    earlier: ofName.length - here.length,
  };
}

function callerOf(snapshot: Snapshot, { principalKey, principalArn, principalAccountId }: ObservedUse): Caller | null {
  const names = [
    principalKey.startsWith('service:') ? principalKey.slice('service:'.length) : principalKey,
    ...named(snapshot, principalKey),
    ...(principalArn === null ? [] : [principalArn]),
    // Only of an account that was not read: of ours, somebody unknown is somebody who is gone.
    ...(principalAccountId !== null && !snapshot.accounts.has(principalAccountId) ? [principalAccountId] : []),
  ];
  for (const name of names) {
    const result = findCaller(snapshot, name);
    if (result.kind === 'caller') {
      return result.caller;
    }
  }
  return null;
}

/** `role:ACCOUNT/NAME` and `user:ACCOUNT/NAME`, by whom has that name now; `root:ACCOUNT`. */
function named(snapshot: Snapshot, key: string): string[] {
  const [kind = '', rest = ''] = key.split(':', 2);
  const [accountId = '', name] = rest.split('/', 2);
  if (kind === 'root') {
    return [`arn:${snapshot.partition}:iam::${accountId}:root`];
  }
  const principals = snapshot.accounts.get(accountId)?.iam?.principals ?? [];
  return principals.filter((each) => each.kind === kind && each.name === name).map(({ arn }) => arn);
}
