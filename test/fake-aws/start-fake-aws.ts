import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';

import type { SnapshotPart } from '@ecr-audit/access';
import { readSnapshotDirectory } from '@ecr-audit/aws';

import { accessKeyFor, accountOfKey, RoleSessions } from './access-keys.ts';
import { answerRequest } from './answer-request.ts';
import type { FakeWorld } from './answer-request.ts';
import { FakeError, internalFailure } from './fake-error.ts';
import { FaultPlan } from './faults.ts';
import type { Fault } from './faults.ts';
import { faultsOfGaps } from './gap-faults.ts';
import { latencies } from './latency.ts';
import type { Latency } from './latency.ts';
import { LookupRate } from './lookup-rate.ts';
import { RoleRules } from './role-rules.ts';
import type { RoleSettings } from './role-rules.ts';
import { servedState } from './served-state.ts';
import { ThrottlePlan } from './throttle-plan.ts';
import type { ThrottleSettings } from './throttle-plan.ts';
import { readRequest } from './wire/request.ts';
import { respond, respondError, respondHalf } from './wire/respond.ts';

export type FakeAwsOptions = FakeAwsSettings &
  ({ readonly snapshotDir: string } | { readonly parts: readonly SnapshotPart[] });

export interface FakeAwsSettings extends RoleSettings {
  /** 0, the default, takes a free port. */
  readonly port?: number;
  /** Account of callers whose access key names none; without it the first of the snapshot. */
  readonly accountId?: string;
  readonly faults?: readonly Fault[];
  readonly pageSizeMax?: number;
  /** How long answers take: always the same time, or around a mean. */
  readonly latencyMs?: number;
  readonly latency?: Latency;
  /** Limits of services, for each account and region; without them there is none but that of LookupEvents. */
  readonly throttling?: ThrottleSettings;
  /** Members that may ask Organizations like the management account. */
  readonly delegatedAdministrators?: readonly string[];
  /** `Infinity` turns the limit off. */
  readonly lookupEventsPerSecond?: number;
  /** Milliseconds by which the limits count a second. */
  readonly rateClockMs?: () => number;
  /** Now, from which the 90 days of LookupEvents are counted. */
  readonly clock?: () => Date;
}

/** One request as the fake saw it. `error` is the code of its answer, or null. */
interface SeenCall {
  readonly account: string;
  readonly region: string;
  readonly service: string;
  readonly operation: string;
  readonly at: Date;
  readonly error: string | null;
}

export interface FakeAws {
  readonly url: string;
  readonly accountIds: readonly string[];
  /** What a process needs in its environment to call the fake as somebody of the account. */
  environment(accountId?: string): Readonly<Record<string, string>>;
  calls(): readonly SeenCall[];
  /** Calls by `service:Operation`. */
  callCounts(): Readonly<Record<string, number>>;
  /** Replaces the faults given at the start; those of the snapshot's own gaps stay. */
  setFaults(faults: readonly Fault[]): void;
  /** Deletes the auditor roles of these accounts, sessions included, and gives those of the others back. */
  setRolesMissing(accountIds: readonly string[]): void;
  close(): Promise<void>;
}

/** Serves a snapshot directory to the real SDK clients, on 127.0.0.1. */
export async function startFakeAws(options: FakeAwsOptions): Promise<FakeAws> {
  const parts = 'parts' in options ? options.parts : await readSnapshotDirectory(options.snapshotDir);
  const state = servedState(parts);
  const accountIds = [...state.accounts.keys()];
  const defaultAccountId = options.accountId ?? accountIds[0];
  if (defaultAccountId === undefined || !state.accounts.has(defaultAccountId)) {
    throw new Error(
      `the snapshot does not hold account \`${defaultAccountId ?? ''}\`: expected one of ${accountIds.join(', ') || 'none'}`,
    );
  }
  const nowMs = options.rateClockMs ?? (() => performance.now());
  const ownFaults = faultsOfGaps(state.gaps);
  const world: FakeWorld = {
    state,
    defaultAccountId,
    faults: new FaultPlan([...(options.faults ?? []), ...ownFaults]),
    sessions: new RoleSessions(),
    lookupRate: new LookupRate({ perSecond: options.lookupEventsPerSecond ?? 2, nowMs }),
    throttles: new ThrottlePlan({ settings: options.throttling ?? {}, nowMs }),
    roles: new RoleRules(options),
    delegatedAdministrators: new Set(options.delegatedAdministrators),
    pageSizeMax: options.pageSizeMax ?? Number.POSITIVE_INFINITY,
    clock: options.clock ?? (() => new Date()),
  };
  const seen: SeenCall[] = [];
  const latencyMs = latencies(options.latency ?? { meanMs: options.latencyMs ?? 0 });
  const server = createServer((message, response) => {
    handle({ world, seen, latencyMs }, message, response).catch((error: unknown) => {
      // A snapshot that does not fit its schema shows only when it is served; the test that did it should see why.
      console.error('fake-aws:', error);
      respondError(response, null, internalFailure(), 'failed');
    });
  });
  server.listen(options.port ?? 0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;

  return {
    url,
    accountIds,
    environment: (accountId = defaultAccountId) => ({
      AWS_ENDPOINT_URL: url,
      AWS_ACCESS_KEY_ID: accessKeyFor(accountId),
      AWS_SECRET_ACCESS_KEY: 'fake-secret-key',
      AWS_REGION: [...(state.accounts.get(accountId)?.regions.keys() ?? [])][0] ?? 'us-east-1',
      AWS_EC2_METADATA_DISABLED: 'true',
    }),
    calls: () => [...seen],
    callCounts: () => countsOf(seen),
    setFaults: (faults) => world.faults.set([...faults, ...ownFaults]),
    setRolesMissing: (missing) => world.roles.setMissing(missing),
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

async function handle(
  fake: { readonly world: FakeWorld; readonly seen: SeenCall[]; readonly latencyMs: () => number },
  message: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const requestId = `00000000-0000-4000-8000-${String(fake.seen.length + 1).padStart(12, '0')}`;
  const request = await readRequest(message).catch((error: unknown) => {
    if (error instanceof FakeError) {
      return error;
    }
    throw error;
  });
  if (request instanceof FakeError) {
    return respondError(response, null, request, requestId);
  }
  const answer = answerRequest(fake.world, request);
  fake.seen.push({
    account: accountOfKey(request.accessKeyId, fake.world.defaultAccountId),
    region: request.region,
    service: request.service,
    operation: request.operation,
    at: fake.world.clock(),
    error: typeof answer === 'string' ? answer : answer.kind === 'error' ? answer.error.code : null,
  });
  const latencyMs = fake.latencyMs();
  if (latencyMs > 0) {
    await new Promise((resolve) => setTimeout(resolve, latencyMs));
  }
  switch (answer) {
    case 'cutConnection':
      message.socket.destroy();
      return;
    case 'hang':
      // The connection stays open until the client or the fake closes it.
      return;
    case 'malformed':
      return respondHalf(response, request);
    default:
      respond(response, request, answer, requestId);
  }
}

function countsOf(seen: readonly SeenCall[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const call of seen) {
    const key = `${call.service}:${call.operation}`;
    counts[key] = (counts[key] ?? 0) + 1;
  }
  return counts;
}
