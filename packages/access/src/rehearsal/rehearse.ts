import { type BitSet, members } from '../bit-set.ts';
import { keptRunOf } from '../engine/kept-run.ts';
import { repositoriesOf } from '../evaluate/evaluated-repositories.ts';
import type { EvaluatedRegistry, EvaluatedRepository } from '../evaluate/evaluate-snapshot.ts';
import type { PrincipalRef } from '../principal.ts';
import type { Repository, Snapshot } from '../snapshot/model.ts';
import { applyChanges } from './apply-changes.ts';
import { type CallerPair, callersOfBoth, ownOfBoth } from './callers-of-both.ts';
import type { Change } from './change-schema.ts';
import type { ChangeProblem } from './change-problem.ts';
import { changesBelow, changesEverywhere, changesIn } from './changes-of-callers.ts';
import type { ActionChange } from './compare-access.ts';
import { type ChangedPrincipals, foldChanges } from './fold-changes.ts';
import { type LatestUse, type UseAtStake, usesAtStake } from './use-at-stake.ts';
import { widening } from './widening.ts';
import type { Touched } from './world.ts';

/** Use that was observed; what lies before `since` is left out already. */
export interface UseGiven {
  readonly uses: readonly LatestUse[];
  /** ISO 8601. */
  readonly since: string;
  /** What was seen whole, by registry. Times are ISO 8601. */
  readonly observed: readonly (EvaluatedRegistry & { readonly from: string; readonly until: string })[];
}

/** What was used of what would change, and where nobody can tell. */
type RehearsedUse =
  | { readonly kind: 'notKnown' }
  | {
      readonly kind: 'known';
      readonly since: string;
      readonly atStake: readonly UseAtStake[];
      /** Registries with repositories that somebody would lose, and whose events were not seen whole since then. */
      readonly unobserved: readonly EvaluatedRegistry[];
    };

/** What changes would do to who may do what. */
export interface Rehearsal {
  readonly changes: readonly Change[];
  /** How much was compared; the rest cannot differ. */
  readonly compared: { readonly principals: number; readonly repositories: number };
  /** What the sets of the changes are about, in the order of their ARNs. */
  readonly repositories: readonly EvaluatedRepository[];
  readonly principals: readonly ChangedPrincipals[];
  readonly use: RehearsedUse;
  /** Every principal of the snapshot, compared or not. */
  readonly everybody: readonly PrincipalRef[];
  /** Of the snapshot. */
  readonly takenAt: string;
  /** Gaps of the snapshot: what could not be read may hold more that changes. */
  readonly gaps: number;
}

export type RehearsalResult =
  | { readonly kind: 'rehearsal'; readonly rehearsal: Rehearsal }
  | { readonly kind: 'refused'; readonly problems: readonly ChangeProblem[] };

/** Puts changes in place and tells exactly who gains and who loses what, and who used what they would lose. */
export function rehearse(snapshot: Snapshot, input: unknown, use: UseGiven | null): RehearsalResult {
  const steps = rehearsalSteps(snapshot, input);
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) {
      return value.kind === 'refused' || use === null ? value : { ...value, rehearsal: withUse(value.rehearsal, use) };
    }
  }
}

/**
 * The same in steps of one principal each, for whoever has other work to do between them. Use is not known yet.
 *
 * The engine that answers for the snapshot as it is stays with it, so a second rehearsal on the same object costs less.
 */
