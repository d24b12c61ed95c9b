import type { PrincipalAccess } from '../access-matrix.ts';
import type { Caller } from '../evaluate/caller.ts';
import { callersOf } from '../evaluate/callers.ts';
import { repositoriesOf } from '../evaluate/evaluated-repositories.ts';
import { NO_ACCOUNT } from '../evaluate/target.ts';
import type { Repository, Snapshot } from '../snapshot/model.ts';
import { type Above, createAccessRun, type RepositoryRun } from './access-run.ts';

/**
 * The engine of one snapshot, ready to be asked again and again about callers as they are and as they might be. It answers
 * what it is asked and nothing ahead of it, so that one question costs no more than without it.
 */
export interface KeptRun {
  /** Every principal of the snapshot, in the order of ids. */
  readonly callers: readonly Caller[];
  /** Every repository of the snapshot, in the order of ARNs. */
  readonly repositories: readonly Repository[];
  /** Whether it may be asked about such a caller: one of an account that some caller of the snapshot has. */
  knows(caller: Caller): boolean;
  /** In all repositories. */
  accessOf(caller: Caller): PrincipalAccess;
  /**
   * Stands for all that a principal of the snapshot brings: those with the same bring the same, as far as any repository of the
   * snapshot can tell. Null where it was not asked about yet.
   */
  classOf(caller: Caller): object | null;
  /**
   * The same for a caller of another snapshot, which nothing but IAM policies and SCPs may tell from this one: what is as it was
   * is known already, and an engine for the other snapshot took three times as long.
   */
  accessElsewhere(caller: Caller, snapshot: Snapshot): PrincipalAccess;
  /** Such a caller, to be asked about with `accessOf` and over other repositories. */
  elsewhere(caller: Caller, snapshot: Snapshot): Caller;
  /** About other repositories, or these with other policies of their own. Null for those of regions that are not known. */
  over(repositories: readonly Repository[], above?: Above): RepositoryRun | null;
}

// What it was asked stays with it, for each caller that is not one of the snapshot and for each new statement, so a server would
// grow without end. By then a new one costs each who asks little.
const ASKED_MAX = 10_000;
const ASKED_BY_REPOSITORIES = 20;

/** The run that is kept with a snapshot: as long as that is, or until it has been asked so much that it begins anew. */
export function keptRunOf(snapshot: Snapshot): KeptRun {
  const kept = runs.get(snapshot);
  if (kept !== undefined && kept.asked() < ASKED_MAX) {
    return kept.run;
  }
  const made = createKeptRun(snapshot);
  runs.set(snapshot, made);
  return made.run;
}

interface Kept {
  readonly run: KeptRun;
  asked(): number;
}

const runs = new WeakMap<Snapshot, Kept>();

function createKeptRun(snapshot: Snapshot): Kept {
  const callers = callersOf(snapshot);
  const own = new Set(callers);
  const repositories = repositoriesOf(snapshot);
  const accounts = new Set(callers.map(accountOf));
  const regions = new Set([...snapshot.accounts.values()].flatMap((account) => [...account.regions.keys()]));
  const elsewhere = new WeakMap<Caller, Snapshot>();
  const snapshotOf = (caller: Caller): Snapshot => elsewhere.get(caller) ?? snapshot;
  // A snapshot without accounts has no caller, and nothing to ask.
  const run =
    callers.length === 0
      ? null
      : createAccessRun(snapshot, { callers, regions: [], includeDenied: false, keepsCallers: true, snapshotOf });
  let all: RepositoryRun | null = null;
  const answers = new Map<Caller, PrincipalAccess>();
  let asked = 0;
  const accessOf = (caller: Caller): PrincipalAccess => {
    all ??= run?.over(repositories) ?? null;
    return all?.accessOf(caller) ?? { principal: caller.ref, repositories: [], registries: [] };
  };
  const placed = (caller: Caller, other: Snapshot): Caller => {
    asked += 1;
    // A copy, since it may be the very caller that is known here.
    const there = { ...caller };
    elsewhere.set(there, other);
    return there;
  };
  return {
    asked: () => asked,
    run: {
      callers,
      repositories,
      knows: (caller) => accounts.has(accountOf(caller)),
      accessOf(caller) {
        if (!own.has(caller)) {
          asked += 1;
          return accessOf(caller);
        }
        const known = answers.get(caller) ?? accessOf(caller);
        answers.set(caller, known);
        return known;
      },
      classOf: (caller) => answers.get(caller)?.repositories ?? null,
      accessElsewhere: (caller, other) => accessOf(placed(caller, other)),
      elsewhere: placed,
      over(others, above) {
        asked += ASKED_BY_REPOSITORIES;
        return others.every(({ region }) => regions.has(region)) ? (run?.over(others, above) ?? null) : null;
      },
    },
  };
}

function accountOf({ request }: Caller): string {
  return request.accountId ?? NO_ACCOUNT;
}
