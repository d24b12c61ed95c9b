import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';

import { CallCounter } from './calls/call-log.ts';
import { CallPaces } from './calls/call-paces.ts';
import type { CallPaceOptions } from './calls/call-paces.ts';
import type { PacedService } from './calls/call-rates.ts';
import { countAttempts } from './calls/count-attempts.ts';
import { PacedRetries } from './calls/paced-retries.ts';
import { AwsError } from './errors.ts';

export interface ConnectionOptions extends CallPaceOptions {
  /** Attempts for one call after failures that pass by themselves, the first included. */
  readonly attemptsMax?: number;
  /** Attempts for one call that AWS throttles, the first included. Each is slower than the one before. */
  readonly throttledAttemptsMax?: number;
  /** How long an answer may take. */
  readonly requestTimeoutMs?: number;
}

/** What the clients of a session, or of all sessions of a fleet, share: sockets, paces, retries and the call log. */
export interface Connection {
  readonly paces: CallPaces;
  readonly callLog: CallCounter;
  clientConfig(client: { readonly service: PacedService; readonly owner: string; readonly region: string }): {
    readonly region: string;
    readonly retryStrategy: PacedRetries;
    readonly customUserAgent: string;
    readonly requestHandler: object;
  };
  close(): void;
}

// Five attempts with their backoff outlast a few seconds of resets and 500s; beyond that the call becomes a gap.
const attemptsMaxDefault = 5;
// At five seconds of backoff and a pace that was halved again and again, a call waits some five to ten minutes for a
// limit that somebody else uses up. Then it becomes a gap, so that one account cannot hold a scan for ever.
const throttledAttemptsMaxDefault = 60;
const connectionTimeoutMs = 5_000;
// LookupEvents in us-east-1 was seen to take 35 s at worst.
const requestTimeoutMsDefault = 60_000;
// Accounts are read side by side, eight repositories each, and all of them ask one host a region.
const socketsMax = 256;

/** Opens what clients share. No call is made. Throws `endpointUnreachable` for an `AWS_ENDPOINT_URL` that is no address. */
export function openConnection(options: ConnectionOptions): Connection {
  const override = process.env['AWS_ENDPOINT_URL'];
  if (override && !URL.canParse(override)) {
    throw new AwsError(
      'endpointUnreachable',
      '`AWS_ENDPOINT_URL` is no address: expected one such as `http://127.0.0.1:4566`, or unset it to reach AWS',
    );
  }
  const callLog = new CallCounter();
  const paces = new CallPaces(options);
  const httpAgent = new HttpAgent({ keepAlive: true, maxSockets: socketsMax });
  const httpsAgent = new HttpsAgent({ keepAlive: true, maxSockets: socketsMax });
  const requestTimeoutMs = options.requestTimeoutMs ?? requestTimeoutMsDefault;
  const bounds = {
    attemptsMax: options.attemptsMax ?? attemptsMaxDefault,
    throttledAttemptsMax: options.throttledAttemptsMax ?? throttledAttemptsMaxDefault,
  };
  return {
    paces,
    callLog,
    clientConfig: ({ service, owner, region }) => ({
      region,
      retryStrategy: new PacedRetries({ pace: paces.paceOf(service, { owner, region }), bounds, clock: paces.clock }),
      customUserAgent: 'ecr-audit',
      requestHandler: {
        httpAgent,
        httpsAgent,
        connectionTimeout: connectionTimeoutMs,
        requestTimeout: requestTimeoutMs,
        // An answer whose body stops in the middle has begun in time; only the silence of its socket tells.
        socketTimeout: requestTimeoutMs,
        throwOnRequestTimeout: true,
      },
    }),
    close: () => {
      httpAgent.destroy();
      httpsAgent.destroy();
    },
  };
}

interface WatchedClient {
  readonly middlewareStack: {
    addRelativeTo(
      middleware: ReturnType<typeof countAttempts>,
      options: { readonly relation: 'after'; readonly toMiddleware: string; readonly name: string },
    ): void;
  };
}

/** Counts every attempt of a client, retries included. */
export function watched<Client extends WatchedClient>(
  client: Client,
  connection: Connection,
  call: { readonly owner: string; readonly service: PacedService },
): Client {
  client.middlewareStack.addRelativeTo(countAttempts(connection.callLog, call), {
    relation: 'after',
    toMiddleware: 'retryMiddleware',
    name: 'ecrAuditCallLog',
  });
  return client;
}