export function* rehearsalSteps(snapshot: Snapshot, input: unknown): Generator<void, RehearsalResult> {
  const applied = applyChanges(snapshot, input);
  if (applied.kind === 'refused') {
    return applied;
  }
  const { world, changes } = applied;
  const kept = keptRunOf(snapshot);
  const isOfCallersAlone = touchesCallersAlone(world.touched);
  const before = kept.repositories;
  const after = isOfCallersAlone ? before : repositoriesOf(world.snapshot);
  const pairs = isOfCallersAlone
    ? ownOfBoth(kept.callers, world.snapshot)
    : callersOfBoth(snapshot, world.snapshot, kept.callers);
  const own = pairs.filter((pair) => isTouched(pair, world.touched));
  const others = pairs.filter((pair) => !isTouched(pair, world.touched));
  const indices = before.flatMap((repository, index) =>
    isTouchedRepository(repository, world.touched) ? [index] : [],
  );
  const changed: Changed[] = [];
  const sides = { before: snapshot, after: world.snapshot, kept, pairs };

  // Whoever is touched may have something else everywhere; everybody else, only in the repositories that are.
  const changesOfOwn = changesEverywhere(sides, { repositories: after, isOfCallersAlone });
  for (const pair of own) {
    note(changed, pair, changesOfOwn(pair));
    yield;
  }
  if (indices.length > 0) {
    const some = { before: pick(before, indices), after: pick(after, indices) };
    const changesOfOthers = (world.touched.aboveRepositories ? changesBelow : changesIn)(sides, some);
    const widen = widening(indices, before.length);
    for (const pair of others) {
      note(changed, pair, widen(changesOfOthers(pair)));
      yield;
    }
  }
  changed.sort((a, b) => (a.principal.id < b.principal.id ? -1 : 1));
  const principals = foldChanges(changed);
  const repositories = before.map(({ arn, accountId, region, name }) => ({ arn, accountId, region, name }));
  const rehearsal: Rehearsal = {
    changes,
    compared: {
      principals: own.length + (indices.length > 0 ? others.length : 0),
      repositories: own.length > 0 ? before.length : indices.length,
    },
    repositories,
    principals,
    use: { kind: 'notKnown' },
    everybody: pairs.map((pair) => pair.after.ref),
    takenAt: snapshot.takenAt,
    gaps: snapshot.gaps.length,
  };
  return { kind: 'rehearsal', rehearsal };
}

/** Whether nothing differs but what callers bring and SCPs: then resources and their policies are the same for everybody. */
function touchesCallersAlone({ repositories, resourceAccounts, aboveRepositories }: Touched): boolean {
  return repositories.size === 0 && resourceAccounts.size === 0 && !aboveRepositories;
}

function isTouched({ before, after }: CallerPair, { identities, callerAccounts }: Touched): boolean {
  return [before, after].some(
    ({ iam, request }) =>
      (iam !== null && identities.has(iam.arn)) ||
      (request.accountId !== null && callerAccounts.has(request.accountId)),
  );
}

function isTouchedRepository({ arn, accountId }: Repository, { repositories, resourceAccounts }: Touched): boolean {
  return repositories.has(arn) || resourceAccounts.has(accountId);
}

function pick(repositories: readonly Repository[], indices: readonly number[]): Repository[] {
  return indices.flatMap((index) => repositories[index] ?? []);
}

interface Changed {
  readonly principal: PrincipalRef;
  readonly changes: readonly ActionChange[];
}

function note(changed: Changed[], { after }: CallerPair, changes: readonly ActionChange[]): void {
  if (changes.length > 0) {
    changed.push({ principal: after.ref, changes });
  }
}

/** What was seen may end that much before the snapshot: events arrive late, and are read every few hours. */
const LAG_MS_MAX = 24 * 60 * 60 * 1000;

/** The same rehearsal with who used what they would lose. */
export function withUse(rehearsal: Rehearsal, { uses, since, observed }: UseGiven): Rehearsal {
  const { principals, repositories, everybody, takenAt } = rehearsal;
  const atStake = usesAtStake(principals, { uses, repositories, everybody });
  const places = new Map<string, EvaluatedRegistry>();
  for (const { changes } of principals) {
    for (const { kind, set, registries } of changes) {
      if (kind === 'gained' || kind === 'widened') {
        continue;
      }
      const there = set === null ? registries : pickPlaces(repositories, set);
      for (const { accountId, region } of there) {
        places.set(`${accountId} ${region}`, { accountId, region });
      }
    }
  }
  const latest = Date.parse(takenAt) - LAG_MS_MAX;
  const isObserved = ({ accountId, region }: EvaluatedRegistry): boolean =>
    observed.some(
      (each) =>
        each.accountId === accountId &&
        each.region === region &&
        Date.parse(each.from) <= Date.parse(since) &&
        Date.parse(each.until) >= latest,
    );
  const unobserved = [...places].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, place]) => place);
  const use = { kind: 'known', since, atStake, unobserved: unobserved.filter((place) => !isObserved(place)) } as const;
  return { ...rehearsal, use };
}

function pickPlaces(repositories: readonly EvaluatedRepository[], set: BitSet): EvaluatedRepository[] {
  return [...members(set)].flatMap((index) => repositories[index] ?? []);
}
