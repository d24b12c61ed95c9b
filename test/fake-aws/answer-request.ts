import { z } from 'zod';

import { accountOfKey } from './access-keys.ts';
import type { RoleSessions } from './access-keys.ts';
import type { FakeCall } from './fake-call.ts';
import { FakeError, invalidKey, throttled } from './fake-error.ts';
import { resourcesOf } from './faulty-resources.ts';
import type { BrokenAnswer, FaultPlan } from './faults.ts';
import type { LookupRate } from './lookup-rate.ts';
import { operationNamed } from './operations.ts';
import type { RoleRules } from './role-rules.ts';
import type { ServedState } from './served-state.ts';
import type { ThrottlePlan } from './throttle-plan.ts';
import type { WireRequest } from './wire/request.ts';
import type { WireAnswer } from './wire/respond.ts';

/** What all requests to one fake share. */
export interface FakeWorld {
  readonly state: ServedState;
  readonly defaultAccountId: string;
  readonly faults: FaultPlan;
  readonly sessions: RoleSessions;
  readonly lookupRate: LookupRate;
  readonly throttles: ThrottlePlan;
  readonly roles: RoleRules;
  readonly delegatedAdministrators: ReadonlySet<string>;
  readonly pageSizeMax: number;
  readonly clock: () => Date;
}

/** Answers one request: limits first, then faults, then the operation. */
export function answerRequest(
  world: FakeWorld,
  request: WireRequest,
): WireAnswer | Exclude<BrokenAnswer, 'emptyAnswer'> {
  const { service, operation, region } = request;
  const accountId = accountOfKey(request.accessKeyId, world.defaultAccountId);
  const account = world.state.accounts.get(accountId);
  if (account === undefined) {
    return { kind: 'error', error: invalidKey(service) };
  }
  const session = world.sessions.find(request.accessKeyId);
  if (session !== null && world.roles.isMissing(accountId)) {
    // The credentials of a role end with it.
    return { kind: 'error', error: invalidKey(service) };
  }
  const caller = {
    arn: session?.arn ?? `arn:${world.state.partition}:iam::${accountId}:user/fake-caller`,
    userId: session?.roleId ?? 'AIDAFAKEFAKEFAKEFAKE1',
  };
  const resources = resourcesOf(request.input, { accountId, region, partition: world.state.partition });
  if (!world.throttles.allows({ accountId, region, service })) {
    return { kind: 'error', error: throttled(service) };
  }
  const fault = world.faults.next({ service, operation, accountId, region, callerArn: caller.arn, resources });
  if (fault === 'emptyAnswer') {
    return { kind: 'output', output: {} };
  }
  if (fault !== null) {
    return typeof fault === 'string' ? fault : { kind: 'error', error: fault };
  }
  return perform(request, {
    service,
    operation,
    accountId,
    region,
    caller,
    state: world.state,
    account,
    servedRegion: account.regions.get(region) ?? null,
    sessions: world.sessions,
    lookupRate: world.lookupRate,
    roles: world.roles,
    delegatedAdministrators: world.delegatedAdministrators,
    pageSizeMax: world.pageSizeMax,
    now: world.clock(),
  });
}

function perform(request: WireRequest, call: FakeCall): WireAnswer {
  const operation = operationNamed(request.service, request.operation);
  if (operation === null) {
    const error = new FakeError(
      'NotImplemented',
      `the fake does not answer ${request.service}:${request.operation}`,
      501,
    );
    return { kind: 'error', error };
  }
  try {
    return { kind: 'output', output: operation(request.input, call) };
  } catch (error) {
    if (error instanceof FakeError) {
      return { kind: 'error', error };
    }
    if (error instanceof z.ZodError) {
      return { kind: 'error', error: new FakeError('ValidationException', z.prettifyError(error)) };
    }
    throw error;
  }
}
