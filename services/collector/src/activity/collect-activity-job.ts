import type { CollectionGap } from '@ecr-audit/access';
import { activityEventNames, type AwsSession, lookupActivity } from '@ecr-audit/aws';
import { activityHoles, activityHorizon, expectEventNames, observedActivity, type Store } from '@ecr-audit/store';
import { ActivityKeeper } from './keep-batches.ts';
import { type NamePlan, planNames } from './plan-names.ts';

// 200 s at two requests a second: a pass over the hundred names of the home region takes 50 s, and a backlog may take turns
// with the passes of other regions.
const requestsMaxDefault = 400;
// Clocks differ; an event that is later than this is not of our time.
const clockToleranceMs = 60 * 60 * 1000;
const namesShownMax = 5;

export interface ActivityWork {
  readonly accountId: string;
  readonly partition: string;
  readonly region: string;
  /** Whether CloudTrail records the calls of IAM here. */
  readonly isHomeRegion: boolean;
  readonly isManagementAccount: boolean;
  /** Whether a registry is read here. */
  readonly isEcrRead: boolean;
  /** Where Identity Center is; without it the home region is asked. */
  readonly identityCenterRegion?: string;
  readonly now: Date;
  readonly requestsMax?: number;
  readonly pagesPerWindowMax?: number;
  /** Ends the pass after the page in hand. */
  readonly signal?: AbortSignal;
}

export interface ActivityOutcome {
  readonly events: number;
  readonly uses: number;
  readonly changes: number;
  readonly rejected: number;
  readonly requests: number;
  readonly gaps: readonly CollectionGap[];
  /** Until when all names that conclusions rest on were seen (ISO time); null while one never was. */
  readonly mark: string | null;
  readonly lagMs: number | null;
  /** False where a pass that follows at once would have more to read. */
  readonly isCaughtUp: boolean;
}

/**
 * Reads what happened in an account and region since the last pass, and keeps it.
 *
 * What was read is remembered by event name, so it may be killed at any moment: the next pass reads again what was not kept,
 * and events are counted once. Only one pass of an account and region may run at a time, for the sake of the rate. What
 * cannot be read is a hole with its reason. Throws an `AwsError` when the credentials do not work.
 */
export async function collectActivityJob(
  context: { readonly store: Store; readonly session: AwsSession },
  work: ActivityWork,
): Promise<ActivityOutcome> {
  const { store, session } = context;
  const { accountId, region, now } = work;
  const place = { accountId, region };
  const eventNames = activityEventNames({
    ...work,
    isIdentityCenterRegion:
      work.identityCenterRegion === undefined ? work.isHomeRegion : work.identityCenterRegion === region,
  });
  await expectEventNames(store.sql, place, eventNames);
  const plans = await plansFor(store, eventNames, place, now);
  const keeper = new ActivityKeeper(store, {
    source: 'lookupEvents',
    recordedIn: place,
    latestMs: now.getTime() + clockToleranceMs,
  });
  await keeper.add({ events: [], observed: [], holes: plans.flatMap((plan) => expiredHoles(place, plan)) });
  const gaps: CollectionGap[] = [];
  let requests = 0;
  const lookup = {
    ...place,
    names: plans,
    requestsMax: work.requestsMax ?? requestsMaxDefault,
    ...(work.pagesPerWindowMax === undefined ? {} : { pagesPerWindowMax: work.pagesPerWindowMax }),
    ...(work.signal === undefined ? {} : { signal: work.signal }),
  };
  for await (const batch of lookupActivity(session, lookup)) {
    requests += batch.requests;
    if (batch.gap !== null) {
      gaps.push(batch.gap);
    }
    await keeper.add(batch);
  }
  await keeper.keep();
  const after = await plansFor(store, eventNames, place, now);
  const evidence = after.filter(({ isEvidence }) => isEvidence);
  const unread = evidence.filter(({ windows }) => windows.length > 0);
  const failed = new Set(gaps.map(({ resource }) => resource));
  const unfinished = failed.has(null) ? [] : unread.filter(({ eventName }) => !failed.has(eventName));
  const marks = evidence.map(({ markMs }) => markMs);
  const markMs = marks.includes(0) ? null : Math.min(...marks);
  return {
    ...keeper.kept(),
    requests,
    gaps: unfinished.length === 0 ? gaps : [...gaps, unfinishedGap(place, unfinished)],
    mark: markMs === null ? null : new Date(markMs).toISOString(),
    lagMs: markMs === null ? null : now.getTime() - markMs,
    isCaughtUp: unread.length === 0,
  };
}

type Place = Pick<ActivityWork, 'accountId' | 'region'>;

async function plansFor(
  store: Store,
  eventNames: readonly string[],
  place: Place,
  now: Date,
): Promise<readonly NamePlan[]> {
  const observed = await observedActivity(store.sql, place);
  const holes = await activityHoles(store.sql, place);
  const notBeforeMs = await activityHorizon(store.sql);
  return planNames(eventNames, { observed, holes }, { nowMs: now.getTime(), notBeforeMs });
}

function expiredHoles(place: Place, { eventName, expired }: NamePlan) {
  const message = `\`${eventName}\` events were not read before LookupEvents forgot them: import log files of that time`;
  return expired.map((interval) => ({ ...place, ...interval, eventName, reason: 'expired' as const, message }));
}

function unfinishedGap({ accountId, region }: Place, unfinished: readonly NamePlan[]): CollectionGap {
  const shown = unfinished.slice(0, namesShownMax).map(({ eventName }) => `\`${eventName}\``);
  const more = unfinished.length > namesShownMax ? ` and ${unfinished.length - namesShownMax} more` : '';
  return {
    accountId,
    region,
    source: 'cloudtrail:LookupEvents',
    resource: null,
    reason: 'notCollected',
    message: `${shown.join(', ')}${more}: older events are still to be read`,
  };
}
