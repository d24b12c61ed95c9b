import { z } from 'zod';

import { accountOfKey } from './access-keys.ts';
import type { RoleSessions } from './access-keys.ts';
import type { FakeCall } from './fake-call.ts';
import { FakeError, invalidKey } from './fake-error.ts';
import { resourcesOf } from './faulty-resources.ts';
import type { FaultPlan } from './faults.ts';
import type { LookupRate } from './lookup-rate.ts';
import { operationNamed } from './operations.ts';
import type { ServedState } from './served-state.ts';
import type { WireRequest } from './wire/request.ts';
import type { WireAnswer } from './wire/respond.ts';

/** What all requests to one fake share. */
export interface FakeWorld {
  readonly state: ServedState;
  readonly defaultAccountId: string;
  readonly faults: FaultPlan;
  readonly sessions: RoleSessions;
  readonly lookupRate: LookupRate;
  readonly pageSizeMax: number;
  readonly clock: () => Date;
}

/** Answers one request: faults first, then the operation. `cutConnection` means no answer at all. */
export function answerRequest(world: FakeWorld, request: WireRequest): WireAnswer | 'cutConnection' {
  const { service, operation, region } = request;
  const accountId = accountOfKey(request.accessKeyId, world.defaultAccountId);
  const account = world.state.accounts.get(accountId);
  if (account === undefined) {
    return { kind: 'error', error: invalidKey(service) };
  }
  const session = world.sessions.find(request.accessKeyId);
  const caller = {
    arn: session?.arn ?? `arn:${world.state.partition}:iam::${accountId}:user/fake-caller`,
    userId: session?.roleId ?? 'AIDAFAKEFAKEFAKEFAKE1',
  };
  const resources = resourcesOf(request.input, { accountId, region, partition: world.state.partition });
  const fault = world.faults.next({ service, operation, accountId, region, callerArn: caller.arn, resources });
  if (fault === 'emptyAnswer') {
    return { kind: 'output', output: {} };
  }
  if (fault !== null) {
    return fault === 'cutConnection' ? fault : { kind: 'error', error: fault };
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
