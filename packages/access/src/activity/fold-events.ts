import type {
  ActivityActor,
  ActivityEvent,
  ActivityResource,
  ChangeEvent,
  IgnoredReason,
  RejectReason,
  SessionOrigin,
} from './event.ts';
import { isObject, member } from './read-fields.ts';
import { isNotable, type NotableEvent, resourcesTold } from './notable-event.ts';
import { parseEvent, type ParseOptions } from './parse-event.ts';

/** What is counted together: one principal using one action on one resource, perhaps through one service. */
export interface UseGroup {
  readonly actor: ActivityActor;
  /** Time of the event that `actor` is taken from, the latest one. */
  readonly describedAtMs: number;
  readonly resource: ActivityResource;
  readonly action: string;
  readonly onBehalfOf: string | null;
}

/** One occurrence of a group; `group` is its place in the list. */
export interface FoldedUse {
  readonly occurrenceId: string;
  readonly timeMs: number;
  readonly group: number;
}

export interface FoldedSession extends SessionOrigin {
  readonly eventId: string;
  readonly timeMs: number;
}

/** An event that could not be read. `evidence` tells it apart from others where it has no id. */
export interface RejectedEvent {
  readonly eventId: string | null;
  readonly reason: RejectReason;
  readonly evidence: string;
}

/** Many events as the few rows that they come to. */
export interface FoldedEvents {
  readonly events: number;
  readonly groups: readonly UseGroup[];
  readonly uses: readonly FoldedUse[];
  readonly changes: readonly ChangeEvent[];
  readonly sessions: readonly FoldedSession[];
  /** Those that tell something by themselves, beside being counted: see `isNotable`. */
  readonly notable: readonly NotableEvent[];
  readonly rejected: readonly RejectedEvent[];
  readonly ignored: Readonly<Partial<Record<IgnoredReason, number>>>;
}

const EVIDENCE_LENGTH_MAX = 4096;
const EVIDENCE_MEMBERS_MAX = 64;

/**
 * Parses and folds a batch. Nothing is counted here, because an event that came before must not be counted again, and only
 * the store knows those. Order and repetition within the batch make no difference to what the store then holds.
 */
export function foldEvents(raws: Iterable<unknown>, options: ParseOptions): FoldedEvents {
  const groups: UseGroup[] = [];
  const groupByKey = new Map<string, number>();
  const uses: FoldedUse[] = [];
  const changes: ChangeEvent[] = [];
  const sessions: FoldedSession[] = [];
  const notable: NotableEvent[] = [];
  const rejected: RejectedEvent[] = [];
  const ignored: Partial<Record<IgnoredReason, number>> = {};
  let events = 0;

  const addUses = (event: ActivityEvent, action: string, resources: readonly ActivityResource[]): void => {
    for (const resource of resources) {
      const { accountId, region, repository } = resource;
      const key = `${event.actor.key}\n${accountId}/${region}/${repository ?? ''}\n${action}\n${event.onBehalfOf ?? ''}`;
      const known = groupByKey.get(key);
      const group = known ?? groups.length;
      if (known === undefined) {
        groupByKey.set(key, group);
      }
      const earlier = groups[group];
      if (earlier === undefined || isBetterDescription(event, earlier)) {
        const { actor, onBehalfOf } = event;
        groups[group] = { actor, describedAtMs: event.timeMs, resource, action, onBehalfOf };
      }
      uses.push({ occurrenceId: event.occurrenceId, timeMs: event.timeMs, group });
    }
  };

  for (const raw of raws) {
    events += 1;
    const parsed = parseEvent(raw, options);
    if (parsed.kind === 'rejected') {
      rejected.push({ eventId: parsed.eventId, reason: parsed.reason, evidence: evidenceOf(raw) });
      continue;
    }
    const { event } = parsed;
    const { outcome } = event;
    if (isNotable(event)) {
      notable.push({ event, resources: resourcesTold(event) });
    }
    switch (outcome.kind) {
      case 'use':
        addUses(event, outcome.use.action, outcome.use.resources);
        break;
      case 'change':
        changes.push({ ...event, outcome });
        if (outcome.use !== null) {
          addUses(event, outcome.use.action, outcome.use.resources);
        }
        break;
      case 'session':
        sessions.push({ ...outcome.origin, eventId: event.id, timeMs: event.timeMs });
        break;
      case 'ignored':
        ignored[outcome.reason] = (ignored[outcome.reason] ?? 0) + 1;
        break;
      default:
        outcome satisfies never;
    }
  }
  return { events, groups, uses, changes, sessions, notable, rejected, ignored };
}

/** A copy in the history of another account has no ARN, so the one that has it tells more; then the later one. */
function isBetterDescription(event: ActivityEvent, earlier: UseGroup): boolean {
  const hasArn = event.actor.arn !== null;
  const hadArn = earlier.actor.arn !== null;
  if (hasArn !== hadArn) {
    return hasArn;
  }
  return event.timeMs === earlier.describedAtMs
    ? (event.actor.arn ?? '') > (earlier.actor.arn ?? '')
    : event.timeMs > earlier.describedAtMs;
}

/** Of an object only the first level: one that is nested deeply would overflow the stack of whoever writes it out. */
function evidenceOf(raw: unknown): string {
  const inner = member(raw, 'CloudTrailEvent');
  const text = typeof raw === 'string' ? raw : typeof inner === 'string' ? inner : null;
  if (text !== null) {
    return `${text.length}:${text.slice(0, EVIDENCE_LENGTH_MAX)}`;
  }
  const members = isObject(raw) ? Object.entries(raw).slice(0, EVIDENCE_MEMBERS_MAX) : [['', raw]];
  return members
    .map(([key, value]) => `${String(key)}=${isSimple(value) ? String(value).slice(0, 64) : ''}`)
    .join('\n');
}

function isSimple(value: unknown): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}
