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
import { LookupRate } from './lookup-rate.ts';
import { servedState } from './served-state.ts';
import { readRequest } from './wire/request.ts';
import { respond, respondError } from './wire/respond.ts';

export type FakeAwsOptions = FakeAwsSettings &
  ({ readonly snapshotDir: string } | { readonly parts: readonly SnapshotPart[] });

export interface FakeAwsSettings {
  /** 0, the default, takes a free port. */
  readonly port?: number;
  /** Account of callers whose access key names none; without it the first of the snapshot. */
  readonly accountId?: string;
  readonly faults?: readonly Fault[];
  readonly pageSizeMax?: number;
  readonly latencyMs?: number;
  /** `Infinity` turns the limit off. */
  readonly lookupEventsPerSecond?: number;
  /** Milliseconds by which that limit counts a second. */
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
  const ownFaults = faultsOfGaps(state.gaps);
  const world: FakeWorld = {
    state,
    defaultAccountId,
    faults: new FaultPlan([...(options.faults ?? []), ...ownFaults]),
    sessions: new RoleSessions(),
    lookupRate: new LookupRate({
      perSecond: options.lookupEventsPerSecond ?? 2,
      nowMs: options.rateClockMs ?? (() => performance.now()),
    }),
    pageSizeMax: options.pageSizeMax ?? Number.POSITIVE_INFINITY,
    clock: options.clock ?? (() => new Date()),
  };
  const seen: SeenCall[] = [];
  const server = createServer((message, response) => {
    handle({ world, seen, latencyMs: options.latencyMs ?? 0 }, message, response).catch((error: unknown) => {
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
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

async function handle(
  fake: { readonly world: FakeWorld; readonly seen: SeenCall[]; readonly latencyMs: number },
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
    error: answer === 'cutConnection' ? answer : answer.kind === 'error' ? answer.error.code : null,
  });
  if (fake.latencyMs > 0) {
    await new Promise((resolve) => setTimeout(resolve, fake.latencyMs));
  }
  if (answer === 'cutConnection') {
    message.socket.destroy();
    return;
  }
  respond(response, request, answer, requestId);
}

function countsOf(seen: readonly SeenCall[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const call of seen) {
    const key = `${call.service}:${call.operation}`;
    counts[key] = (counts[key] ?? 0) + 1;
  }
  return counts;
}
