import { homeRegionOf } from '../../cause/home-region.ts';
import { member, textMember } from '../../activity/read-fields.ts';
import { DAY_MS } from '../../over-permission/judge-absence.ts';
import type { FindingEvent } from '../finding-events.ts';
import type { FindingInput } from '../finding-input.ts';
import { accessById, holdingOf } from '../holdings.ts';
import { PUSH_ACTIONS } from '../rights.ts';
import type { Match, Rule } from '../rule.ts';
import { actionWords } from '../words.ts';

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html */
export const staleKey: Rule = {
  id: 'ECR-STALE-KEY',
  kinds: ['state', 'event'],
  life: 'state',
  needs: 'events',
  rests: ['iam', 'ecr', 'organization', 'events'],
  severity: 'medium',
  outsideProduction: 'low',
  what: 'a user who may push uses an access key that is old; keys that nobody used are not seen',
  why: 'Whoever finds the key in a log or a laptop can publish images with it, from anywhere, for ever.',
  remedy: 'Let the job become a role by OpenID Connect, then delete the key; until then make a new one.',
  find: findKeys,
};

/** Of a user; those of sessions begin with ASIA. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html */
const LONG_LIVED = /^AKIA/;

// As for rights that lie unused: the first days that LookupEvents keeps are often lost to the first collection.
const MISSING_DAYS_MAX = 10;

interface SeenKey {
  readonly id: string;
  readonly userId: string;
  readonly accountId: string;
  readonly first: FindingEvent;
  readonly last: FindingEvent;
}

/**
 * A snapshot holds no keys, so that events are all that tells: that a key was used, and how old it is at the least. It is as old as
 * its first use, or as the window in which every making of a key would have been seen and that of this one was not.
 */
function* findKeys(input: FindingInput): Generator<Match> {
  const { scan, events, settings } = input;
  const nowMs = Date.parse(scan.snapshot.takenAt);
  const daysMin = Math.max(7, settings.dormantDays - MISSING_DAYS_MAX);
  const made = keyChanges(events ?? []);
  for (const key of keysIn(events ?? [])) {
    const access = accessById(scan).get(key.userId);
    const holding = access?.principal.kind === 'user' ? holdingOf(access, PUSH_ACTIONS, scan) : null;
    const sinceMs = made.created.get(key.id) ?? Math.min(key.first.event.timeMs, watchedSince(input, key.accountId));
    const days = Math.floor((nowMs - sinceMs) / DAY_MS);
    if (access === undefined || holding === null || days < daysMin || made.ended.has(key.id)) {
      continue;
    }
    const { id, arn, name, accountId } = access.principal;
    const known = made.created.has(key.id);
    const words = `the access key that ends in ${key.id.slice(-4)}`;
    yield {
      about: [id, key.id],
      accountId,
      region: null,
      resource: arn,
      principal: { id, arn },
      title: `${name} uses an access key that is ${known ? '' : 'at least '}${days} days old, and may ${actionWords(holding.actions)}`,
      what: `It is ${words}; last used ${new Date(key.last.event.timeMs).toISOString()} for ${key.last.event.eventName}.`,
      repositories: holding.repositories,
      isProduction: holding.isProduction,
      rights: [...holding.actions, words],
      conditions: holding.conditions,
      toCome: holding.toCome,
      reasons: holding.reasons,
      doubts: holding.doubts,
    };
  }
}

/** The keys of users with which something was done. */
function keysIn(events: readonly FindingEvent[]): SeenKey[] {
  const found = new Map<string, SeenKey>();
  for (const each of events) {
    const { actor } = each.event;
    if (actor.kind === 'user' && actor.accountId !== null && LONG_LIVED.test(actor.accessKeyId ?? '')) {
      const id = actor.accessKeyId ?? '';
      const known = found.get(id);
      found.set(id, {
        id,
        userId: actor.key,
        accountId: actor.accountId,
        first: known?.first ?? each,
        last: each,
      });
    }
  }
  return [...found.values()];
}

/** When keys were made, and which ones were deleted or made inactive for good. */
function keyChanges(events: readonly FindingEvent[]): {
  readonly created: ReadonlyMap<string, number>;
  readonly ended: ReadonlySet<string>;
} {
  const created = new Map<string, number>();
  const ended = new Set<string>();
  for (const { event } of events) {
    const detail = event.outcome.kind === 'change' ? event.outcome.change.detail : null;
    const asked = textMember(detail?.request, 'accessKeyId', 128) ?? '';
    if (event.eventName === 'CreateAccessKey') {
      created.set(textMember(member(detail?.response, 'accessKey'), 'accessKeyId', 128) ?? '', event.timeMs);
    } else if (event.eventName === 'DeleteAccessKey' && detail !== null) {
      ended.add(asked);
    } else if (event.eventName === 'UpdateAccessKey' && detail !== null) {
      if (textMember(detail.request, 'status', 16) === 'Inactive') {
        ended.add(asked);
      } else {
        ended.delete(asked);
      }
    }
  }
  return { created, ended };
}

/** Since when the making of a key would have been seen without a hole; later than anything where it would not. */
function watchedSince({ scan: { snapshot } }: FindingInput, accountId: string): number {
  const window = snapshot.accounts.get(accountId)?.cloudTrailWindows.get(homeRegionOf(snapshot.partition));
  return window?.complete === true ? Date.parse(window.startTime) : Number.POSITIVE_INFINITY;
}
