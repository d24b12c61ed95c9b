import {
  accessDenied,
  expiredToken,
  FakeError,
  internalFailure,
  invalidKey,
  repositoryNotFound,
  throttled,
} from './fake-error.ts';
import type { ServiceName } from './wire/operation-schema.ts';

/**
 * What goes wrong: an error of AWS, a repository or policy that was deleted since it was listed, a connection that is
 * cut or never answers, a good answer without any member, or half of one, as a proxy in between may give it.
 */
export type FaultKind =
  | 'deny'
  | 'throttle'
  | 'expireToken'
  | 'refuseKey'
  | 'fail'
  | 'repositoryGone'
  | 'policyGone'
  | 'cutConnection'
  | 'hang'
  | 'malformed'
  | 'emptyAnswer';

/** What is sent in place of an answer. */
export type BrokenAnswer = Extract<FaultKind, 'cutConnection' | 'hang' | 'malformed' | 'emptyAnswer'>;

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
  /** How many calls that it is meant for succeed before it starts. */
  readonly after?: number;
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
  #entries: { readonly fault: Fault; met: number }[] = [];

  constructor(faults: readonly Fault[]) {
    this.set(faults);
  }

  set(faults: readonly Fault[]): void {
    this.#entries = faults.map((fault) => ({ fault, met: 0 }));
  }

  /** Gives what the call must answer, or null. The first fault in force has it; each counts what it is meant for. */
  next(call: FaultyCall): FakeError | BrokenAnswer | null {
    let inForce: Fault | null = null;
    for (const entry of this.#entries.filter(({ fault }) => isMeant(fault, call))) {
      const { after = 0, times = Number.POSITIVE_INFINITY } = entry.fault;
      if (inForce === null || entry.met < after) {
        entry.met += 1;
      }
      if (inForce === null && entry.met > after && entry.met <= after + times) {
        inForce = entry.fault;
      }
    }
    return inForce === null ? null : answerOf(inForce.kind, call);
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

function answerOf(kind: FaultKind, call: FaultyCall): FakeError | BrokenAnswer {
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
    case 'policyGone':
      return new FakeError('PolicyNotFoundException', "You specified a policy that doesn't exist.");
    case 'cutConnection':
    case 'hang':
    case 'malformed':
    case 'emptyAnswer':
      return kind;
    default:
      return kind satisfies never;
  }
}
