import type { ActivityActor, ChangeEvent } from '../activity/event.ts';

/** A change that CloudTrail recorded, whether it comes from the files of a snapshot or from a database. */
export interface SeenChange {
  readonly id: string;
  readonly timeMs: number;
  /** In whose history it stands. */
  readonly accountId: string;
  readonly region: string;
  readonly eventSource: string;
  readonly eventName: string;
  readonly actor: SeenActor;
  readonly onBehalfOf: string | null;
  readonly sourceAddress: string | null;
  /** In the words of `changeSubjects`. */
  readonly subjects: readonly string[];
  readonly request: unknown;
  readonly response: unknown;
}

/** As kept: the key of its session led to the web identity, and says nothing more. */
type SeenActor = Omit<ActivityActor, 'accessKeyId' | 'kind' | 'key'> & { readonly kind: string };

/** A folded event; `webIdentity` is what the event that began its session said. */
export function seenChange(
  event: ChangeEvent,
  webIdentity: { readonly identityProvider: string | null; readonly subject: string | null } | null,
): SeenChange {
  const { actor, outcome } = event;
  return {
    id: event.id,
    timeMs: event.timeMs,
    accountId: event.accountId,
    region: event.region,
    eventSource: event.eventSource,
    eventName: event.eventName,
    actor: {
      kind: actor.kind,
      accountId: actor.accountId,
      arn: actor.arn,
      name: actor.name,
      sessionName: actor.sessionName,
      sourceIdentity: actor.sourceIdentity,
      identityProvider: webIdentity?.identityProvider ?? actor.identityProvider,
      webIdentitySubject: actor.webIdentitySubject ?? webIdentity?.subject ?? null,
      identityCenterUserId: actor.identityCenterUserId,
    },
    onBehalfOf: event.onBehalfOf,
    sourceAddress: event.sourceAddress,
    subjects: outcome.change.subjects,
    request: outcome.change.detail.request,
    response: outcome.change.detail.response,
  };
}
