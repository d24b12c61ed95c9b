import type { RoleSessions } from './access-keys.ts';
import { accessDenied } from './fake-error.ts';
import type { LookupRate } from './lookup-rate.ts';
import type { RoleRules } from './role-rules.ts';
import type { ServedAccount, ServedRegion, ServedState } from './served-state.ts';
import type { ServiceName } from './wire/operation-schema.ts';

/** One call as an operation of the fake sees it. */
export interface FakeCall {
  readonly service: ServiceName;
  readonly operation: string;
  readonly accountId: string;
  readonly region: string;
  readonly caller: { readonly arn: string; readonly userId: string };
  readonly state: ServedState;
  readonly account: ServedAccount;
  /** Null where the snapshot does not hold the region. */
  readonly servedRegion: ServedRegion | null;
  readonly sessions: RoleSessions;
  readonly lookupRate: LookupRate;
  readonly roles: RoleRules;
  /** Members that may ask Organizations like the management account. */
  readonly delegatedAdministrators: ReadonlySet<string>;
  /** Bound on page sizes, so that a small snapshot has pages. */
  readonly pageSizeMax: number;
  readonly now: Date;
}

export type Operation = (input: unknown, call: FakeCall) => unknown;

/** Gives what the snapshot holds, or denies the call: what a snapshot lacks was not read, and is not empty. */
export function held<T>(value: T | null | undefined, call: FakeCall, resource = '*'): T {
  if (value === null || value === undefined) {
    throw accessDenied({ service: call.service, operation: call.operation, callerArn: call.caller.arn, resource });
  }
  return value;
}
