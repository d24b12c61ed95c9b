/** Who made a call, as CloudTrail names it. */
export interface ActivityActor {
  readonly kind: ActivityActorKind;
  /**
   * What use is counted under: AWS's unique id (AIDA..., AROA...) of a user or role, as in a `PrincipalRef`; else
   * `root:ACCOUNT`, `service:NAME`, `account:ACCOUNT` for an account that names no principal, `user:ACCOUNT/NAME` and
   * `role:ACCOUNT/NAME` where the event lacks the unique id, or `unmapped:...`.
   */
  readonly key: string;
  readonly accountId: string | null;
  /** Of the user or role; the ARN of a session is never kept. Null where the event does not give it. */
  readonly arn: string | null;
  readonly name: string | null;
  readonly sessionName: string | null;
  readonly sourceIdentity: string | null;
  /** The identity provider behind the session, such as `token.actions.githubusercontent.com` or its ARN. */
  readonly identityProvider: string | null;
  /** `repo:org/name:ref:refs/heads/main` or `system:serviceaccount:namespace:name`: only in the event that began the session. */
  readonly webIdentitySubject: string | null;
  /** User id in the identity store of IAM Identity Center. */
  readonly identityCenterUserId: string | null;
  /** Of the session: it leads to the event that began it. */
  readonly accessKeyId: string | null;
}

export type ActivityActorKind =
  | 'user'
  | 'role'
  | 'federatedUser'
  | 'root'
  | 'service'
  /** Another account, seen by the owner of what was called, where it names no user or role. */
  | 'account'
  /** Somebody without credentials of AWS who asks STS for some. */
  | 'webIdentity'
  | 'saml'
  | 'unmapped';

/** A repository, or with `repository` null the registry of an account and region. */
export interface ActivityResource {
  readonly accountId: string;
  readonly region: string;
  readonly repository: string | null;
}

/** A successful call of private ECR. */
export interface EcrUse {
  /** As IAM spells it, `ecr:PutImage`. */
  readonly action: string;
  readonly resources: readonly ActivityResource[];
}

/** What a change was about and what it asked for. */
interface AccessChange {
  /** Such as `role:111122223333/deploy`, `policy:ARN` or `repository:ARN`; see `changeSubjects`. */
  readonly subjects: readonly string[];
  /** The request and the answer, bounded and without secrets. */
  readonly detail: ChangeDetail;
}

interface ChangeDetail {
  readonly request: unknown;
  readonly response: unknown;
}

/** A session that began with a web identity or SAML assertion. */
export interface SessionOrigin {
  /** Of the session: what it does later carries the same. */
  readonly accessKeyId: string;
  readonly roleArn: string | null;
  readonly sessionName: string | null;
  readonly identityProvider: string | null;
  readonly subject: string | null;
}

export type IgnoredReason =
  /** The call was refused or failed: it is no use and no change. */
  | 'failedCall'
  /** AWS did it of its own accord, such as the expiry of images by a lifecycle policy. */
  | 'serviceEvent'
  /** Nothing that tells use of ECR or a change of access. */
  | 'unrelated';

export type EventOutcome =
  | { readonly kind: 'use'; readonly use: EcrUse }
  | { readonly kind: 'change'; readonly change: AccessChange; readonly use: EcrUse | null }
  | { readonly kind: 'session'; readonly origin: SessionOrigin }
  /** `resources`: what a refused call of ECR was about. */
  | { readonly kind: 'ignored'; readonly reason: IgnoredReason; readonly resources: readonly ActivityResource[] };

/** One event of CloudTrail, as far as it tells of access. */
export interface ActivityEvent {
  readonly id: string;
  /**
   * What the event is counted by, once: `sharedEventID` where two accounts have a copy each and both name the same
   * principal, else `id`.
   */
  readonly occurrenceId: string;
  readonly timeMs: number;
  /** In whose history the event stands. */
  readonly accountId: string;
  readonly region: string;
  readonly eventSource: string;
  readonly eventName: string;
  readonly errorCode: string | null;
  readonly actor: ActivityActor;
  /** The AWS service that made the call for the actor, such as `cloudformation.amazonaws.com`. */
  readonly onBehalfOf: string | null;
  readonly sourceAddress: string | null;
  readonly userAgent: string | null;
  readonly outcome: EventOutcome;
}

export type ChangeEvent = ActivityEvent & { readonly outcome: Extract<EventOutcome, { kind: 'change' }> };

export type RejectReason =
  | 'notAnObject'
  | 'brokenJson'
  | 'tooLarge'
  | 'noEventId'
  | 'noEventName'
  | 'noAccount'
  | 'noRegion'
  | 'badTime';
