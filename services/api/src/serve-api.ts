import { createAdaptorServer } from '@hono/node-server';
import type { AddressInfo } from 'node:net';
import { Server } from 'node:http';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import type { Api } from './api-environment.ts';
import { ApiError } from './errors.ts';
import { refuseUnreadable } from './http/refuse-unreadable.ts';

// A request is short and so is its answer; who takes longer to send one holds a socket for nothing.
const requestTimeoutMs = 30_000;
const headersTimeoutMs = 10_000;
const connectionsMax = 1_000;
// Kubernetes waits 30 seconds before it kills; the store still has to close after us.
const closeTimeoutMs = 10_000;

/** An API that listens. */
export interface ServedApi {
  /** With the port that was really taken, for a port of 0. */
  readonly url: string;
  readonly port: number;
  /** Takes no more requests, answers those under way for some seconds, then cuts what is left. May be called twice. */
  close(): Promise<void>;
}

/** Listens. Throws `portInUse` and `addressUnusable`. */
export async function serveApi(options: {
  readonly api: Api;
  readonly host: string;
  readonly port: number;
}): Promise<ServedApi> {
  const { api, host, port } = options;
  const server = createAdaptorServer({ fetch: api.fetch });
  if (!(server instanceof Server)) {
    throw new Error('the adaptor made no HTTP/1.1 server');
  }
  server.requestTimeout = requestTimeoutMs;
  server.headersTimeout = headersTimeoutMs;
  server.maxConnections = connectionsMax;
  server.on('clientError', refuseUnreadable);
  server.listen(port, host);
  try {
    await once(server, 'listening');
  } catch (error) {
    throw listenError(error, host, port);
  }
  const taken = portOf(server.address());
  let closing: Promise<void> | null = null;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${taken}`,
    port: taken,
    close: () => (closing ??= close(server)),
  };
}

async function close(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  const late = new AbortController();
  void wait(closeTimeoutMs, undefined, { signal: late.signal, ref: false }).then(
    () => server.closeAllConnections(),
    () => {},
  );
  await closed;
  late.abort();
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') {
    throw new Error('the server listens on no port');
  }
  return address.port;
}

function listenError(error: unknown, host: string, port: number): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  switch (code) {
    case 'EADDRINUSE':
      return new ApiError(
        'portInUse',
        `port \`${port}\` of \`${host}\` is in use by another program: end that program, or choose another port with \`PORT\` (\`--port\` on the command line; 0 takes any free one)`,
        { cause: error },
      );
    case 'EACCES':
      return new ApiError(
        'addressUnusable',
        `may not listen on port \`${port}\` of \`${host}\`: ports below 1024 need a privilege; choose another port with \`PORT\``,
        { cause: error },
      );
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return new ApiError(
        'addressUnusable',
        `cannot listen on \`${host}\`: expected an address of this machine, such as \`127.0.0.1\`, in \`HOST\``,
        { cause: error },
      );
    default:
      return error;
  }
}
