import type { Cause, CauseEvent, NoEvent } from './cause.ts';
import type { CauseActor } from './cause-actor.ts';

/** The cause of a difference as lines for a person: the calls that made it, or which explanation remains. */
export function describeCause(cause: Cause): string[] {
  if (cause.kind === 'noEvent') {
    return describeNoEvent(cause.why);
  }
  const { events, earlier, isCertain, unexplained } = cause;
  return [
    ...events.map(describeEvent),
    ...(isCertain ? [] : ['What the call asked for was not kept whole: it may have asked for something else.']),
    ...(earlier.length === 0 ? [] : [`Before it, and done over: ${calls(earlier)}.`]),
    ...unexplained.flatMap(({ label, why }) => describeNoEvent(why).map((line) => `${label}: ${line}`)),
  ];
}

function describeEvent({ eventName, time, actor, sourceAddress, eventId }: CauseEvent): string {
  const from = sourceAddress === null || sourceAddress === actor.onBehalfOf ? '' : ` from ${sourceAddress}`;
  return `${eventName} at ${second(time)} by ${describeActor(actor)}${from} (event ${eventId})`;
}

/** Whoever stands behind the credentials comes first, then what they came through. */
export function describeActor({ kind, ...actor }: CauseActor): string {
  const { identityCenterUser, webIdentity, sessionName, sourceIdentity, onBehalfOf } = actor;
  const itself = `${kind} ${actor.arn ?? actor.name ?? actor.accountId ?? 'that the event does not name'}`;
  const session = sessionName === null ? '' : `, session ${sessionName}`;
  const identity = sourceIdentity === null ? '' : `, source identity ${sourceIdentity}`;
  const service = onBehalfOf === null || onBehalfOf === actor.name ? '' : `, through ${onBehalfOf}`;
  const person =
    identityCenterUser === null ? null : `Identity Center user ${identityCenterUser.name ?? identityCenterUser.id}`;
  const behind = [person, describeWebIdentity(webIdentity)].filter((text) => text !== null);
  const through = `${itself}${session}${identity}${service}`;
  return behind.length === 0 ? through : `${behind.join(', ')} (${through})`;
}

function describeWebIdentity(identity: CauseActor['webIdentity']): string | null {
  if (identity === null) {
    return null;
  }
  const { provider, subject, repository, ref } = identity;
  return repository !== null
    ? `a job of ${repository}${ref === null ? '' : ` at ${ref}`}`
    : (subject ?? `a token of ${provider}`);
}

function describeNoEvent({ reason, window, accountId, region, missing, others }: NoEvent): string[] {
  const place = `account ${accountId}${region === null ? '' : ` in ${region}`}`;
  const rest = others.length === 0 ? [] : [`Calls about it that led elsewhere: ${calls(others)}.`];
  switch (reason) {
    case 'awsManagedPolicy':
      return ['No call: AWS changed its own policy, which CloudTrail does not record.'];
    case 'accountNotObserved':
      return [
        accountId === null
          ? 'No call was seen: which account manages the organization is not known.'
          : `No call was seen: nothing is read of the history of account ${accountId}.`,
        ...rest,
      ];
    case 'windowHole':
      return [
        `No call was seen: the history of ${place} was not wholly seen ${missing
          .slice(0, STRETCHES_MAX)
          .map(({ from, until }) => `from ${second(from)} to ${second(until)}`)
          .join(', ')}${missing.length > STRETCHES_MAX ? ' and in other stretches' : ''}.`,
        ...rest,
      ];
    case 'noEventFound':
      return [
        `No call leads there, though all calls in the history of ${place} from ${second(window.from)} to ${second(window.until)} were seen.`,
        ...rest,
      ];
    default:
      return reason satisfies never;
  }
}

const STRETCHES_MAX = 3;

function calls(events: readonly CauseEvent[]): string {
  return events.map(({ eventName, time, eventId }) => `${eventName} at ${second(time)} (event ${eventId})`).join(', ');
}

/** CloudTrail's times have no smaller part. */
function second(time: string): string {
  return time.replace('.000Z', 'Z');
}
