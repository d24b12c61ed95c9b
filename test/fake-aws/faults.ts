import {
  accessDenied,
  expiredToken,
  internalFailure,
  invalidKey,
  repositoryNotFound,
  throttled,
} from './fake-error.ts';
import type { FakeError } from './fake-error.ts';
import type { ServiceName } from './wire/operation-schema.ts';

/**
 * What goes wrong: an error of AWS, a repository that was deleted since it was listed, a connection that is cut
 * without an answer, or a good answer without any member, as a proxy in between may give it.
 */
export type FaultKind =
  | 'deny'
  | 'throttle'
  | 'expireToken'
  | 'refuseKey'
  | 'fail'
  | 'repositoryGone'
  | 'cutConnection'
  | 'emptyAnswer';

/** A fault to inject. Members that are not given do not limit it. */
export interface Fault {
  readonly kind: FaultKind;
  /** `ecr:GetRepositoryPolicy`, `GetRepositoryPolicy`, `ecr:*` or `*`. */
  readonly operation: string;
  readonly accountId?: string;
  readonly region?: string;
  /** Repository ARN or name, provider ARN, event name, setting name: a value that the request gives. */
  readonly resource?: string;
  /** How many calls fail before they succeed again; without it all. */
  readonly times?: number;
}

export interface FaultyCall {
  readonly service: ServiceName;
  readonly operation: string;
  readonly accountId: string;
  readonly region: string;
  readonly callerArn: string;
  readonly resources: readonly string[];
}

/** The faults in force, and how often each was used. */
export class FaultPlan {
  #entries: { readonly fault: Fault; used: number }[];

  constructor(faults: readonly Fault[]) {
    this.#entries = faults.map((fault) => ({ fault, used: 0 }));
  }

  set(faults: readonly Fault[]): void {
    this.#entries = faults.map((fault) => ({ fault, used: 0 }));
  }

  /** Gives what the call must answer, or null; counts its use. */
  next(call: FaultyCall): FakeError | 'cutConnection' | 'emptyAnswer' | null {
    const entry = this.#entries.find(
      ({ fault, used }) => used < (fault.times ?? Number.POSITIVE_INFINITY) && isMeant(fault, call),
    );
    if (entry === undefined) {
      return null;
    }
    entry.used += 1;
    return answerOf(entry.fault.kind, call);
  }
}

function isMeant(fault: Fault, call: FaultyCall): boolean {
  const operations = ['*', call.operation, `${call.service}:*`, `${call.service}:${call.operation}`];
  return (
    operations.includes(fault.operation) &&
    (fault.accountId === undefined || fault.accountId === call.accountId) &&
    (fault.region === undefined || fault.region === call.region) &&
    (fault.resource === undefined || call.resources.includes(fault.resource))
  );
}

function answerOf(kind: FaultKind, call: FaultyCall): FakeError | 'cutConnection' | 'emptyAnswer' {
  switch (kind) {
    case 'deny':
      return accessDenied({ ...call, resource: call.resources[0] ?? '*' });
    case 'throttle':
      return throttled(call.service);
    case 'expireToken':
      return expiredToken(call.service);
    case 'refuseKey':
      return invalidKey(call.service);
    case 'fail':
      return internalFailure();
    case 'repositoryGone':
      return repositoryNotFound(call.resources[0] ?? '', call.accountId);
    case 'cutConnection':
    case 'emptyAnswer':
      return kind;
    default:
      return kind satisfies never;
  }
}
