import type { SnapshotWithParts } from '../carriers/version-pairs.ts';
import type { ConfigurationDifference } from '../drift/configuration-difference.ts';
import { type Observation, observationOf, type ObservedEvents, type Place } from '../over-permission/observation.ts';
import type { Snapshot } from '../snapshot/model.ts';
import type { Cause, CauseEvent, NoEvent } from './cause.ts';
import { causeActor } from './cause-actor.ts';
import { type CauseWindow, type ChangeIndex, type ChosenEvent, chooseEvent } from './choose-event.ts';
import type { WantedFact } from './event-rule.ts';
import { homeRegionOf } from './home-region.ts';
import { identityFacts } from './identity-facts.ts';
import { indexChanges } from './index-changes.ts';
import { type KnownState, knownState } from './known-state.ts';
import { noEvent } from './no-event.ts';
import { organizationFacts } from './organization-facts.ts';
import { registryFacts } from './registry-facts.ts';
import type { SeenChange } from './seen-change.ts';

/** The two snapshots that were compared, and what was seen of the time between. */
export interface CauseInput {
  readonly from: SnapshotWithParts;
  readonly to: SnapshotWithParts;
  /** In any order; one that stands there twice counts once. */
  readonly changes: readonly SeenChange[];
  readonly observed: readonly ObservedEvents[];
}

// Enough to see how it came about; a role that something rewrites every minute would fill the answer.
const EARLIER_MAX = 20;

/**
 * What made each difference, in their order: the call that leads to the state after, matched by what it was about, what it asked
 * for and when; else which explanation remains.
 */
export function causesOf(differences: readonly ConfigurationDifference[], input: CauseInput): Cause[] {
  const { from, to, changes, observed } = input;
  const window = { fromMs: Date.parse(from.snapshot.takenAt), untilMs: Date.parse(to.snapshot.takenAt) };
  const index = indexChanges(changes);
  const state = knownState(from, to);
  const observation = observationOf(observed);
  const recorders = new Set(changes.map(({ accountId }) => accountId));
  const isObserved = (id: string): boolean =>
    observation.knows(id) ||
    recorders.has(id) ||
    [from, to].some(({ snapshot }) => (snapshot.accounts.get(id)?.cloudTrailWindows.size ?? 0) > 0);
  const known = { input, window, index, state, observation, isObserved };
  return differences.map((difference) => causeOf(difference, known));
}

interface Known {
  readonly input: CauseInput;
  readonly window: CauseWindow;
  readonly index: ChangeIndex;
  readonly state: KnownState;
  readonly observation: Observation;
  readonly isObserved: (accountId: string) => boolean;
}

function causeOf(difference: ConfigurationDifference, known: Known): Cause {
  const facts = factsOf(difference, known.state);
  const place = placeOf(difference, known.input);
  const isObserved = place !== null && known.isObserved(place.accountId);
  const { window, index, observation } = known;
  const why = ({ fact, others }: { readonly fact: WantedFact } & Pick<ChosenEvent, 'others'>): NoEvent =>
    noEvent({ difference, fact, window, place, isObserved, others: told(others) }, observation);
  const chosen = facts.map((fact) => {
    const isWhole = (): boolean => why({ fact, others: [] }).reason === 'noEventFound';
    return { fact, ...chooseEvent(fact, index, { window, isWhole }) };
  });
  const found = chosen.filter((each) => each.made !== null);
  if (found.length === 0) {
    return { kind: 'noEvent', why: why(chosen[0] ?? { fact: NOTHING, others: [] }) };
  }
  const events = found.flatMap(({ fact, made }) =>
    made === null ? [] : [fact.requestOf?.(made, (name) => index.named(name)) ?? [], made].flat(),
  );
  const made = new Set(events.map(({ id }) => id));
  return {
    kind: 'events',
    events: told(events),
    earlier: told(chosen.flatMap(({ others }) => others).filter(({ id }) => !made.has(id))),
    isCertain: found.every(({ isOpen }) => !isOpen),
    unexplained: chosen
      .filter((each) => each.made === null)
      .map((each) => ({ label: each.fact.label ?? difference.kind, why: why(each) })),
  };
}

const NOTHING: WantedFact = { label: null, rules: [] };

function factsOf(difference: ConfigurationDifference, state: KnownState): WantedFact[] {
  return [
    ...identityFacts(difference, state),
    ...registryFacts(difference, state),
    ...organizationFacts(difference, state),
  ];
}

/** Where its events stand: those of IAM and Organizations in the home region, of the account or of the one that manages. */
function placeOf({ accountId, region }: ConfigurationDifference, { from, to }: CauseInput): Place | null {
  const owner = accountId ?? managerOf(to.snapshot) ?? managerOf(from.snapshot);
  return owner === null ? null : { accountId: owner, region: region ?? homeRegionOf(to.snapshot.partition) };
}

function managerOf({ organization }: Snapshot): string | null {
  return organization?.managementAccountId ?? null;
}

/** Each once, the oldest first, and of many the newest. */
function told(changes: readonly SeenChange[]): CauseEvent[] {
  return [...new Map(changes.map((change) => [change.id, change])).values()]
    .toSorted((a, b) => a.timeMs - b.timeMs || (a.id < b.id ? -1 : 1))
    .slice(-EARLIER_MAX)
    .map((change) => ({
      eventId: change.id,
      eventSource: change.eventSource,
      eventName: change.eventName,
      time: new Date(change.timeMs).toISOString(),
      accountId: change.accountId,
      region: change.region,
      actor: causeActor(change),
      sourceAddress: change.sourceAddress,
    }));
}
